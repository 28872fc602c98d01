/** hotline.rejected.v1 by kafkajs. */
import { Kafka, logLevel, type Producer } from 'kafkajs'
import type { Logger } from 'pino'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import type { RejectedTopic } from './rejected-topic.ts'
import type { RejectedMessage } from './span.ts'

const MESSAGES_PER_REQUEST_MAX = 500

export class KafkaRejectedTopic implements RejectedTopic {
  readonly #topic: string
  readonly #producer: Producer
  #connected: Promise<void> | null = null

  constructor({ connection, topic, log }: { connection: KafkaConnection; topic: string; log: Logger }) {
    this.#topic = topic
    const kafka = new Kafka({
      clientId: 'steadyline-processor-rejects',
      brokers: connection.brokers,
      ssl: connection.tls,
      ...(connection.sasl === null ? {} : { sasl: connection.sasl as never }),
      retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 30 },
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => log.debug({ kafka: entry.log.message }, 'kafka client'),
    })
    this.#producer = kafka.producer({ allowAutoTopicCreation: false })
  }

  async publish(rejects: readonly RejectedMessage[]): Promise<void> {
    if (rejects.length === 0) return
    this.#connected ??= this.#producer.connect() // most processors never meet a bad record
    await this.#connected
    for (let from = 0; from < rejects.length; from += MESSAGES_PER_REQUEST_MAX) {
      await this.#producer.send({
        topic: this.#topic,
        acks: -1,
        messages: rejects
          .slice(from, from + MESSAGES_PER_REQUEST_MAX)
          .map(({ topic, partition, offset, code, reason, key, value }) => ({
            key,
            value,
            headers: { topic, partition: String(partition), offset: String(offset), code, reason },
          })),
      })
    }
  }

  async close(): Promise<void> {
    if (this.#connected !== null) await this.#producer.disconnect()
  }
}
