/**
 * The log by Kafka: kafkajs keeps us in the group and deals partitions out, and records are read by our own hand.
 *
 * So nothing happens in silence that the library would do: no offset is reset to the log's start, batches of control
 * records count, and a topic that was deleted and made again is known by its last record. It starts where `progress`
 * says and not at committed offsets, which are no truth here. Why: docs/decisions/own-fetch-request.md.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Admin, Consumer } from 'kafkajs'
import type { Logger } from 'pino'
import { SteadylineError } from '../../schemas/errors.ts'
import { KafkaCluster } from '../../schemas/kafka-cluster.ts'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { kafkaClient, RETRY } from '../kafka-client.ts'
import { LogContinuity, logDoesNotHold } from '../log-continuity.ts'
import type { LogReader, LogReaderEvents, TopicPartition } from '../log-reader.ts'
import { type FetchedRecords, KafkaFetcher } from './kafka-fetcher.ts'
import { KafkaLogBatch } from './kafka-log-batch.ts'

const HEARTBEAT_MS_MAX = 3_000
/** How often the group is looked after when no heartbeat is due, ms. */
const GROUP_LOOK_MS = 200
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
  readonly #cluster: KafkaCluster
  readonly #fetcher: KafkaFetcher
  /** Where each partition that we own goes on: set by its start position, moved by each batch. */
  readonly #continuity = new LogContinuity()
  #owned: TopicPartition[] = []
  /** Raised with each assignment, so that a start that was overtaken by the next one does nothing. */
  #assignment = 0
  #isPaused = false

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
      maxWaitTimeInMs: GROUP_LOOK_MS,
      metadataMaxAge: 15_000,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: async () => true },
    })
    this.#admin = kafka.admin()
    this.#cluster = new KafkaCluster(kafka)
    this.#fetcher = new KafkaFetcher(this.#cluster, log, {
      onAnswered: (place, sinceLastMs) => this.#lookAgain(place, sinceLastMs),
      onRecords: (fetched) => this.#take(fetched),
      onOutOfRange: (place) => this.#findAgain(place),
      onFatal: (error) => this.#giveUp(error),
    })
  }

  async start(): Promise<void> {
    await this.#admin.connect()
    await this.#consumer.connect()
    await this.#assertTopicsExist()
    await this.#cluster.connect([...this.#options.topics])
    await this.#consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true })
    this.#consumer.on(this.#consumer.events.GROUP_JOIN, ({ payload }) => {
      const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, numbers]) =>
        numbers.map((partition) => ({ topic, partition })),
      )
      // The library reads nothing: partitions are paused as soon as they are dealt, and never resumed.
      this.#consumer.pause(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })))
      this.#fetcher.clear()
      this.#owned = partitions
      this.#continuity.clear()
      this.#events.onDealt?.(partitions)
      void this.#begin(partitions, ++this.#assignment)
    })
    this.#consumer.on(this.#consumer.events.CRASH, ({ payload }) => {
      this.#options.log.warn({ error: payload.error.message, restart: payload.restart }, 'reading stopped')
      if (!payload.restart) this.#events.onFatal(payload.error)
    })
    await this.#consumer.run({ autoCommit: false, eachBatch: async () => {} })
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
    this.#fetcher.clear()
  }

  async stop(): Promise<void> {
    await Promise.all([this.#fetcher.stop(), this.#cluster.disconnect()])
    await this.#consumer.disconnect()
    await this.#admin.disconnect()
  }

  /** Puts newly assigned partitions where `progress` says and lets them run. */
  async #begin(partitions: readonly TopicPartition[], assignment: number): Promise<void> {
    try {
      await this.#events.beforeStart()
      const positions = await this.#events.startPositions(partitions)
      const ends = await this.#logBounds(partitions)
      if (assignment !== this.#assignment || this.#isPaused) return
      for (const [index, place] of partitions.entries()) {
        const { start, end } = ends[index]!
        const { nextOffset, lastRecord } = positions[index] ?? { nextOffset: start, lastRecord: null }
        if (nextOffset < start || nextOffset > end) throw logDoesNotHold(place, nextOffset, { start, end })
        const offset = this.#continuity.begin(place, nextOffset, lastRecord, start)
        this.#fetcher.readFrom(place, offset)
      }
      if (partitions.length === 0) return
      this.#options.log.info({ partitionCount: partitions.length }, 'reading partitions')
    } catch (error) {
      if (error instanceof SteadylineError) return this.#giveUp(error)
      this.#options.log.warn({ error: (error as Error).message }, 'start of partitions not known, trying again')
      await waitMs(RETRY.initialRetryTime)
      if (assignment === this.#assignment && !this.#isPaused) return this.#begin(partitions, assignment)
    }
  }

  async #take({ topic, partition, records, endOffset }: FetchedRecords): Promise<void> {
    const place = { topic, partition }
    const expected = this.#continuity.nextOffset(place)
    if (expected === undefined || this.#isPaused) return // it is not ours now, or will be read again
    const nextOffset = records.nextOffset!
    const whole = new KafkaLogBatch(place, records, 0, { fromOffset: expected, nextOffset, endOffset })
    const error = this.#see(whole, nextOffset - 1)
    if (error !== null) throw error
    if (nextOffset <= expected) return // nothing but what was handed over before
    let first = 0
    while (first < records.count && records.offsets[first]! < expected) first++
    const beginsAt = first < records.count ? records.offsets[first]! : nextOffset
    const assignment = this.#assignment
    if (beginsAt !== expected) await this.#checkGap(place, expected)
    if (assignment !== this.#assignment) return // while the log was asked the partitions were dealt anew: it will be read again
    const taken = new KafkaLogBatch(place, records, first, { fromOffset: expected, nextOffset, endOffset })
    await this.#events.beforeBatch?.(taken)
    if (assignment !== this.#assignment || this.#isPaused) return
    this.#continuity.passed(taken)
    await this.#events.onBatch(taken)
  }

  /**
   * A batch that begins elsewhere than expected is harmless while the log still holds the next record to count: offsets
   * that are missing were control records or compacted away. Otherwise records were lost.
   */
  async #checkGap(place: TopicPartition, expected: number): Promise<void> {
    const [bounds] = await this.#logBounds([place])
    if (bounds!.start <= expected && expected <= bounds!.end) return
    const error = logDoesNotHold(place, expected, bounds!)
    this.#giveUp(error)
    throw error
  }

  /** The log does not hold what was asked for: the next record to count, or the last one that was, which may have expired. */
  async #findAgain(place: TopicPartition): Promise<void> {
    const expected = this.#continuity.nextOffset(place)
    if (expected === undefined) return
    await this.#checkGap(place, expected)
    this.#fetcher.readFrom(place, expected)
  }

  #giveUp(error: Error): void {
    this.#fetcher.clear()
    this.#events.onFatal(error)
  }

  /** Compares what is read with what was counted: another record is another log. @returns what was wrong, or null */
  #see(batch: KafkaLogBatch, lastOffset: number): Error | null {
    const { topic, partition } = batch
    const seen = this.#continuity.see(batch, lastOffset)
    if (seen === 'absent')
      this.#options.log.warn({ topic, partition }, 'last record is not in the log any more, the log was not compared')
    if (!(seen instanceof Error)) return null
    this.#giveUp(seen)
    return seen
  }

  /** After a while without an answer, the last record is read again, and with it what follows. */
  #lookAgain(place: TopicPartition, sinceLastMs: number): void {
    if (sinceLastMs <= LOOK_AGAIN_MS) return
    const offset = this.#continuity.lookAgain(place)
    if (offset !== null) this.#fetcher.readFrom(place, offset)
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
