/** Everything that an app asks of one database: the real one's, or a scenario's. */
import type { KafkaNames } from '../schemas/kafka-names.ts'
import type { AnsweredProfile } from './answered-profile.ts'
import type { AppParts } from './app.ts'
import { ClickHouseLive } from './live/clickhouse-live.ts'
import { LiveFeed } from './live/live-feed.ts'
import type { ApiSettings } from './settings.ts'
import { ClickHouseStatements } from './statements/clickhouse-statements.ts'
import { clickHouseMeasures } from './store/clickhouse-measures.ts'
import { ClickHouseReader } from './store/clickhouse-reader.ts'
import { ClickHouseRecords } from './store/clickhouse-records.ts'
import { ClickHouseRejects } from './store/clickhouse-rejects.ts'
import { ClickHouseRows } from './store/clickhouse-rows.ts'
import { ClickHouseStability } from './store/clickhouse-stability.ts'
import { clickHouseState } from './store/clickhouse-state.ts'
import type { QueryTurns } from './store/query-turns.ts'
import { StoreState } from './store/store-state.ts'

const QUERY_MS_MAX = 30_000
/** A statement reads every fact of its period, and every ticket. */
const STATEMENT_QUERY_MS_MAX = 300_000
/** One look a second at whether anything was counted, for all listeners together. */
const LIVE_LOOK_MS = 1_000
/** Each holds a connection and some kilobytes. */
const LIVE_LISTENERS_MAX = 500

export interface StorePartsOptions {
  answered: AnsweredProfile
  api: Pick<ApiSettings, 'storeUrl' | 'writeUrl'>
  database: string
  names: KafkaNames
  turns: QueryTurns
  /** Names this run of the process to those who listen to live figures. */
  runName: string
}

export type StoreParts = Pick<
  AppParts,
  'reader' | 'stability' | 'live' | 'records' | 'rejects' | 'storeState' | 'readMeasures' | 'statements'
>

export function storeParts(options: StorePartsOptions): { parts: StoreParts; close(): Promise<void> } {
  const { answered, api, database, names, turns, runName } = options
  const rows = new ClickHouseRows(api.storeUrl, database, QUERY_MS_MAX, turns)
  const writing = { url: api.writeUrl, database, queryMsMax: STATEMENT_QUERY_MS_MAX, turns }
  const statements = new ClickHouseStatements(writing, answered)
  const reader = new ClickHouseReader(rows, answered, names)
  const stability = new ClickHouseStability(rows, answered)
  return {
    parts: {
      reader,
      stability,
      live: new LiveFeed(answered, new ClickHouseLive(rows, answered, reader, stability), {
        runName,
        lookMs: LIVE_LOOK_MS,
        listenersMax: LIVE_LISTENERS_MAX,
      }),
      records: new ClickHouseRecords(rows, answered),
      rejects: new ClickHouseRejects(rows),
      storeState: new StoreState(clickHouseState(rows)),
      readMeasures: clickHouseMeasures(rows, answered),
      statements,
    },
    close: async () => void (await Promise.all([rows.close(), statements.close()])),
  }
}
