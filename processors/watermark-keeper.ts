/**
 * Keeps the watermark of a topic: only the processor that owns its partition 0 does.
 *
 * It reads the end offsets of all partitions at one instant, waits until `progress` covers them everywhere, and only
 * then says how far time has come and reads the next. Idle and empty partitions need nothing more, and no wall clock
 * is asked. Rule: kpi/watermark.ts.
 */
import { isReached } from '../kpi/watermark.ts'
import type { LogReader } from './log-reader.ts'
import type { Store, Watermark } from './store.ts'

export class WatermarkKeeper {
  readonly #topic: string
  readonly #reader: LogReader
  readonly #store: Store
  /** End offsets that are to be reached, by partition number; null to read the next. */
  #vector: number[] | null = null
  #last: Watermark | null = null

  constructor(topic: string, reader: LogReader, store: Store) {
    this.#topic = topic
    this.#reader = reader
    this.#store = store
  }

  /** The last vector that was reached, as of the last look; null before the first, and where partition 0 is another's. */
  get last(): Watermark | null {
    return this.#last
  }

  /** Looks whether the vector is reached, and if so records the watermark. */
  async look(): Promise<void> {
    if (!this.#reader.owned().some(({ topic, partition }) => topic === this.#topic && partition === 0)) {
      this.#vector = null
      this.#last = null
      return
    }
    this.#vector ??= await this.#reader.endOffsets(this.#topic)
    const vector = this.#vector
    if (this.#isReached(vector)) return // nothing has come: a night's looks cost the store nothing
    this.#last = await this.#store.lastWatermark(this.#topic)
    if (this.#isReached(vector)) return
    const last = this.#last
    const partitions = vector.map((_, partition) => ({ topic: this.#topic, partition }))
    const counted = await this.#store.countedUntil(partitions)
    const countedTo = new Map(counted.map((until, partition) => [partition, until ?? 0]))
    if (!isReached(new Map(vector.map((end, partition) => [partition, end])), countedTo)) return
    const watermarkAtMs = Math.max(last?.watermarkAtMs ?? 0, await this.#store.maxEmittedWithin(this.#topic, vector))
    await this.#store.recordWatermark(this.#topic, { vector, watermarkAtMs })
    this.#last = { vector, watermarkAtMs }
    this.#vector = null
  }

  /** Whether the last vector is this one; the next look then reads another. */
  #isReached(vector: readonly number[]): boolean {
    if (this.#last === null || !sameVector(this.#last.vector, vector)) return false
    this.#vector = null
    return true
  }
}

function sameVector(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((offset, partition) => offset === other[partition])
}
