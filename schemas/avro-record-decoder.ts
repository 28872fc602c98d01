/**
 * Decodes flat Avro records strictly and without making an object per message.
 *
 * A general Avro library lets three kinds of bad records through or stumbles over good ones: invalid UTF-8 becomes
 * U+FFFD in silence, an int of 2^40 is taken, a well-formed long beyond 2^53 throws. All three decide here whether a
 * record counts, so the bytes are read by our own hand, straight into numbers and ranges of bytes.
 */
import { isUtf8 } from 'node:buffer'
import { ENUM, type FieldDefault, INT, STRING, type WrittenField, type WrittenValue } from './avro-fields.ts'

/** The body of a message is not what its schema says. The message says where and what was expected. */
export class UndecodableError extends Error {
  override readonly name = 'UndecodableError'
}

const TWO_28 = 2 ** 28
const TWO_56 = 2 ** 56

/** One decoded record, used again for every message: read it before the next `decode`. */
export class AvroRecordDecoder {
  /** The bytes that `starts` and `ends` speak of. */
  bytes: Uint8Array = new Uint8Array()
  /** By slot: a long, an int or the index of a symbol; NaN for null and for a string. */
  readonly numbers: Float64Array
  /** By slot: where the text begins (in) and ends (out); both -1 for null. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** By slot: how many Unicode code points the text has. */
  readonly codePoints: Int32Array
  /** By slot: longs beyond ±2^53, which `numbers` holds only roughly. Empty but for broken records. */
  readonly exactLongs = new Map<number, bigint>()
  #at = 0
  #end = 0

  constructor(slotCount: number) {
    this.numbers = new Float64Array(slotCount)
    this.starts = new Int32Array(slotCount)
    this.ends = new Int32Array(slotCount)
    this.codePoints = new Int32Array(slotCount)
  }

  /**
   * Decodes `bytes` from `fromByte` (in) to `toByte` (out), which is their end where nothing is said.
   *
   * @throws UndecodableError if the bytes are not such a record or go on after it
   */
  decode(bytes: Uint8Array, fromByte: number, fields: readonly WrittenField[], toByte = bytes.length): void {
    this.bytes = bytes
    this.#at = fromByte
    this.#end = toByte
    this.numbers.fill(Number.NaN)
    this.starts.fill(-1)
    this.ends.fill(-1)
    if (this.exactLongs.size > 0) this.exactLongs.clear()
    for (let index = 0; index < fields.length; index++) this.#field(fields[index]!)
    if (this.#at !== this.#end)
      throw new UndecodableError(`${this.#end - this.#at} bytes are left over after the last field`)
  }

  /** Puts the defaults of fields that were not written into their slots. */
  leftOut(slots: readonly number[], defaults: readonly FieldDefault[]): void {
    for (const slot of slots) {
      const value = defaults[slot]
      if (typeof value === 'number') this.numbers[slot] = value
      else if (value === '') this.starts[slot] = this.ends[slot] = this.codePoints[slot] = 0
    }
  }

  #field(field: WrittenField): void {
    if (field.nullBranch >= 0) {
      const branch = this.#int('a union branch')
      if (branch === field.nullBranch) return
      if (branch !== 1 - field.nullBranch)
        throw new UndecodableError(`union branch ${branch} does not exist, expected 0 or 1`)
    }
    if (field.branches === null) this.#value(field.slot, field)
    else this.#branch(field.slot, field.branches)
  }

  #branch(slot: number, branches: NonNullable<WrittenField['branches']>): void {
    const number = this.#int('a union branch')
    const branch = branches[number]
    if (branch === undefined)
      throw new UndecodableError(`union branch ${number} does not exist, expected 0 to ${branches.length - 1}`)
    if (branch === 'refused') throw new UndecodableError(`union branch ${number} is of a type that is not known here`)
    if (branch !== 'null') this.#value(slot, branch)
  }

  #value(slot: number, value: WrittenValue): void {
    if (value.kind === STRING) this.#text(slot)
    else if (value.kind === ENUM) this.#symbol(slot, value)
    else if (value.kind === INT) this.#keep(slot, this.#int('an int'))
    else this.#keep(slot, this.#long(slot))
  }

  #keep(slot: number, value: number): void {
    if (slot >= 0) this.numbers[slot] = value
  }

  #symbol(slot: number, { symbols }: WrittenValue): void {
    const written = this.#int('an enum')
    if (slot < 0) return
    const known = symbols[written]
    if (known === undefined || known < 0) throw new UndecodableError(`enum symbol ${written} does not exist`)
    this.numbers[slot] = known
  }

  #text(slot: number): void {
    const byteCount = this.#long(-1)
    const start = this.#at
    if (byteCount < 0 || byteCount > this.#end - start) {
      throw new UndecodableError(`a string of ${byteCount} bytes, expected 0 to ${this.#end - start}`)
    }
    const end = start + byteCount
    const { bytes } = this
    let codePoints = 0
    let isAscii = true
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!
      if (byte >= 0x80) isAscii = false
      if ((byte & 0xc0) !== 0x80) codePoints++
    }
    if (!isAscii && !isUtf8(bytes.subarray(start, end))) throw new UndecodableError('a string is not valid UTF-8')
    this.#at = end
    if (slot < 0) return
    this.starts[slot] = start
    this.ends[slot] = end
    this.codePoints[slot] = codePoints
  }

  #int(what: string): number {
    const from = this.#at
    const value = this.#long(-1)
    if (this.#at - from > 5 || value < -0x8000_0000 || value > 0x7fff_ffff) {
      throw new UndecodableError(`${what} does not fit in 32 bits`)
    }
    return value
  }

  /** A zigzag varint of at most ten bytes. Beyond 2^53 the number is rough, and `exactLongs` has it exactly. */
  #long(slot: number): number {
    let low = 0 // bits 0 to 27
    let middle = 0 // bits 28 to 55
    let high = 0 // bits 56 to 63
    for (let count = 0; ; count++) {
      if (this.#at >= this.#end) throw new UndecodableError('the message ends within a number')
      const byte = this.bytes[this.#at++]!
      const bits = byte & 0x7f
      if (count < 4) low |= bits << (7 * count)
      else if (count < 8) middle |= bits << (7 * (count - 4))
      else high |= bits << (7 * (count - 8))
      if (byte < 0x80) break
      if (count === 9) throw new UndecodableError('a varint is longer than ten bytes')
    }
    if (high > 0xff) throw new UndecodableError('a varint does not fit in 64 bits')
    const zigzag = low + middle * TWO_28 + high * TWO_56
    if (zigzag < Number.MAX_SAFE_INTEGER) return low & 1 ? -(zigzag + 1) / 2 : zigzag / 2
    const exactZigzag = BigInt(low) + (BigInt(middle) << 28n) + (BigInt(high) << 56n)
    const exact = exactZigzag & 1n ? -(exactZigzag >> 1n) - 1n : exactZigzag >> 1n
    if (slot >= 0) this.exactLongs.set(slot, exact)
    return Number(exact)
  }
}
