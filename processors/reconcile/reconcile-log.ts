/**
 * The topics against facts and rejects: conservation, proven by reading everything again (invariant I1).
 *
 * Every message between the log's start and its end of now must be a fact that is there, a reject that is booked, or a
 * heartbeat; of sealed years a reject that is booked, or a fact that was deleted. Facts that were read again go into tables of their own, and the store says which of them are missing.
 */
import { pino } from 'pino'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import type { KafkaNames } from '../../schemas/kafka-names.ts'
import type { SchemaRegistry } from '../../schemas/registry/schema-registry.ts'
import type { RecordName } from '../../schemas/wire-format.ts'
import { KafkaLogReader } from '../kafka-log/kafka-log-reader.ts'
import { LearnedSchemas } from '../learned-schemas.ts'
import type { LogBatch, TopicPartition } from '../log-reader.ts'
import { type RejectedMessage, Span, TopicIntake } from '../span.ts'
import type { AuditedStore, BookedReject } from './audited-store.ts'

const INSERT_BYTES = 12 << 20
const SESSION_MS = 30_000
/** Differences are told up to this many. */
const TOLD_MAX = 100

export interface ReconcileLogOptions {
  audited: AuditedStore
  connection: KafkaConnection
  names: KafkaNames
  /** Where schemas come from; without one from ids.json. */
  registry: SchemaRegistry | null
  /** A consumer group that nobody else uses: nothing is ever committed in it. */
  group: string
  onProgress: (readCount: number, totalCount: number) => void
}

export interface LogReconciled {
  /** Messages that were read again. */
  recordCount: number
  /** Of these, records of sealed years that were facts: these are deleted, and only the ledger says that they were counted. */
  deletedCount: number
  /** One sentence each. */
  differences: string[]
}

export async function reconcileLog(options: ReconcileLogOptions): Promise<LogReconciled> {
  const { audited, names } = options
  await audited.beginSeen()
  try {
    const { recordCount, rejects: notFacts, notRead } = await readAgain(options)
    const booked = await audited.rejects()
    const bookedKeys = new Set(booked.map(keyOf))
    const isDeleted = (read: ReadReject) => read.code === 'BEFORE_RETENTION' && !bookedKeys.has(keyOf(read))
    const rejects = notFacts.filter((read) => !isDeleted(read))
    const missing = await audited.missingFacts(TOLD_MAX, booked.filter(({ code }) => code === 'STORE_REFUSED').length)
    const uncounted = await uncountedPartitions(audited, notRead)
    const differences = [...uncounted, ...missing, ...rejectDifferences(rejects, booked, names)]
    return {
      recordCount,
      deletedCount: notFacts.length - rejects.length,
      differences: differences.slice(0, TOLD_MAX),
    }
  } finally {
    await audited.endSeen()
  }
}

type ReadReject = Pick<RejectedMessage, 'topic' | 'partition' | 'offset' | 'code'>

function keyOf({ topic, partition, offset }: BookedReject | ReadReject): string {
  return `${topic}/${partition}@${offset}`
}

