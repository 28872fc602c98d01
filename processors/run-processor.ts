/** Puts a processor together: the log, the store, the rejected topic, the watermarks and the verdicts. */
import type { Logger } from 'pino'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import type { KafkaNames } from '../schemas/kafka-names.ts'
import { registeredId } from '../schemas/registry/registered-ids.ts'
import type { SchemaRegistry } from '../schemas/registry/schema-registry.ts'
import type { RecordForm, RecordName } from '../schemas/wire-format.ts'
import { ClickHouseStore } from './clickhouse-store.ts'
import { InvariantWatch } from './invariant-watch.ts'
import { KafkaLogReader } from './kafka-log/kafka-log-reader.ts'
import { LearnedSchemas } from './learned-schemas.ts'
import type { StartPosition, TopicPartition } from './log-reader.ts'
import { type Measures, NOBODY_WATCHES } from './measures/measures.ts'
import { untilItWorks } from './patience.ts'
import { Processor } from './processor.ts'
import { ClickHouseAuditedStore } from './reconcile/clickhouse-audited-store.ts'
import { KafkaRejectedTopic } from './rejected/kafka-rejected-topic.ts'
import type { Series, Store } from './store.ts'
import type { JudgedProfile } from './verdicts/judged-profile.ts'
import { runVerdicts } from './verdicts/run-verdicts.ts'
import { WatermarkKeeper } from './watermark-keeper.ts'

/** The keeper looks again this often, also when another processor has counted, ms. */
const LOOK_MS = 1_000
/** Whether the ledger and the cells are sound is asked this often, ms: it reads whole tables. */
const WATCH_MS = 60_000

export interface RunOptions {
  kafka: KafkaConnection
  names: KafkaNames
  clickhouse: { url: string; database: string }
  /** Where schemas and their ids come from; without one from ids.json. */
  registry?: SchemaRegistry | null
  /** Whose records are counted, and which database is the real one; by default the real ones. */
  scenario?: { name: string; realDatabase: string } | null
  series: readonly Series[]
  /** Profiles that windows are judged by as they become final. */
  profiles: readonly JudgedProfile[]
  /** Is posted what deviates and what has gone silent; null for nobody. */
  webhookUrl: string | null
  flushRowsMax: number
  flushMsMax: number
  /** Not heard of for this long, a processor loses its partitions to others, ms. */
  sessionMs: number
  now: () => number
  log: Logger
  /** Whoever watches the work. */
  measures?: Measures
  /** The log cannot be counted any further: the process must end and say why. */
  onFatal: (error: Error) => void
}

export interface RunningProcessor {
  /** Finishes what was read, commits it and leaves the group. */
  end(): Promise<void>
}

/** Starts one processor; ready when it reads. */
export async function runProcessor(options: RunOptions): Promise<RunningProcessor> {
  const { kafka, names, log, measures = NOBODY_WATCHES } = options
  const aborted = new AbortController()
  const { clickhouse, scenario = null, registry = null } = options
  const store = new ClickHouseStore({ ...clickhouse, scenario })
  await store.begin()
  const rejectedTopic = new KafkaRejectedTopic({ connection: kafka, topic: names.rejected, log })
  const topics = new Map<string, RecordName>([
    [names.calls, 'call.v1'],
    [names.tickets, 'ticket.v1'],
  ])
  const processor = new Processor({
    store,
    rejectedTopic,
    topics,
    ...(registry === null ? {} : { forms: [] }),
    series: options.series,
    flushRowsMax: options.flushRowsMax,
    flushMsMax: options.flushMsMax,
    now: options.now,
    believesFuture: scenario !== null,
    log,
    measures,
    onCounted: () => look(),
  })
  const patience = { signal: aborted.signal, log, onTryingAgain: (what: string) => measures.tryingAgain(what) }
  const onForm = (topic: string, form: RecordForm) => processor.know(topic, form)
  const schemas =
    registry === null ? null : new LearnedSchemas({ registry, topics, onForm, patience, nowMs: options.now })
  await schemas?.begin()
  const verdictSchemaId = registry === null ? undefined : await registeredId(registry, 'verdict.v1')
  const reader = new KafkaLogReader(
    { connection: kafka, group: names.group, topics: [names.calls, names.tickets], sessionMs: options.sessionMs, log },
    {
      ...(schemas === null ? {} : { beforeBatch: (batch) => schemas.known(batch) }),
      onDealt: ({ length }) => measures.partitionsDealt(length),
      onBatch: (batch) => processor.take(batch),
      beforeStart: async () => {
        processor.partitionsChanged()
        await processor.countAll()
      },
      startPositions: (partitions) =>
        untilItWorks('read progress', () => startPositionsOf(store, partitions), patience),
      onFatal: (error) => {
        log.fatal({ code: (error as { code?: unknown }).code }, 'reading stopped for good')
        processor.abort()
        options.onFatal(error)
      },
    },
  )
  const keepers = new Map(
    [names.calls, names.tickets].map((topic) => [topic, new WatermarkKeeper(topic, reader, store)]),
  )
  const lastWatermark = (topic: string) => keepers.get(topic)?.last ?? null
  const verdicts = await runVerdicts({ ...options, measures, verdictSchemaId, lastWatermark, signal: aborted.signal })

  let isLooking = false
  function look(): void {
    if (isLooking || aborted.signal.aborted) return
    isLooking = true
    Promise.all([...keepers.values()].map((keeper) => keeper.look()))
      .then(() => verdicts.look()) // does not wait: a verdict must not hold a watermark up
      .catch((error: Error) => log.debug({ error: error.message }, 'watermark not moved, trying again'))
      .finally(() => {
        isLooking = false
      })
  }

  measures.underWayOf(() => processor.underWay)
  processor.begin(reader)
  await reader.start()
  const timer = setInterval(look, LOOK_MS)
  const audited = new ClickHouseAuditedStore(options.clickhouse)
  const definitions = options.series.map(({ name }) => name)
  const watch = new InvariantWatch({
    audited,
    reader,
    topic: names.calls,
    definitions,
    log,
    measures,
    now: options.now,
  })
  const watchTimer = setInterval(() => {
    watch.look().catch((error: Error) => log.debug({ error: error.message }, 'invariants not looked at, trying again'))
  }, WATCH_MS)
  return {
    async end() {
      clearInterval(timer)
      clearInterval(watchTimer)
      reader.pause()
      await processor.end()
      if (scenario !== null) await verdicts.settle() // nobody comes after it
      aborted.abort()
      await reader.stop()
      await rejectedTopic.close()
      await verdicts.end()
      await audited.close()
      await store.close()
    },
  }
}

async function startPositionsOf(
  store: Store,
  partitions: readonly TopicPartition[],
): Promise<(StartPosition | null)[]> {
  const [counted, lastRecords] = await Promise.all([store.countedUntil(partitions), store.lastRecords(partitions)])
  return counted.map((nextOffset, index) =>
    nextOffset === null ? null : { nextOffset, lastRecord: lastRecords[index] ?? null },
  )
}
