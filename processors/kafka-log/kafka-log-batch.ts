/** Messages of one partition as Kafka answered them, looked at in our words. */
import { WATERMARK_HEADER } from '../../schemas/kafka-names.ts'
import type { LogBatch } from '../log-reader.ts'
import { type RecordSet, varintAt } from './record-set.ts'

export class KafkaLogBatch implements LogBatch {
  readonly topic: string
  readonly partition: number
  readonly fromOffset: number
  readonly nextOffset: number
  readonly endOffset: number
  readonly bytes: Buffer
  readonly #records: RecordSet
  readonly #first: number

  /** @param first  index of the first record that was not handed over before */
  constructor(
    { topic, partition }: { topic: string; partition: number },
    records: RecordSet,
    first: number,
    { fromOffset, nextOffset, endOffset }: { fromOffset: number; nextOffset: number; endOffset: number },
  ) {
    this.topic = topic
    this.partition = partition
    this.bytes = records.bytes
    this.#records = records
    this.#first = first
    this.fromOffset = fromOffset
    this.nextOffset = nextOffset
    this.endOffset = endOffset
  }

  get messageCount(): number {
    return this.#records.count - this.#first
  }

  get appendedAtMs(): number | null {
    return this.messageCount === 0 ? null : this.#records.firstAtMs
  }

  offsetAt(index: number): number {
    return this.#records.offsets[this.#first + index]!
  }

  valueStartAt(index: number): number {
    return this.#records.valueStarts[this.#first + index]!
  }

  valueEndAt(index: number): number {
    return this.#records.valueEnds[this.#first + index]!
  }

  valueAt(index: number): Buffer | null {
    const start = this.valueStartAt(index)
    return start < 0 ? null : this.bytes.subarray(start, this.valueEndAt(index))
  }

  keyAt(index: number): Buffer | null {
    const start = this.#records.keyStarts[this.#first + index]!
    return start < 0 ? null : this.bytes.subarray(start, this.#records.keyEnds[this.#first + index]!)
  }

  watermarkTextAt(index: number): string | null {
    const { bytes } = this
    let at = this.#records.headerStarts[this.#first + index]!
    const next = () => {
      const { value, end } = varintAt(bytes, at)
      at = end
      return value
    }
    const text = () => {
      const byteCount = next()
      if (byteCount < 0) return null
      at += byteCount
      return bytes.toString('utf8', at - byteCount, at)
    }
    let watermarkText: string | null = null
    for (let headers = next(); headers > 0; headers--) {
      const [key, value] = [text(), text()]
      if (key === WATERMARK_HEADER) watermarkText = value // the last one counts
    }
    return watermarkText
  }
}
