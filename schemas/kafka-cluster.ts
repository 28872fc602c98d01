/**
 * The brokers behind a kafkajs client: requests of our own to those that lead.
 *
 * What kafkajs does well, connecting, signing in and finding leaders, has no public name; it is reached by the factory
 * behind its clients, which is found by its symbol, at a pinned version, and covered by tests on real brokers.
 * Why: docs/decisions/own-produce-request.md, docs/decisions/own-fetch-request.md.
 */
import type { Kafka } from 'kafkajs'

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
  send(protocolRequest: object): Promise<unknown>
}

/** A request of Kafka's protocol, everything after its head, and how its answer is read. */
export interface KafkaRequest<Answer> {
  apiKey: number
  apiVersion: number
  apiName: string
  body: Buffer
  read(answer: Buffer): Answer
}

const CREATE_CLUSTER = 'private:Kafka:createCluster'
const METADATA_AGE_MS_MAX = 300_000

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

  /** Number of the broker that leads a partition, or null where none is known to. */
  leaderOf(topic: string, partition: number): number | null {
    const known = this.#cluster.findTopicPartitionMetadata(topic).find(({ partitionId }) => partitionId === partition)
    return known === undefined || known.leader < 0 ? null : known.leader
  }

  /** Sends a request to a broker, connecting where need be. @throws what kafkajs throws where there is no answer */
  async ask<Answer>(nodeId: number, request: KafkaRequest<Answer>): Promise<Answer> {
    const { apiKey, apiVersion, apiName, body, read } = request
    const broker = await this.#cluster.findBroker({ nodeId })
    const answer = await broker.connectionPool.send({
      // `buf` and `buffer` are the two names by which kafkajs takes an encoder's bytes.
      request: { apiKey, apiVersion, apiName, encode: async () => ({ buf: body, buffer: body }) },
      response: { decode: async (bytes: Buffer) => read(bytes), parse: async (decoded: Answer) => decoded },
    })
    return answer as Answer
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
