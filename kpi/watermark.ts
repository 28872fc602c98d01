/**
 * The watermark of a topic: how far in time its records have been counted.
 *
 * A *vector* is the end offsets of all partitions read at one instant. It is reached once the ledger covers it
 * everywhere; idle and empty partitions need nothing more. Everything here is a pure rule; who reads vectors and
 * ledger is decided in processors/.
 */

/** End offset of each partition, by partition number. */
export type Vector = ReadonlyMap<number, number>

/** A committed stretch of one partition, as the ledger `progress` holds it. */
export interface CountedRange {
  partition: number
  /** First offset not in it. */
  nextOffset: number
  /** Greatest `emitted_at` of its facts and heartbeats; `null` if it held none. Rejects never count. */
  emittedAtMsMax: number | null
}

const FUTURE_MS_MAX = 86_400_000

/**
 * Whether the ledger covers a vector: every partition counted up to its end then, without a hole.
 *
 * @param countedTo first offset not yet counted, without a hole before it; a partition that was never read counts from
 *   the start of its log, so pass that where retention has moved it from 0
 */
export function isReached(vector: Vector, countedTo: Vector): boolean {
  for (const [partition, endOffset] of vector) {
    if (endOffset > 0 && (countedTo.get(partition) ?? 0) < endOffset) return false
  }
  return true
}

/**
 * The watermark once a vector is reached: the greatest `emitted_at` among the ranges that lie wholly before it. It
 * never falls.
 *
 * @param earlierAtMs the watermark until now, `null` before the first
 */
export function watermarkAt(
  earlierAtMs: number | null,
  reached: Vector,
  ranges: Iterable<CountedRange>,
): number | null {
  let watermarkAtMs = earlierAtMs
  for (const { partition, nextOffset, emittedAtMsMax } of ranges) {
    const endOffset = reached.get(partition)
    if (emittedAtMsMax === null || endOffset === undefined || nextOffset > endOffset) continue
    if (watermarkAtMs === null || emittedAtMsMax > watermarkAtMs) watermarkAtMs = emittedAtMsMax
  }
  return watermarkAtMs
}

/**
 * Whether a record's `emitted_at` may move the watermark of the real database. A clock that runs more than a day
 * ahead would close every window; the record is a fact all the same. Heartbeats are taken at their word.
 */
export function movesWatermark(emittedAtMs: number, hostNowAtMs: number): boolean {
  return emittedAtMs <= hostNowAtMs + FUTURE_MS_MAX
}
