/**
 * The calls of a stretch of time, a number per cell and count, and what any union of its cells adds up to.
 *
 * Columns instead of a row per cell: a year is 35,040 cells, and running sums make every window two look-ups.
 */
import { invariant } from './invariant.ts'
import type { Range } from './range.ts'
import type { Counts } from './statistics/counts.ts'
import { cellsCountOf, runningSums, sumBetween } from './window-cells.ts'

/** Names of the columns of table `call_cells` that a window is judged and explained by. */
export const SERIES_COLUMNS = [
  'offered',
  'answered',
  'abandoned',
  'no_seat',
  'flowed_out',
  'failed',
  'other',
  'waited_ms',
  'evidence',
] as const
export type SeriesColumn = (typeof SERIES_COLUMNS)[number]

/** One number per cell from `fromAtMs` on, without a gap; cells without records hold 0. */
export interface CellSeries {
  fromAtMs: number
  columns: Record<SeriesColumn, ArrayLike<number>>
}

/** Running sums of a series. */
export interface CellSums {
  range: Range
  sums: Record<SeriesColumn, Float64Array>
}

/** The calls of one window. offered = the six classes together, always. */
export interface WindowCounts extends Counts {
  abandonedCount: number
  noSeatCount: number
  flowedOutCount: number
  failedCount: number
  otherCount: number
  /** Sum of the waits of answered calls, ms. */
  waitedMs: number
  /** Distinct facts that the cells were computed from. */
  evidence: number
}

/** A series of zeros to be filled in; both ends on cell boundaries. */
export function emptySeries(range: Range): { fromAtMs: number; columns: Record<SeriesColumn, Float64Array> } {
  const cellsCount = cellsCountOf(range)
  const columns = Object.fromEntries(SERIES_COLUMNS.map((column) => [column, new Float64Array(cellsCount)]))
  return { fromAtMs: range.fromAtMs, columns: columns as Record<SeriesColumn, Float64Array> }
}

/** Adds a series up, once. */
export function sumsOf(series: CellSeries, range: Range): CellSums {
  const cellsCount = cellsCountOf(range)
  invariant(series.fromAtMs === range.fromAtMs, 'a series starts where its range does')
  const sums = {} as Record<SeriesColumn, Float64Array>
  for (const column of SERIES_COLUMNS) {
    invariant(series.columns[column].length === cellsCount, `${column} has one number per cell of the range`)
    sums[column] = runningSums(series.columns[column])
  }
  return { range, sums }
}

/** One count of a window; the part of the window outside the series holds nothing. */
export function sumOf({ range, sums }: CellSums, column: SeriesColumn, startAtMs: number, endAtMs: number): number {
  return sumBetween(sums[column], range.fromAtMs, startAtMs, endAtMs)
}

/** Everything counted of a window. */
export function countsBetween(cells: CellSums, startAtMs: number, endAtMs: number): WindowCounts {
  return {
    offeredCount: sumOf(cells, 'offered', startAtMs, endAtMs),
    answeredCount: sumOf(cells, 'answered', startAtMs, endAtMs),
    abandonedCount: sumOf(cells, 'abandoned', startAtMs, endAtMs),
    noSeatCount: sumOf(cells, 'no_seat', startAtMs, endAtMs),
    flowedOutCount: sumOf(cells, 'flowed_out', startAtMs, endAtMs),
    failedCount: sumOf(cells, 'failed', startAtMs, endAtMs),
    otherCount: sumOf(cells, 'other', startAtMs, endAtMs),
    waitedMs: sumOf(cells, 'waited_ms', startAtMs, endAtMs),
    evidence: sumOf(cells, 'evidence', startAtMs, endAtMs),
  }
}

/** The same for windows that do not overlap, added up. */
export function addWindowCounts(windows: readonly WindowCounts[]): WindowCounts {
  const sum: WindowCounts = {
    offeredCount: 0,
    answeredCount: 0,
    abandonedCount: 0,
    noSeatCount: 0,
    flowedOutCount: 0,
    failedCount: 0,
    otherCount: 0,
    waitedMs: 0,
    evidence: 0,
  }
  for (const window of windows) {
    sum.offeredCount += window.offeredCount
    sum.answeredCount += window.answeredCount
    sum.abandonedCount += window.abandonedCount
    sum.noSeatCount += window.noSeatCount
    sum.flowedOutCount += window.flowedOutCount
    sum.failedCount += window.failedCount
    sum.otherCount += window.otherCount
    sum.waitedMs += window.waitedMs
    sum.evidence += window.evidence
  }
  return sum
}
