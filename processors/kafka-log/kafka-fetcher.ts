/**
 * Reads partitions from the brokers that lead them, each from where it is told, and hands over what they answer.
 *
 * While one answer is taken in, the next one is under way: an answer of each broker waits at most, which bounds memory.
 * Answers are taken in one after the other, whichever broker they come from. Nothing is decided here: an offset that the
 * log does not hold is reported and asked for again, never moved.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Logger } from 'pino'
import { SteadylineError } from '../../schemas/errors.ts'
import type { KafkaCluster } from '../../schemas/kafka-cluster.ts'
import type { TopicPartition } from '../log-reader.ts'
import { type FetchedPartition, fetchRequest } from './fetch-request.ts'
import { type RecordSet, readRecordSet } from './record-set.ts'

const LIMITS = { waitMsMax: 200, bytesMax: 6 << 20, bytesPerPartitionMax: 1 << 20 }
const RETRY_MS_FIRST = 100
const RETRY_MS_MAX = 2_000
const OFFSET_OUT_OF_RANGE = 1
/** Kafka's errors that no time mends: not allowed, not known to this broker, packed as this version cannot read. */
const LASTING_ERROR_CODES: ReadonlySet<number> = new Set([29, 35, 76])

export interface FetchedRecords extends TopicPartition {
  records: RecordSet
  /** Where the log ended when it answered (out). */
  endOffset: number
}

export interface FetcherEvents {
  /** An answer has come, and before it is looked at a place may be moved by `readFrom`: then what it says there is let go. */
  onAnswered: (place: TopicPartition, sinceLastMs: number) => void
  /** Takes records in; where it throws, they are read again. */
  onRecords: (fetched: FetchedRecords) => Promise<void>
  /** The log does not hold the offset that was asked for; where it throws, that is asked again. */
  onOutOfRange: (place: TopicPartition) => Promise<void>
  /** It cannot be read, now or later. */
  onFatal: (error: Error) => void
}

interface Place extends TopicPartition {
  /** The first offset to ask for next. */
  nextOffset: number
  /** The first offset to be handed over next: behind it, what was answered and waits. */
  handedUntil: number
  /** When it was last answered without an error, ms of `performance.now()`. */
  answeredAtMs: number
}

interface Asked {
  place: Place
  fromOffset: number
}

interface Taken extends Asked {
  records: RecordSet
  endOffset: number
}

export class KafkaFetcher {
  readonly #cluster: KafkaCluster
  readonly #events: FetcherEvents
  readonly #log: Logger
  readonly #places = new Map<string, Place>()
  /** By broker, whoever reads from it. */
  readonly #lanes = new Map<number, Promise<void>>()
  /** Whatever is handed over waits for what was before it. */
  #handedOver: Promise<void> = Promise.resolve()
  #looking: Promise<void> | null = null
  readonly #stopped = new AbortController()

  constructor(cluster: KafkaCluster, log: Logger, events: FetcherEvents) {
    this.#cluster = cluster
    this.#log = log
    this.#events = events
  }

