/**
 * What a message said, in 64 bits: by it a log is known again as the one that was read (docs/guarantees.md, I11).
 *
 * Of its bytes and its offset, and of what a heartbeat says, which has no bytes. Not of its time: a log that was brought
 * back from a copy has other times of appending, and is the same log.
 */
import { ContentHash } from '../schemas/content-hash.ts'
import type { LogBatch } from './log-reader.ts'

const hash = new ContentHash()

/** @returns decimal text of an unsigned 64-bit number, as ClickHouse writes and reads it */
export function recordHashOf(batch: LogBatch, index: number): string {
  const value = batch.valueAt(index) ?? Buffer.from(batch.watermarkTextAt(index) ?? '')
  hash.ofBytes(value, batch.offsetAt(index))
  return ((BigInt(hash.high) << 32n) | BigInt(hash.low)).toString()
}
