import { type ColumnShape, columnHead } from './column.ts'

const VALUE_BYTES = {
  Int8: 1,
  UInt8: 1,
  UInt32: 4,
  UInt64: 8,
  "DateTime('UTC')": 4,
  "DateTime64(3, 'UTC')": 8,
} as const
const TWO_32 = 2 ** 32

/** A column of whole numbers, little-endian as the store and every machine that runs Node keep them. */
export class NumberColumn {
  readonly shape: ColumnShape
  readonly valueBytes: 1 | 4 | 8
  #rowCount = 0
  #capacity: number
  /** A value of 8 bytes is two words: the lower half, then the upper. */
  #words: Uint8Array | Uint32Array
  /** By row 1 for null; null where the column takes none. */
  #nulls: Uint8Array | null

  constructor(shape: ColumnShape & { type: keyof typeof VALUE_BYTES }, capacity: number) {
    this.shape = shape
    this.valueBytes = VALUE_BYTES[shape.type]
    this.#capacity = capacity
    this.#words = this.#wordsFor(capacity)
    this.#nulls = shape.isNullable ? new Uint8Array(capacity) : null
  }

  get byteCount(): number {
    return this.#rowCount * (this.valueBytes + (this.#nulls === null ? 0 : 1))
  }

  /** Adds a whole number within ±2^53; NaN is null. */
  add(value: number): void {
    if (this.#rowCount === this.#capacity) this.#grow()
    const row = this.#rowCount++
    if (Number.isNaN(value)) {
      this.#nulls![row] = 1
    } else if (this.valueBytes === 8) {
      this.#words[row * 2] = value // modulo 2^32, of negative numbers too
      this.#words[row * 2 + 1] = Math.floor(value / TWO_32)
    } else {
      this.#words[row] = value
    }
  }

  /** Adds an unsigned number of 64 bits by its halves. */
  addHalves(high: number, low: number): void {
    if (this.#rowCount === this.#capacity) this.#grow()
    const row = this.#rowCount++
    this.#words[row * 2] = low
    this.#words[row * 2 + 1] = high
  }

  /** The column's bytes for the rows from `from` (in) to `to` (out). */
  bytesOf(from: number, to: number): Buffer[] {
    const { buffer } = this.#words
    const values = Buffer.from(buffer, from * this.valueBytes, (to - from) * this.valueBytes)
    const head = columnHead(this.shape)
    return this.#nulls === null ? [head, values] : [head, Buffer.from(this.#nulls.buffer, from, to - from), values]
  }

  #wordsFor(capacity: number): Uint8Array | Uint32Array {
    if (this.valueBytes === 1) return new Uint8Array(capacity)
    return new Uint32Array(this.valueBytes === 4 ? capacity : capacity * 2)
  }

  #grow(): void {
    this.#capacity *= 2
    const words = this.#wordsFor(this.#capacity)
    words.set(this.#words)
    this.#words = words
    if (this.#nulls === null) return
    const nulls = new Uint8Array(this.#capacity)
    nulls.set(this.#nulls)
    this.#nulls = nulls
  }
}
