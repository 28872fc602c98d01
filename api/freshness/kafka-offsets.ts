/** Reads where topics begin and end from Kafka: the only file of api/ that names its client. */
import { type Admin, Kafka, logLevel, type SASLOptions } from 'kafkajs'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import type { LogEnds, PartitionEnds } from './log-ends.ts'

export class KafkaOffsets implements LogEnds {
  readonly #admin: Admin
  #connected: Promise<void> | null = null

  constructor({ brokers, tls, sasl }: KafkaConnection) {
    const kafka = new Kafka({
      clientId: 'steadyline-api',
      brokers,
      ssl: tls,
      ...(sasl === null ? {} : { sasl: sasl as SASLOptions }),
      logLevel: logLevel.NOTHING,
      connectionTimeout: 2_000,
      requestTimeout: 5_000,
      // A person waits for this answer: two tries and no more.
      retry: { retries: 1, initialRetryTime: 100 },
    })
    this.#admin = kafka.admin()
  }

  async ofTopic(topic: string): Promise<PartitionEnds[]> {
    this.#connected ??= this.#admin.connect()
    try {
      await this.#connected
      const ends = await this.#admin.fetchTopicOffsets(topic)
      return ends
        .map(({ partition, low, high }) => ({ partition, startOffset: Number(low), endOffset: Number(high) }))
        .sort((one, other) => one.partition - other.partition)
    } catch (error) {
      this.#connected = null // the next question connects anew
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#admin.disconnect()
  }
}
