/**
 * The log by kafkajs. The only file of the processors that reads with it.
 *
 * What it guards, because the library does it in silence: it resets an offset that is out of range to the log's start;
 * it reads a topic that was deleted and made again as if it were the old one; it never shows a batch that holds control
 * records only; it would commit partitions that were lost; it starts at committed offsets, which are no truth here: the
 * start is what `progress` says.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Admin, Batch, Consumer } from 'kafkajs'
import type { Logger } from 'pino'
import { SteadylineError } from '../schemas/errors.ts'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import { kafkaClient, RETRY } from './kafka-client.ts'
import { KafkaLogBatch } from './kafka-log-batch.ts'
import { LogContinuity, logDoesNotHold } from './log-continuity.ts'
import type { LogReader, LogReaderEvents, TopicPartition } from './log-reader.ts'

const HEARTBEAT_MS_MAX = 3_000
/** Between two answers that are further apart than this, ms, a topic may have been replaced without an error: nobody saw. */
const LOOK_AGAIN_MS = 1_000

export interface KafkaLogReaderOptions {
  connection: KafkaConnection
  group: string
  topics: readonly string[]
  /** Not heard of for this long, a reader loses its partitions to others, ms. */
  sessionMs: number
  log: Logger
}

export class KafkaLogReader implements LogReader {
  readonly #options: KafkaLogReaderOptions
  readonly #events: LogReaderEvents
  readonly #consumer: Consumer
  readonly #admin: Admin
  /** Where each partition that we own goes on: set by its start position, moved by each batch. */
  readonly #continuity = new LogContinuity()
  #owned: TopicPartition[] = []
  /** Raised with each assignment, so that a start that was overtaken by the next one does nothing. */
  #assignment = 0
  #isPaused = false
  #readAtMs = Number.POSITIVE_INFINITY

