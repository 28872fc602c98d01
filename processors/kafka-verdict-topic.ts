/** hotline.verdicts.v1 by kafkajs. */
import { Kafka, logLevel, type Producer } from 'kafkajs'
import type { Logger } from 'pino'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import { encodeVerdict, type VerdictRecord } from '../schemas/verdict-record.ts'
import type { VerdictTopic } from './verdict-topic.ts'

/** A replayed year makes a thousand windows final at once; they are two requests. */
const MESSAGES_PER_REQUEST_MAX = 500

export class KafkaVerdictTopic implements VerdictTopic {
  readonly #topic: string
  readonly #producer: Producer
  #connected: Promise<void> | null = null

  constructor({ connection, topic, log }: { connection: KafkaConnection; topic: string; log: Logger }) {
    this.#topic = topic
    const kafka = new Kafka({
      clientId: 'steadyline-processor-verdicts',
      brokers: connection.brokers,
      ssl: connection.tls,
      ...(connection.sasl === null ? {} : { sasl: connection.sasl as never }),
      retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 10 },
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => log.debug({ kafka: entry.log.message }, 'kafka client'),
    })
    this.#producer = kafka.producer({ allowAutoTopicCreation: false })
  }

  async publish(records: readonly VerdictRecord[]): Promise<void> {
    if (records.length === 0) return
    this.#connected ??= this.#producer.connect() // of many processors one judges
    await this.#connected.catch((error: unknown) => {
      this.#connected = null
      throw error
    })
    for (let from = 0; from < records.length; from += MESSAGES_PER_REQUEST_MAX) {
      await this.#producer.send({
        topic: this.#topic,
        acks: -1,
        messages: records
          .slice(from, from + MESSAGES_PER_REQUEST_MAX)
          .map((record) => ({ key: `${record.profile}/${record.window}`, value: encodeVerdict(record) })),
      })
    }
  }

  async close(): Promise<void> {
    if (this.#connected !== null) await this.#producer.disconnect()
  }
}
