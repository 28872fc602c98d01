/**
 * A 64-bit hash of what a record says: of every field that differs from its schema's default, so that a field added
 * later, with a default, changes no hash. It tells two contents under one revision apart and orders them.
 *
 * Two 32-bit lanes of multiply and xor, crossed at the end (the construction known as cyrb53, both lanes kept whole).
 */
import type { FieldDefault } from './avro-fields.ts'
import type { AvroRecordDecoder } from './avro-record-decoder.ts'

const SEED_A = 0x9e3779b9
const SEED_B = 0x85ebca6b
const FACTOR_A = 0x9e3779b1
const FACTOR_B = 0x5f356495

export class ContentHash {
  /** Upper and lower 32 bits of the last hash, unsigned. */
  high = 0
  low = 0

  /** Hashes the record that `decoder` holds; fields that are as the reader's defaults say are left out. */
  ofRecord(decoder: AvroRecordDecoder, defaults: readonly FieldDefault[]): void {
    const { bytes, numbers, starts, ends } = decoder
    let a = SEED_A
    let b = SEED_B
    for (let slot = 0; slot < defaults.length; slot++) {
      const start = starts[slot]!
      const value = numbers[slot]!
      if (start < 0 && (Number.isNaN(value) || value === defaults[slot])) continue // null, or the default
      if (start >= 0 && start === ends[slot] && defaults[slot] === '') continue
      a = Math.imul(a ^ (slot + 1), FACTOR_A)
      b = Math.imul(b ^ (slot + 1), FACTOR_B)
      if (start < 0) {
        const upper = Math.floor(value / 4_294_967_296)
        a = Math.imul(Math.imul(a ^ value, FACTOR_A) ^ upper, FACTOR_A)
        b = Math.imul(Math.imul(b ^ value, FACTOR_B) ^ upper, FACTOR_B)
        continue
      }
      const end = ends[slot]!
      a = Math.imul(a ^ (end - start), FACTOR_A)
      b = Math.imul(b ^ (end - start), FACTOR_B)
      for (let at = start; at < end; at++) {
        const byte = bytes[at]!
        a = Math.imul(a ^ byte, FACTOR_A)
        b = Math.imul(b ^ byte, FACTOR_B)
      }
    }
    this.#finish(a, b)
  }

  /** Hashes bytes as they are; a message without any counts as empty. */
  ofBytes(bytes: Uint8Array | null, seed: number): void {
    let a = Math.imul(SEED_A ^ seed, FACTOR_A)
    let b = Math.imul(SEED_B ^ seed, FACTOR_B)
    for (let at = 0; at < (bytes?.length ?? 0); at++) {
      a = Math.imul(a ^ bytes![at]!, FACTOR_A)
      b = Math.imul(b ^ bytes![at]!, FACTOR_B)
    }
    this.#finish(a, b)
  }

  #finish(lastA: number, lastB: number): void {
    let a = lastA
    let b = lastB
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
    this.high = b >>> 0
    this.low = a >>> 0
  }
}
