/** A batch of messages of kafkajs, looked at in our words. */
import type { KafkaMessage } from 'kafkajs'
import { WATERMARK_HEADER } from '../schemas/kafka-names.ts'
import type { LogBatch } from './log-reader.ts'

export class KafkaLogBatch implements LogBatch {
  readonly topic: string
  readonly partition: number
  readonly fromOffset: number
  readonly nextOffset: number
  readonly endOffset: number
  readonly #messages: readonly KafkaMessage[]
  readonly #first: number

  constructor(
    topic: string,
    partition: number,
    messages: readonly KafkaMessage[],
    first: number,
    fromOffset: number,
    nextOffset: number,
    endOffset: number,
  ) {
    this.topic = topic
    this.partition = partition
    this.#messages = messages
    this.#first = first
    this.fromOffset = fromOffset
    this.nextOffset = nextOffset
    this.endOffset = endOffset
  }

  get messageCount(): number {
    return this.#messages.length - this.#first
  }

  get appendedAtMs(): number | null {
    return this.messageCount === 0 ? null : Number(this.#messages[this.#first]!.timestamp)
  }

  offsetAt(index: number): number {
    return Number(this.#messages[this.#first + index]!.offset)
  }

  valueAt(index: number): Buffer | null {
    return this.#messages[this.#first + index]!.value
  }

  keyAt(index: number): Buffer | null {
    return this.#messages[this.#first + index]!.key
  }

  watermarkTextAt(index: number): string | null {
    const header = this.#messages[this.#first + index]!.headers?.[WATERMARK_HEADER]
    const last = Array.isArray(header) ? header.at(-1) : header
    return last === undefined ? null : last.toString()
  }
}
