/** A stretch of time, half-open: `fromAtMs` is inside, `toAtMs` is not. UTC epoch milliseconds. */
export interface Range {
  fromAtMs: number
  toAtMs: number
}

/** Whether two ranges share at least one millisecond. Ranges that only touch do not. */
export function overlaps(one: Range, other: Range): boolean {
  return one.fromAtMs < other.toAtMs && other.fromAtMs < one.toAtMs
}
