/** Puts the judging of windows together: verdicts, their topic, and those who are told. */

import type { Logger } from 'pino'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import type { KafkaNames } from '../../schemas/kafka-names.ts'
import type { Measures } from '../measures/measures.ts'
import { untilItWorks } from '../patience.ts'
import type { Watermark } from '../store.ts'
import { ClickHouseVerdictStore } from './clickhouse-verdict-store.ts'
import { FeedWatch } from './feed-watch.ts'
import type { JudgedProfile } from './judged-profile.ts'
import { KafkaVerdictTopic } from './kafka-verdict-topic.ts'
import { VerdictJudge } from './verdict-judge.ts'
import { Webhook } from './webhook.ts'

export interface VerdictOptions {
  kafka: KafkaConnection
  names: KafkaNames
  clickhouse: { url: string; database: string }
  profiles: readonly JudgedProfile[]
  webhookUrl: string | null
  /** Of a topic: the last watermark, if this processor owns its partition 0. */
  lastWatermark: (topic: string) => Watermark | null
  now: () => number
  log: Logger
  measures: Measures
  /** Of verdicts in a registry; without one that of ids.json. */
  verdictSchemaId?: number | undefined
  signal: AbortSignal
}

export interface RunningVerdicts {
  /** Begins to judge what has become final, and looks whether feeds are silent: if partition 0 of a topic is ours. */
  look(): void
  /** Judges what is final by the last watermark, and returns when that is done. */
  settle(): Promise<void>
  end(): Promise<void>
}

export async function runVerdicts(options: VerdictOptions): Promise<RunningVerdicts> {
  const { kafka, names, clickhouse, profiles, log, lastWatermark } = options
  const verdictStore = new ClickHouseVerdictStore(clickhouse)
  const topic = new KafkaVerdictTopic({
    connection: kafka,
    topic: names.verdicts,
    log,
    schemaId: options.verdictSchemaId,
  })
  const webhook = options.webhookUrl === null ? null : new Webhook(options.webhookUrl, log)
  const feeds = new FeedWatch()
  const judge = new VerdictJudge({
    store: verdictStore,
    topic,
    profiles,
    log,
    onIssued: (records) => {
      options.measures.verdictsIssued(records.map(({ verdict }) => verdict))
      webhook?.post(
        records.filter(({ verdict }) => verdict === 'deviates').map((verdict) => ({ kind: 'deviates', verdict })),
      )
    },
  })
  await untilItWorks('list windows', () => judge.begin(), options)

  function watchFeed(name: string, watermarkAtMs: number): void {
    const stale = feeds.look(name, watermarkAtMs, options.now())
    if (stale === null) return
    const watermarkAt = new Date(stale.watermarkAtMs).toISOString()
    log.warn({ topic: name, watermarkAt, silentMs: stale.silentMs }, 'feed gone stale')
    webhook?.post([{ kind: 'feed-stale', topic: name, watermarkAt, silentMs: stale.silentMs }])
  }

  async function judgeAll(): Promise<void> {
    for (const name of [names.calls, names.tickets]) {
      const last = lastWatermark(name)
      if (last === null || last.watermarkAtMs === 0) continue
      watchFeed(name, last.watermarkAtMs)
      if (name === names.calls) await judge.judge(last)
    }
  }

  let judging: Promise<void> | null = null
  function look(): void {
    if (options.signal.aborted) return
    judging ??= judgeAll()
      .catch((error: Error) => log.warn({ error: error.message.slice(0, 300) }, 'windows not judged, trying again'))
      .finally(() => {
        judging = null
      })
  }
  return {
    look,
    async settle() {
      await judging // it may have begun before the last watermark
      look()
      await judging
    },
    async end() {
      webhook?.end()
      await judging
      await topic.close()
      await verdictStore.close()
    },
  }
}
