/**
 * A 64-bit hash of what a record says: of every field that differs from its schema's default, so that a field added
 * later, with a default, changes no hash. It tells two contents under one revision apart and orders them.
 *
 * Two 32-bit lanes of multiply and xor, crossed at the end (the construction known as cyrb53, both lanes kept whole).
 */
import type { AvroRecordDecoder } from './avro-record-decoder.ts'
import type { AvroRecordSchema } from './wire-format.ts'

export class ContentHash {
  /** Upper and lower 32 bits of the last hash, unsigned. */
  high = 0
  low = 0
  #a = 0
  #b = 0

  /** Hashes the record that `decoder` holds, whose reader schema says which fields may be left out. */
  ofRecord(decoder: AvroRecordDecoder, hasNullDefault: readonly boolean[]): void {
    this.#begin()
    for (let slot = 0; slot < hasNullDefault.length; slot++) {
      const start = decoder.starts[slot]!
      const value = decoder.numbers[slot]!
      if (start < 0 && Number.isNaN(value)) continue // null, the only default there is
      this.#word(slot + 1)
      if (start < 0) this.#number(value)
      else this.#bytes(decoder.bytes, start, decoder.ends[slot]!)
    }
    this.#finish()
  }

  /** Hashes bytes as they are; a message without any counts as empty. */
  ofBytes(bytes: Uint8Array | null, seed: number): void {
    this.#begin()
    this.#number(seed)
    if (bytes !== null) this.#bytes(bytes, 0, bytes.length)
    this.#finish()
  }

  #begin(): void {
    this.#a = 0x9e3779b9
    this.#b = 0x85ebca6b
  }

  #word(word: number): void {
    this.#a = Math.imul(this.#a ^ word, 0x9e3779b1)
    this.#b = Math.imul(this.#b ^ word, 0x5f356495)
  }

  #number(value: number): void {
    this.#word(value | 0)
    this.#word(Math.floor(value / 4_294_967_296) | 0)
  }

  #bytes(bytes: Uint8Array, from: number, to: number): void {
    this.#word(to - from)
    for (let at = from; at < to; at++) this.#word(bytes[at]!)
  }

  #finish(): void {
    let a = this.#a
    let b = this.#b
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
    this.high = b >>> 0
    this.low = a >>> 0
  }
}

/** By slot: whether the field may be left out of a hash because null is its default. */
export function nullDefaults(schema: AvroRecordSchema): boolean[] {
  return schema.fields.map((field) => field.default === null)
}
