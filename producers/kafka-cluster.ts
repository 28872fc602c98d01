/**
 * Sends finished batches over kafkajs's connections.
 *
 * Its producer is not used: see record-batch.ts. What kafkajs does well, connecting, signing in and finding leaders, is
 * reached by the factory behind its producer, which has no public name: found by its symbol, at a pinned version, and
 * covered by a test on a real broker.
 */
import type { Kafka } from 'kafkajs'
import { errorCodeOf, PRODUCE_API_KEY, PRODUCE_API_VERSION, produceRequestBody } from './kafka-wire/produce-request.ts'

/** The parts of kafkajs's cluster that are used. */
interface Cluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  isConnected(): boolean
  refreshMetadata(): Promise<void>
  addMultipleTargetTopics(topics: string[]): Promise<void>
  removeBroker(address: { host: string; port: number }): void
  findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[]
  findBroker(search: { nodeId: number }): Promise<{ connectionPool: ConnectionPool }>
}

interface ConnectionPool {
  send(protocolRequest: object): Promise<number>
}

const CREATE_CLUSTER = 'private:Kafka:createCluster'
const METADATA_AGE_MS_MAX = 300_000
/** How long the broker may wait for its replicas. */
const REPLICAS_MS_MAX = 30_000
/** Not worth trying again: too large, not allowed, not well-formed. */
const LASTING_ERROR_CODES: ReadonlySet<number> = new Set([10, 17, 18, 29, 31, 35, 42, 43, 87])

/** The broker refused a batch, or cannot take it yet. */
export class BatchRefusedError extends Error {
  override readonly name = 'BatchRefusedError'
  readonly errorCode: number
  readonly mayRetry: boolean

  constructor(topic: string, partition: number, errorCode: number) {
    super(`${topic}/${partition}: the broker answered with error ${errorCode}`)
    this.errorCode = errorCode
    this.mayRetry = !LASTING_ERROR_CODES.has(errorCode)
  }
}

export class KafkaCluster {
  readonly #cluster: Cluster

  constructor(kafka: Kafka) {
    const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER)
    if (symbol === undefined) throw new Error(`this kafkajs has no ${CREATE_CLUSTER}, expected version 2.2.4`)
    const create = (kafka as unknown as Record<symbol, (options: object) => Cluster>)[symbol]!
    this.#cluster = create({ metadataMaxAge: METADATA_AGE_MS_MAX, allowAutoTopicCreation: false })
  }

  async connect(topics: string[]): Promise<void> {
    await this.#cluster.connect()
    await this.#cluster.addMultipleTargetTopics(topics)
    await this.#cluster.refreshMetadata()
  }

  partitionsCount(topic: string): number {
    return this.#cluster.findTopicPartitionMetadata(topic).length
  }

  /** Resolves once all replicas in sync have the batch. */
  async produce(topic: string, partition: number, batch: Buffer): Promise<void> {
    const { leader } = this.#cluster.findTopicPartitionMetadata(topic).find((known) => known.partitionId === partition)!
    const broker = await this.#cluster.findBroker({ nodeId: leader })
    const body = produceRequestBody(topic, partition, batch, REPLICAS_MS_MAX)
    const errorCode = await broker.connectionPool.send({
      request: {
        apiKey: PRODUCE_API_KEY,
        apiVersion: PRODUCE_API_VERSION,
        apiName: 'Produce',
        encode: async () => ({ buf: body, buffer: body }), // the two names by which kafkajs takes an encoder's bytes
      },
      response: { decode: async (response: Buffer) => errorCodeOf(response), parse: async (code: number) => code },
    })
    if (errorCode !== 0) throw new BatchRefusedError(topic, partition, errorCode)
  }

  /** After a failure: finds out who leads now, connecting anew where the connection is gone. */
  async recover(failure: unknown): Promise<void> {
    const { name, host, port } = failure as { name?: string; host?: string; port?: number }
    if (name === 'KafkaJSConnectionClosedError' && host !== undefined && port !== undefined) {
      this.#cluster.removeBroker({ host, port })
    }
    if (!this.#cluster.isConnected()) await this.#cluster.connect()
    await this.#cluster.refreshMetadata()
  }

  async disconnect(): Promise<void> {
    await this.#cluster.disconnect()
  }
}