/** Reads both topics from start to their ends of now, and puts what decodes into the store's tables of seen facts. */
async function readAgain({ audited, connection, names, registry, group, onProgress }: ReconcileLogOptions) {
  const topics = new Map<string, RecordName>([
    [names.calls, 'call.v1'],
    [names.tickets, 'ticket.v1'],
  ])
  const forms = registry === null ? undefined : []
  const intakes = new Map([...topics].map(([topic, record]) => [topic, new TopicIntake(topic, record, forms)]))
  const ended = new AbortController()
  const log = pino({ level: 'silent' })
  const schemas =
    registry === null
      ? null
      : new LearnedSchemas({
          registry,
          topics,
          onForm: (topic, form) => intakes.get(topic)!.know(form),
          patience: { signal: ended.signal, log },
          nowMs: () => performance.now(),
        })
  await schemas?.begin()
  const sealedBeforeMs = await audited.refusedBeforeMs()
  for (const intake of intakes.values()) intake.sealedBeforeMs = sealedBeforeMs
  const span = new Span()
  const rejects: ReadReject[] = []
  const ends: (TopicPartition & { endOffset: number; readUntil: number })[] = []
  let recordCount = 0
  let finish: () => void = () => {}
  let fail: (error: Error) => void = () => {}
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  const finishIfRead = () => {
    if (ends.every(({ endOffset, readUntil }) => readUntil >= endOffset)) finish()
  }
  const take = async (batch: LogBatch) => {
    const end = ends.find(({ topic, partition }) => topic === batch.topic && partition === batch.partition)
    const intake = intakes.get(batch.topic)
    if (end === undefined || intake === undefined) return
    intake.take(batch, span, Number.POSITIVE_INFINITY)
    // Without their bytes: a sealed year is a million of them.
    for (const { topic, partition, offset, code } of span.rejects.splice(0))
      rejects.push({ topic, partition, offset, code })
    recordCount += batch.messageCount
    end.readUntil = batch.nextOffset
    if (intake.byteCount >= INSERT_BYTES) await insertSeen(intake)
    onProgress(
      recordCount,
      ends.reduce((sum, { endOffset }) => sum + endOffset, 0),
    )
    finishIfRead()
  }
  const insertSeen = async (intake: TopicIntake) => {
    const rows = intake.handOver()
    if (rows !== null) await audited.insertSeen(rows)
  }
  const reader = new KafkaLogReader(
    { connection, group, topics: [names.calls, names.tickets], sessionMs: SESSION_MS, log },
    {
      ...(schemas === null ? {} : { beforeBatch: (batch) => schemas.known(batch) }),
      onBatch: (batch) => take(batch).catch((error: Error) => fail(error)),
      beforeStart: async () => {},
      startPositions: async (partitions) => {
        for (const topic of intakes.keys()) {
          for (const [partition, endOffset] of (await reader.endOffsets(topic)).entries())
            ends.push({ topic, partition, endOffset, readUntil: 0 })
        }
        finishIfRead()
        return partitions.map(() => null)
      },
      onFatal: (error) => fail(error),
    },
  )
  try {
    await reader.start()
    await finished
    for (const intake of intakes.values()) await insertSeen(intake)
  } finally {
    ended.abort()
    await reader.stop()
  }
  return { recordCount, rejects, notRead: ends }
}

async function uncountedPartitions(
  audited: AuditedStore,
  ends: readonly (TopicPartition & { endOffset: number })[],
): Promise<string[]> {
  const counted = await audited.countedUntil()
  return ends.flatMap(({ topic, partition, endOffset }) => {
    const until = counted.get(`${topic}/${partition}`) ?? 0
    return until >= endOffset
      ? []
      : [`${topic}/${partition}: offsets ${until} (in) to ${endOffset} (out) are not counted yet`]
  })
}

function rejectDifferences(read: readonly ReadReject[], booked: readonly BookedReject[], names: KafkaNames): string[] {
  const bookedCodes = new Map(booked.map((reject) => [keyOf(reject), reject.code]))
  const readCodes = new Map(read.map((reject) => [keyOf(reject), reject.code as string]))
  const differences: string[] = []
  for (const [key, code] of readCodes) {
    const bookedCode = bookedCodes.get(key)
    if (bookedCode === 'STORE_REFUSED' && code === 'BEFORE_RETENTION') continue // refused while it was not sealed yet
    if (bookedCode !== code)
      differences.push(`${key}: is rejected as ${code}, and booked as ${bookedCode ?? 'nothing'}`)
  }
  for (const [key, code] of bookedCodes) {
    const isOurs = key.startsWith(`${names.calls}/`) || key.startsWith(`${names.tickets}/`)
    if (isOurs && code !== 'STORE_REFUSED' && !readCodes.has(key))
      differences.push(`${key}: is booked as ${code}, and the log holds no such reject`)
  }
  return differences
}
