/** Publishes to Kafka: `acks=all`, order within a partition kept, several partitions under way at once. */
import { setTimeout as waitMs } from 'node:timers/promises'
import { SteadylineError } from '../schemas/errors.ts'
import { KafkaCluster } from '../schemas/kafka-cluster.ts'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import { type KafkaNames, WATERMARK_HEADER } from '../schemas/kafka-names.ts'
import { kafkaClient, kafkaNotReached } from './kafka-client.ts'
import { BatchRefusedError, produce } from './kafka-produce.ts'
import { createTopics } from './kafka-topics.ts'
import { partitionOfKey } from './kafka-wire/partition-of-key.ts'
import type { RecordBatch, RecordHeader } from './kafka-wire/record-batch.ts'
import { PartitionLane } from './partition-lane.ts'
import type { Publisher } from './publisher.ts'

/** More than this unsent, and the source waits: it bounds memory when Kafka is slower than the source. */
const UNSENT_BYTES_MAX = 24 * 1024 * 1024
/** A broker may be away this long, restarts included, before a record is given up and the error shown. */
const OUTAGE_MS_MAX = 120_000
const RETRY_MS_FIRST = 100
const RETRY_MS_MAX = 2_000

export interface PublisherOptions {
  connection: KafkaConnection
  /** Names of the topics, those of a scenario or of the real database. */
  names: KafkaNames
  /** By topic, the id of a registry that values are sent with; where there is none, as they come. */
  schemaIds?: ReadonlyMap<string, number>
  nowMs: () => number
  /** Hears, in a sentence, when the broker is away and when it is back. */
  say: (sentence: string) => void
}

/** Connects, and creates the topics that are missing; those that exist are left as they are. */
export async function connectPublisher(options: PublisherOptions): Promise<Publisher> {
  const { connection, names } = options
  await createTopics(connection, names)
  const cluster = new KafkaCluster(kafkaClient(connection))
  try {
    await cluster.connect([names.calls, names.tickets])
  } catch (error) {
    await cluster.disconnect().catch(() => {})
    throw kafkaNotReached(connection, error)
  }
  return new KafkaPublisher(cluster, options)
}

class KafkaPublisher implements Publisher {
  readonly #cluster: KafkaCluster
  readonly #options: PublisherOptions
  /** By topic: its lanes, by partition. */
  readonly #lanes = new Map<string, PartitionLane[]>()
  #unsentBytes = 0
  #failure: unknown = null
  #waiting: (() => void)[] = []
  #recovery: Promise<void> | null = null
  #isAway = false
  #isClosed = false

  constructor(cluster: KafkaCluster, options: PublisherOptions) {
    this.#cluster = cluster
    this.#options = options
    for (const topic of [options.names.calls, options.names.tickets]) {
      const lanes = Array.from({ length: cluster.partitionsCount(topic) }, (_, partition) => {
        return new PartitionLane((batch) => this.#deliver(topic, partition, batch))
      })
      this.#lanes.set(topic, lanes)
    }
  }

  send(topic: string, key: Uint8Array, value: Uint8Array): void {
    const lanes = this.#lanesOf(topic)
    const schemaId = this.#options.schemaIds?.get(topic)
    if (schemaId !== undefined) putSchemaId(value, schemaId)
    this.#append(lanes[partitionOfKey(key, lanes.length)]!, key, value, null)
  }

  get isFull(): boolean {
    return this.#unsentBytes > UNSENT_BYTES_MAX
  }

  async room(): Promise<void> {
    await this.#until(() => !this.isFull)
  }

  flush(): void {
    for (const lanes of this.#lanes.values()) for (const lane of lanes) lane.flush()
  }

  async drained(): Promise<void> {
    this.flush()
    await this.#until(() => this.#unsentBytes === 0)
  }

  async heartbeat(topic: string, atMs: number): Promise<void> {
    const header = { key: WATERMARK_HEADER, value: String(atMs) }
    this.#append(this.#lanesOf(topic)[0]!, null, null, header)
    await this.drained()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#cluster.disconnect()
  }

  #lanesOf(topic: string): PartitionLane[] {
    const lanes = this.#lanes.get(topic)
    if (lanes === undefined) throw new RangeError(`${topic} is not one of the topics of this publisher`)
    return lanes
  }

  #append(lane: PartitionLane, key: Uint8Array | null, value: Uint8Array | null, header: RecordHeader | null): void {
    this.#unsentBytes += lane.append(key, value, header)
  }

  async #until(holds: () => boolean): Promise<void> {
    while (this.#failure === null && !holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    if (this.#failure !== null) throw this.#failure
  }

  /** Tries until the batch is acknowledged; records sent twice are one by design, so nothing is lost by repeating. */
  async #deliver(topic: string, partition: number, batch: RecordBatch): Promise<void> {
    const bytes = batch.seal(this.#options.nowMs())
    let failedSinceMs: number | null = null
    for (let pauseMs = RETRY_MS_FIRST; !this.#isClosed; pauseMs = Math.min(2 * pauseMs, RETRY_MS_MAX)) {
      try {
        await produce(this.#cluster, topic, partition, bytes)
        this.#isBack()
        break
      } catch (failure) {
        failedSinceMs ??= this.#options.nowMs()
        const mayRetry = !(failure instanceof BatchRefusedError) || failure.mayRetry
        if (!mayRetry || this.#options.nowMs() - failedSinceMs > OUTAGE_MS_MAX) {
          this.#fail(
            mayRetry ? kafkaNotReached(this.#options.connection, failure) : refused(failure as BatchRefusedError),
          )
          return
        }
        this.#isGone(failure)
        await waitMs(pauseMs)
        await this.#recover(failure)
      }
    }
    this.#unsentBytes -= batch.recordsBytes
    this.#wake()
  }

  /** All partitions fail at once when a broker is away, and one recovery serves them all. */
  async #recover(failure: unknown): Promise<void> {
    this.#recovery ??= this.#cluster
      .recover(failure)
      .catch(() => {}) // the next try shows whether it is back
      .finally(() => {
        this.#recovery = null
      })
    await this.#recovery
  }

  #isGone(failure: unknown): void {
    if (this.#isAway) return
    this.#isAway = true
    this.#options.say(`Kafka does not take records (${(failure as Error).message}); trying again.`)
  }

  #isBack(): void {
    if (!this.#isAway) return
    this.#isAway = false
    this.#options.say('Kafka takes records again.')
  }

  #fail(failure: unknown): void {
    this.#failure ??= failure
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}

/** Encoders write the ids of ids.json. A value is its sender's own until it is handed in, so it is written over in place. */
function putSchemaId(value: Uint8Array, schemaId: number): void {
  value[1] = schemaId >>> 24
  value[2] = schemaId >>> 16
  value[3] = schemaId >>> 8
  value[4] = schemaId
}

function refused(cause: BatchRefusedError): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_KAFKA_REFUSED',
    3,
    `Kafka refused records: ${cause.message}. Look the error up in Kafka's protocol, mend the topic or the access rights, and try again.`,
    { cause },
  )
}
