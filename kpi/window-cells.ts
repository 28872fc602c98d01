/** From instants to places in a series of cells, so that counting a window is two look-ups in a running sum. */
import { CELL_MS } from './cell.ts'
import { invariant } from './invariant.ts'
import type { Range } from './range.ts'

/** Cells of a range: of a year 35,040, or 35,136 with 29 February. Both ends must lie on cell boundaries. */
export function cellsCountOf(range: Range): number {
  const cellsCount = (range.toAtMs - range.fromAtMs) / CELL_MS
  invariant(Number.isInteger(cellsCount) && cellsCount >= 0, 'windows and periods are unions of cells')
  return cellsCount
}

/** Place of the cell that starts at, or holds, an instant in a series that starts at `seriesFromAtMs`. */
export function cellIndexOf(seriesFromAtMs: number, instantAtMs: number): number {
  return Math.floor((instantAtMs - seriesFromAtMs) / CELL_MS)
}

/**
 * Running sums of one count per cell: `sums[i]` is the sum of the cells before place `i`, so the cells from place
 * `from` to place `to` (out) hold `sums[to] - sums[from]`.
 */
export function runningSums(counts: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(counts.length + 1)
  for (let at = 0; at < counts.length; at += 1) sums[at + 1] = sums[at]! + counts[at]!
  return sums
}

/** The sum over a half-open stretch of instants, cut to the series; both ends on cell boundaries. */
export function sumBetween(sums: Float64Array, seriesFromAtMs: number, startAtMs: number, endAtMs: number): number {
  const last = sums.length - 1
  const from = Math.min(Math.max(cellIndexOf(seriesFromAtMs, startAtMs), 0), last)
  const to = Math.min(Math.max(cellIndexOf(seriesFromAtMs, endAtMs), from), last)
  return sums[to]! - sums[from]!
}