  constructor(options: KafkaLogReaderOptions, events: LogReaderEvents) {
    this.#options = options
    this.#events = events
    const { connection, sessionMs, log } = options
    const kafka = kafkaClient('steadyline-processor', connection, log)
    this.#consumer = kafka.consumer({
      groupId: options.group,
      sessionTimeout: sessionMs,
      rebalanceTimeout: 60_000,
      heartbeatInterval: Math.min(HEARTBEAT_MS_MAX, sessionMs / 4),
      maxWaitTimeInMs: 200,
      // The library makes half a kilobyte of objects of every record that an answer holds: larger answers cost memory only.
      maxBytesPerPartition: 1 << 20,
      maxBytes: 6 << 20,
      metadataMaxAge: 15_000,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: async () => true },
    })
    this.#admin = kafka.admin()
  }

  async start(): Promise<void> {
    await this.#admin.connect()
    await this.#consumer.connect()
    await this.#assertTopicsExist()
    await this.#consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true })
    this.#consumer.on(this.#consumer.events.GROUP_JOIN, ({ payload }) => {
      const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, numbers]) =>
        numbers.map((partition) => ({ topic, partition })),
      )
      // Pausing must happen here and now: the library fetches from committed offsets as soon as this listener returns.
      this.#pausePartitions(partitions)
      this.#owned = partitions
      this.#continuity.clear()
      this.#events.onDealt?.(partitions)
      void this.#begin(partitions, ++this.#assignment)
    })
    this.#consumer.on(this.#consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      // A batch of control records only is never handed over, and the end of the log would never be reached.
      if (payload.batchSize === 0) void this.#takeControlRecords(payload)
    })
    // Heard before an answer is handed over: the batches of one that comes late are then read again, too.
    this.#consumer.on(this.#consumer.events.FETCH, ({ timestamp }) => {
      if (timestamp - this.#readAtMs > LOOK_AGAIN_MS) this.#lookAgain()
      this.#readAtMs = timestamp
    })
    this.#consumer.on(this.#consumer.events.CRASH, ({ payload }) => {
      this.#options.log.warn({ error: payload.error.message, restart: payload.restart }, 'reading stopped')
      if (!payload.restart) this.#events.onFatal(payload.error)
    })
    await this.#consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: async ({ batch, heartbeat, isStale }) => {
        if (this.#isPaused || isStale()) return
        await this.#take(batch, heartbeat)
      },
    })
  }

  /** The library's own words for a missing topic would not say which, nor what to do. */
  async #assertTopicsExist(): Promise<void> {
    const existing = new Set(await this.#admin.listTopics())
    const missing = this.#options.topics.filter((topic) => !existing.has(topic))
    if (missing.length === 0) return
    throw new SteadylineError(
      'STEADYLINE_TOPIC_MISSING',
      2,
      `There is no topic ${missing.join(', ')}. Start the processor with \`npx steadyline process\`, which creates what is missing, or create it.`,
    )
  }

  owned(): readonly TopicPartition[] {
    return this.#owned
  }

  async endOffsets(topic: string): Promise<number[]> {
    const offsets: number[] = []
    for (const { partition, high } of await this.#admin.fetchTopicOffsets(topic)) offsets[partition] = Number(high)
    return offsets
  }

  async commit(positions: readonly (TopicPartition & { nextOffset: number })[]): Promise<void> {
    const ours = new Set(this.#owned.map(keyOf))
    const kept = positions.filter((position) => ours.has(keyOf(position)))
    if (kept.length === 0) return
    try {
      await this.#consumer.commitOffsets(
        kept.map(({ topic, partition, nextOffset }) => ({ topic, partition, offset: String(nextOffset) })),
      )
    } catch (error) {
      // The group moved on, or the broker is away: `progress` is the truth, committed offsets only serve lag monitors.
      this.#options.log.info({ error: (error as Error).message }, 'offsets not committed')
    }
  }

  pause(): void {
    this.#isPaused = true
    this.#pausePartitions(this.#owned)
  }

  async stop(): Promise<void> {
    await this.#consumer.disconnect()
    await this.#admin.disconnect()
  }

  #pausePartitions(partitions: readonly TopicPartition[]): void {
    if (partitions.length === 0) return
    this.#consumer.pause(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })))
  }

  /** Puts newly assigned partitions where `progress` says and lets them run. */
  async #begin(partitions: readonly TopicPartition[], assignment: number): Promise<void> {
    try {
      await this.#events.beforeStart()
      const positions = await this.#events.startPositions(partitions)
      const ends = await this.#logBounds(partitions)
      if (assignment !== this.#assignment) return
      for (const [index, place] of partitions.entries()) {
        const { start, end } = ends[index]!
        const { nextOffset, lastRecord } = positions[index] ?? { nextOffset: start, lastRecord: null }
        if (nextOffset < start || nextOffset > end) throw logDoesNotHold(place, nextOffset, { start, end })
        const offset = this.#continuity.begin(place, nextOffset, lastRecord, start)
        this.#consumer.seek({ ...place, offset: String(offset) })
      }
      if (this.#isPaused || partitions.length === 0) return
      this.#consumer.resume(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })))
      this.#options.log.info({ partitionCount: partitions.length }, 'reading partitions')
    } catch (error) {
      if (error instanceof SteadylineError) return this.#events.onFatal(error)
      this.#options.log.warn({ error: (error as Error).message }, 'start of partitions not known, trying again')
      await waitMs(RETRY.initialRetryTime)
      if (assignment === this.#assignment && !this.#isPaused) return this.#begin(partitions, assignment)
    }
  }

  async #take(batch: Batch, heartbeat: () => Promise<void>): Promise<void> {
    const { topic, partition, messages } = batch
    const expected = this.#continuity.nextOffset(batch)
    if (expected === undefined) return // its start is not known yet: it will be sought and read again
    const whole = new KafkaLogBatch(topic, partition, messages, 0, expected, expected, 0)
    const error = this.#see(whole, Number(batch.lastOffset()))
    if (error !== null) throw error
    let first = 0
    while (first < messages.length && Number(messages[first]!.offset) < expected) first++
    const beginsAt = first < messages.length ? Number(messages[first]!.offset) : Number(batch.lastOffset()) + 1
    const assignment = this.#assignment
    if (beginsAt !== expected) await this.#checkGap({ topic, partition }, expected)
    if (assignment !== this.#assignment) return // while the log was asked the partitions were dealt anew: it will be read again
    const nextOffset = Number(batch.lastOffset()) + 1
    if (nextOffset <= expected) return // nothing but what was handed over before
    const taken = new KafkaLogBatch(
      topic,
      partition,
      messages,
      first,
      expected,
      nextOffset,
      Number(batch.highWatermark),
    )
    await this.#events.beforeBatch?.(taken, heartbeat)
    if (assignment !== this.#assignment) return
    this.#continuity.passed(taken)
    await this.#events.onBatch(taken, heartbeat)
  }

  async #takeControlRecords(payload: {
    topic: string
    partition: number
    lastOffset: string
    highWatermark: string
  }): Promise<void> {
    const expected = this.#continuity.nextOffset(payload)
    const nextOffset = Number(payload.lastOffset) + 1
    if (expected === undefined || this.#isPaused) return
    const { topic, partition, highWatermark } = payload
    const batch = new KafkaLogBatch(topic, partition, [], 0, expected, nextOffset, Number(highWatermark))
    if (this.#see(batch, nextOffset - 1) !== null || nextOffset <= expected) return
    this.#continuity.passed(batch)
    await this.#events.onBatch(batch, async () => {})
  }

  /**
   * A batch that begins elsewhere than expected is harmless while the log still holds the next record to count: offsets
   * that are missing were control records or compacted away, and what comes again was read again after a broken
   * connection. Otherwise records were lost, and the library has gone to the log's start in silence.
   */
  async #checkGap(place: TopicPartition, expected: number): Promise<void> {
    const [bounds] = await this.#logBounds([place])
    if (bounds!.start <= expected && expected <= bounds!.end) return
    const error = logDoesNotHold(place, expected, bounds!)
    this.#events.onFatal(error)
    throw error
  }

  /** Compares what is read with what was counted: another record is another log. @returns what was wrong, or null */
  #see(batch: KafkaLogBatch, lastOffset: number): Error | null {
    const { topic, partition } = batch
    const seen = this.#continuity.see(batch, lastOffset)
    if (seen === 'absent')
      this.#options.log.warn({ topic, partition }, 'last record is not in the log any more, the log was not compared')
    if (!(seen instanceof Error)) return null
    this.#events.onFatal(seen)
    return seen
  }

  /** Reads the last record of every partition again, and with it what follows. */
  #lookAgain(): void {
    for (const place of this.#owned) {
      const offset = this.#continuity.lookAgain(place)
      if (offset !== null) this.#consumer.seek({ ...place, offset: String(offset) })
    }
  }

  /** First offset held (in) and end (out) of each partition. */
  async #logBounds(partitions: readonly TopicPartition[]): Promise<{ start: number; end: number }[]> {
    const bounds = new Map<string, { start: number; end: number }>()
    for (const topic of new Set(partitions.map((place) => place.topic))) {
      for (const { partition, low, high } of await this.#admin.fetchTopicOffsets(topic)) {
        bounds.set(keyOf({ topic, partition }), { start: Number(low), end: Number(high) })
      }
    }
    return partitions.map((place) => bounds.get(keyOf(place)) ?? { start: 0, end: 0 })
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
