/**
 * Rows in ClickHouse's RowBinary, written into one buffer that grows and is used again.
 *
 * Numbers are little-endian; a string is its length as a varint and its bytes; a nullable column is a byte (1 for null)
 * and, unless null, the value.
 */
export class RowBinaryWriter {
  byteCount = 0
  rowCount = 0
  #bytes: Uint8Array
  #view: DataView

  constructor(initialBytes = 1 << 20) {
    this.#bytes = new Uint8Array(initialBytes)
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** Hands the rows over, as bytes that stay as they are, and begins anew. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.buffer, 0, this.byteCount)
    this.#bytes = new Uint8Array(this.#bytes.length)
    this.#view = new DataView(this.#bytes.buffer)
    this.byteCount = 0
    this.rowCount = 0
    return taken
  }

  endRow(): void {
    this.rowCount++
  }

  uint8(value: number): void {
    this.#room(1)
    this.#bytes[this.byteCount++] = value
  }

  uint32(value: number): void {
    this.#room(4)
    this.#view.setUint32(this.byteCount, value, true)
    this.byteCount += 4
  }

  /** A 64-bit integer within ±2^53: Int64, UInt64, or the milliseconds of a DateTime64(3). */
  int64(value: number): void {
    this.#room(8)
    const high = Math.floor(value / 4_294_967_296)
    this.#view.setUint32(this.byteCount, value - high * 4_294_967_296, true)
    this.#view.setInt32(this.byteCount + 4, high, true)
    this.byteCount += 8
  }

  /** A 64-bit integer from its halves. */
  uint64(high: number, low: number): void {
    this.uint32(low)
    this.uint32(high)
  }

  /** A nullable DateTime64(3); NaN is null. */
  nullableInt64(value: number): void {
    const isNull = Number.isNaN(value)
    this.uint8(isNull ? 1 : 0)
    if (!isNull) this.int64(value)
  }

  /** A nullable UInt8 or Enum8; NaN is null. */
  nullableUint8(value: number): void {
    const isNull = Number.isNaN(value)
    this.uint8(isNull ? 1 : 0)
    if (!isNull) this.uint8(value)
  }

  /** The bytes from `start` (in) to `end` (out) as a string. */
  text(source: Uint8Array, start: number, end: number): void {
    let length = end - start
    this.#room(length + 5)
    while (length >= 0x80) {
      this.#bytes[this.byteCount++] = (length & 0x7f) | 0x80
      length >>>= 7
    }
    this.#bytes[this.byteCount++] = length
    for (let at = start; at < end; at++) this.#bytes[this.byteCount++] = source[at]!
  }

  /** The same, nullable; a start of -1 is null. */
  nullableText(source: Uint8Array, start: number, end: number): void {
    this.uint8(start < 0 ? 1 : 0)
    if (start >= 0) this.text(source, start, end)
  }

  #room(byteCount: number): void {
    if (this.byteCount + byteCount <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.byteCount + byteCount))
    grown.set(this.#bytes)
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }
}
