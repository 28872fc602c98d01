import type { FastifyInstance } from 'fastify'
import type { AnsweredProfile } from '../../api/answered-profile.ts'
import { buildApp } from '../../api/app.ts'
import { ClickHouseLive } from '../../api/live/clickhouse-live.ts'
import { LiveFeed } from '../../api/live/live-feed.ts'
import { ClickHouseStatements } from '../../api/statements/clickhouse-statements.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRecords } from '../../api/store/clickhouse-records.ts'
import { ClickHouseRejects } from '../../api/store/clickhouse-rejects.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { ClickHouseStability } from '../../api/store/clickhouse-stability.ts'
import { clickHouseState } from '../../api/store/clickhouse-state.ts'
import { StoreState } from '../../api/store/store-state.ts'

/** The API as its process builds it, over a real store and without Kafka; it closes what it opened. */
export async function appOverStore(
  answered: AnsweredProfile,
  url: string,
  { database = 'steadyline', keepsAnswers = true } = {},
): Promise<FastifyInstance> {
  const rows = new ClickHouseRows(url, database, 30_000)
  const statements = new ClickHouseStatements({ url, database, queryMsMax: 30_000 }, answered)
  const reader = new ClickHouseReader(rows, answered)
  const stability = new ClickHouseStability(rows, answered)
  const live = new ClickHouseLive(rows, answered, reader, stability)
  const app = await buildApp({
    answered,
    reader,
    stability,
    live: new LiveFeed(answered, live, { runName: 'test', lookMs: 50, listenersMax: 2 }),
    records: new ClickHouseRecords(rows, answered),
    rejects: new ClickHouseRejects(rows),
    statements,
    ...(keepsAnswers ? { storeState: new StoreState(clickHouseState(rows)) } : {}),
    logEnds: null,
    requestsPerMinuteMax: 10_000,
    logger: { level: 'error' },
  })
  app.addHook('onClose', async () => {
    await Promise.all([rows.close(), statements.close()])
  })
  return app
}