  /** From now on reads a partition from this offset (in); what was asked before is let go. */
  readFrom({ topic, partition }: TopicPartition, offset: number): void {
    const key = keyOf({ topic, partition })
    const known = this.#places.get(key)
    if (known?.nextOffset === offset && known.handedUntil === offset) return
    if (known !== undefined) known.nextOffset = known.handedUntil = offset
    else
      this.#places.set(key, {
        topic,
        partition,
        nextOffset: offset,
        handedUntil: offset,
        answeredAtMs: performance.now(),
      })
    this.#look()
  }

  /** Reads nothing until it is told anew; what was asked before is let go. */
  clear(): void {
    this.#places.clear()
  }

  /** Resolves once nothing is under way; requests that nobody answers end with the connections of the cluster. */
  async stop(): Promise<void> {
    this.clear()
    this.#stopped.abort()
    await Promise.all(this.#lanes.values())
    await this.#handedOver
  }

  /** Sees to it that somebody reads from every broker that leads one of the places. */
  #look(): void {
    this.#looking ??= this.#findLeaders().finally(() => {
      this.#looking = null
    })
  }

  async #findLeaders(): Promise<void> {
    await null // so that places that are told of together are looked at together
    for (let pauseMs = RETRY_MS_FIRST; !this.#stopped.signal.aborted; pauseMs = Math.min(2 * pauseMs, RETRY_MS_MAX)) {
      const leaders = new Set([...this.#places.values()].map((place) => this.#leaderOf(place)))
      for (const leader of leaders) if (leader !== null && !this.#lanes.has(leader)) this.#startLane(leader)
      if (!leaders.has(null)) return
      await this.#cluster.recover({}).catch(() => {}) // the next look shows whether there is a leader
      await this.#pause(pauseMs)
    }
  }

  #leaderOf({ topic, partition }: Place): number | null {
    try {
      return this.#cluster.leaderOf(topic, partition)
    } catch {
      return null // kafkajs throws of a topic that it has not heard of
    }
  }

  #startLane(leader: number): void {
    const lane = this.#readFromBroker(leader).finally(() => {
      this.#lanes.delete(leader)
      if (this.#places.size > 0) this.#look()
    })
    this.#lanes.set(leader, lane)
  }

  /** Ends when the broker leads none of the places any more. */
  async #readFromBroker(leader: number): Promise<void> {
    let mine: Promise<void> = Promise.resolve()
    let pauseMs = RETRY_MS_FIRST
    for (;;) {
      const asked = [...this.#places.values()]
        .filter((place) => this.#leaderOf(place) === leader)
        .map((place): Asked => ({ place, fromOffset: place.nextOffset }))
      if (asked.length === 0) return mine
      try {
        const wanted = asked.map(({ place: { topic, partition }, fromOffset }) => ({ topic, partition, fromOffset }))
        const answer = await this.#cluster.ask(leader, fetchRequest(wanted, LIMITS))
        const { taken, failure } = await this.#takeIn(asked, answer)
        if (taken.length > 0) {
          await mine
          mine = this.#handOver(taken)
        }
        if (failure !== null) throw failure
        pauseMs = RETRY_MS_FIRST
      } catch (error) {
        for (const { place } of asked) place.answeredAtMs = Number.NEGATIVE_INFINITY
        if (!this.#stopped.signal.aborted)
          this.#log.warn({ error: (error as Error).message, broker: leader }, 'log not read, trying again')
        await this.#pause(pauseMs)
        if (this.#stopped.signal.aborted) return mine
        pauseMs = Math.min(2 * pauseMs, RETRY_MS_MAX)
        await this.#cluster.recover(error).catch(() => {}) // the next request shows whether it is back
        if (this.#places.size > 0) this.#look()
      }
    }
  }

  /** What an answer says, place by place, and what the last one that failed has failed for. */
  async #takeIn(
    asked: readonly Asked[],
    answer: readonly FetchedPartition[],
  ): Promise<{ taken: Taken[]; failure: unknown }> {
    const taken: Taken[] = []
    let failure: unknown = null
    for (const fetched of answer) {
      const ask = asked.find(({ place }) => keyOf(place) === keyOf(fetched))!
      try {
        const records = await this.#recordsOf(ask, fetched)
        if (records !== null) taken.push({ ...ask, records, endOffset: fetched.endOffset })
      } catch (error) {
        failure = error // of one place: the others were answered, and what they said is not to be lost
      }
    }
    return { taken, failure }
  }

  /** Records of a place that was not moved meanwhile, and moves it behind them; null where there are none. */
  async #recordsOf({ place, fromOffset }: Asked, fetched: FetchedPartition): Promise<RecordSet | null> {
    const isOurs = () => this.#places.get(keyOf(place)) === place && place.nextOffset === fromOffset
    if (!isOurs()) return null
    if (fetched.errorCode !== 0) throw await this.#failureOf(place, fetched.errorCode)
    const nowMs = performance.now()
    this.#events.onAnswered(place, nowMs - place.answeredAtMs)
    place.answeredAtMs = nowMs
    if (!isOurs() || fetched.recordSet.length === 0) return null
    const records = this.#readable(fetched)
    if (records === null || records.nextOffset === null) return null
    place.nextOffset = Math.max(fromOffset, records.nextOffset)
    // Whoever was answered is asked for last: an answer holds a few partitions only, and all are to be read evenly.
    this.#places.delete(keyOf(place))
    this.#places.set(keyOf(place), place)
    return records
  }

  #readable(fetched: FetchedPartition): RecordSet | null {
    try {
      return readRecordSet(fetched)
    } catch (error) {
      if (!(error instanceof SteadylineError)) throw error
      this.#giveUp(error)
      return null
    }
  }

  async #failureOf(place: Place, errorCode: number): Promise<Error> {
    const { topic, partition } = place
    if (errorCode === OFFSET_OUT_OF_RANGE) await this.#events.onOutOfRange(place)
    if (LASTING_ERROR_CODES.has(errorCode)) {
      const sentence = `Kafka does not let ${topic}/${partition} be read: error ${errorCode} of its protocol. Let this user read the topic, or mend the broker, and start again.`
      this.#giveUp(new SteadylineError('STEADYLINE_KAFKA_REFUSED', 3, sentence))
    }
    return new Error(`${topic}/${partition}: the broker answered with error ${errorCode}`)
  }

  #giveUp(error: SteadylineError): void {
    this.clear()
    this.#events.onFatal(error)
  }

  /** Hands over in order; what fails is asked for again, and so is all that was answered behind it. */
  #handOver(taken: readonly Taken[]): Promise<void> {
    this.#handedOver = this.#handedOver.then(async () => {
      for (const { place, fromOffset, records, endOffset } of taken) {
        const isNext = () => this.#places.get(keyOf(place)) === place && place.handedUntil === fromOffset
        if (!isNext()) continue
        try {
          await this.#events.onRecords({ topic: place.topic, partition: place.partition, records, endOffset })
          if (isNext()) place.handedUntil = Math.max(fromOffset, records.nextOffset!)
        } catch (error) {
          this.#log.warn({ error: (error as Error).message }, 'records not taken in, trying again')
          await this.#pause(RETRY_MS_FIRST)
          if (isNext()) place.nextOffset = fromOffset
        }
      }
    })
    return this.#handedOver
  }

  async #pause(ms: number): Promise<void> {
    await waitMs(ms, undefined, { signal: this.#stopped.signal }).catch(() => {})
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
