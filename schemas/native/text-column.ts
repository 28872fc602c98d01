import { type ColumnShape, columnHead } from './column.ts'

/** A guess, so that a column seldom grows. */
const BYTES_PER_TEXT = 16
/** Of a text's length as a varint. */
const LENGTH_BYTES_MAX = 5

/** A column of texts: each its length as a varint, then its bytes. */
export class TextColumn {
  readonly shape: ColumnShape
  #rowCount = 0
  #byteCount = 0
  #bytes: Uint8Array
  /** By row 1 for null; null where the column takes none. */
  #nulls: Uint8Array | null

  constructor(shape: ColumnShape, capacity: number) {
    this.shape = shape
    this.#bytes = new Uint8Array(capacity * BYTES_PER_TEXT + LENGTH_BYTES_MAX)
    this.#nulls = shape.isNullable ? new Uint8Array(capacity) : null
  }

  get byteCount(): number {
    return this.#byteCount + (this.#nulls === null ? 0 : this.#rowCount)
  }

  /** Adds the bytes from `start` (in) to `end` (out) as a text; a start of -1 is null, whose text is empty. */
  add(source: Uint8Array, start: number, end: number): void {
    const row = this.#rowCount++
    if (this.#nulls !== null) this.#markNull(row, start < 0)
    let length = end - start
    if (this.#byteCount + length + LENGTH_BYTES_MAX > this.#bytes.length) this.#grow(length)
    const bytes = this.#bytes
    let at = this.#byteCount
    for (; length >= 0x80; length >>>= 7) bytes[at++] = (length & 0x7f) | 0x80
    bytes[at++] = length
    for (let from = start; from < end; from++) bytes[at++] = source[from]!
    this.#byteCount = at
  }

  /** The column's bytes for the rows from `from` (in) to `to` (out). */
  bytesOf(from: number, to: number): Buffer[] {
    const start = this.#startOf(from, 0, 0)
    const texts = Buffer.from(this.#bytes.buffer, start, this.#startOf(to, from, start) - start)
    const head = columnHead(this.shape)
    return this.#nulls === null ? [head, texts] : [head, Buffer.from(this.#nulls.buffer, from, to - from), texts]
  }

  /** Where a row begins, found by walking from a row that is known; the end is known anyway. */
  #startOf(row: number, knownRow: number, knownStart: number): number {
    if (row === this.#rowCount) return this.#byteCount
    let at = knownStart
    for (let passed = knownRow; passed < row; passed++) {
      let length = 0
      let shift = 0
      for (; this.#bytes[at]! >= 0x80; at++, shift += 7) length |= (this.#bytes[at]! & 0x7f) << shift
      at += 1 + (length | (this.#bytes[at]! << shift))
    }
    return at
  }

  #markNull(row: number, isNull: boolean): void {
    if (row === this.#nulls!.length) {
      const nulls = new Uint8Array(2 * row)
      nulls.set(this.#nulls!)
      this.#nulls = nulls
    }
    this.#nulls![row] = isNull ? 1 : 0
  }

  #grow(byteCount: number): void {
    const bytes = new Uint8Array(2 * this.#bytes.length + byteCount)
    bytes.set(this.#bytes)
    this.#bytes = bytes
  }
}
