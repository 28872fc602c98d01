/** Sends messages to one topic, connecting when there is a first one: of many processors few have something to say. */
import { type Message, Partitioners, type Producer } from 'kafkajs'
import type { Logger } from 'pino'
import type { KafkaConnection } from '../schemas/kafka-connection.ts'
import { kafkaClient } from './kafka-client.ts'

const MESSAGES_PER_REQUEST_MAX = 500

export interface KafkaSenderOptions {
  clientId: string
  connection: KafkaConnection
  topic: string
  log: Logger
}

export class KafkaSender {
  readonly #topic: string
  readonly #producer: Producer
  #connected: Promise<void> | null = null

  constructor({ clientId, connection, topic, log }: KafkaSenderOptions) {
    this.#topic = topic
    this.#producer = kafkaClient(clientId, connection, log).producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    })
  }

  /** Acknowledged when it returns. @throws if Kafka does not take them; the next call connects anew */
  async send(messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return
    this.#connected ??= this.#producer.connect()
    await this.#connected.catch((error: unknown) => {
      this.#connected = null
      throw error
    })
    for (let from = 0; from < messages.length; from += MESSAGES_PER_REQUEST_MAX) {
      await this.#producer.send({
        topic: this.#topic,
        acks: -1,
        messages: messages.slice(from, from + MESSAGES_PER_REQUEST_MAX),
      })
    }
  }

  async close(): Promise<void> {
    if (this.#connected !== null) await this.#producer.disconnect()
  }
}
