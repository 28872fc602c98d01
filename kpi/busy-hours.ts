/**
 * When people really call, beside the peaks that were declared.
 *
 * An hour here is four cells in a row from any quarter-hour of the wall clock, wholly inside one local day. Where the
 * clock shows a quarter-hour twice, its first showing counts.
 *
 * Source of the two busy hours: ITU-T E.600 (time-consistent busy hour) and E.500 (mean of the daily peak hours).
 */
import { CELL_MS } from './cell.ts'
import { type CellSums, sumOf } from './cell-series.ts'
import { DAY_MS } from './local-date.ts'
import { daysOf } from './periods.ts'
import type { Range } from './range.ts'
import { cellIndexOf } from './window-cells.ts'
import { dayRange, localMsOf, type Zone } from './zone.ts'

const QUARTERS_PER_DAY = DAY_MS / CELL_MS
const QUARTERS_PER_HOUR = 4

/** An hour of the wall clock, from `08:15` to `09:15`. */
export interface WallHour {
  from: string
  to: string
  /** Offered calls in it, mean of the days it was looked at. */
  meanOfferedCount: number
  daysCount: number
}

export interface BusyHours {
  /** The same hour every day, the one with the most calls in the mean; `null` without calls. */
  timeConsistent: WallHour | null
  /** Mean over the days of each day's own busiest hour. */
  meanOfDailyBusiest: number | null
  /** Share of offered calls in at least one declared peak, 0 to 1; `null` without calls. */
  shareInPeaks: number | null
  /** Of the hours that lie wholly outside every peak, the one with the most calls in the mean of those days. */
  busiestOutside: WallHour | null
}

/**
 * @param peaks instances in order of their start, overlapping or not
 * @param range the period, or the part of it that the watermark has passed
 */
export function busyHoursOf(
  cells: CellSums,
  peaks: readonly { startAtMs: number; endAtMs: number }[],
  zone: Zone,
  range: Range,
): BusyHours {
  const inPeak = cellsInPeaks(cells, peaks)
  const all = noHours()
  const outside = noHours()
  let dailyBusiestSum = 0
  const days = daysOf(zone, range)
  const offered = new Float64Array(QUARTERS_PER_DAY)
  const declared = new Uint8Array(QUARTERS_PER_DAY)
  for (const day of days) {
    spreadOverWall(cells, zone, dayRange(zone, day), inPeak, offered, declared)
    let dayBusiest = 0
    for (let quarter = 0; quarter + QUARTERS_PER_HOUR <= QUARTERS_PER_DAY; quarter += 1) {
      let calls = 0
      let inPeaks = 0
      for (let at = quarter; at < quarter + QUARTERS_PER_HOUR; at += 1) {
        calls += offered[at]!
        inPeaks += declared[at]!
      }
      if (calls > dayBusiest) dayBusiest = calls
      addHour(all, quarter, calls)
      if (inPeaks === 0) addHour(outside, quarter, calls)
    }
    dailyBusiestSum += dayBusiest
  }
  const offeredCount = sumOf(cells, 'offered', range.fromAtMs, range.toAtMs)
  return {
    timeConsistent: busiestOf(all),
    meanOfDailyBusiest: offeredCount === 0 ? null : dailyBusiestSum / days.length,
    shareInPeaks: offeredCount === 0 ? null : offeredInPeaks(cells, inPeak, range) / offeredCount,
    busiestOutside: busiestOf(outside),
  }
}

/** By the quarter-hour that an hour starts at: calls in it, and the days it was looked at. */
interface HourTotals {
  calls: Float64Array
  days: Int32Array
}

function noHours(): HourTotals {
  return { calls: new Float64Array(QUARTERS_PER_DAY), days: new Int32Array(QUARTERS_PER_DAY) }
}

function addHour(totals: HourTotals, quarter: number, calls: number): void {
  totals.calls[quarter]! += calls
  totals.days[quarter]! += 1
}

function busiestOf({ calls, days }: HourTotals): WallHour | null {
  const meanAt = (quarter: number) => calls[quarter]! / days[quarter]!
  let best = -1
  for (let quarter = 0; quarter < QUARTERS_PER_DAY; quarter += 1) {
    if (calls[quarter]! > 0 && (best < 0 || meanAt(quarter) > meanAt(best))) best = quarter
  }
  if (best < 0) return null
  return {
    from: wallTime(best),
    to: wallTime(best + QUARTERS_PER_HOUR),
    meanOfferedCount: meanAt(best),
    daysCount: days[best]!,
  }
}

/** Lays the cells of one local day on the quarter-hours of its wall clock. */
function spreadOverWall(
  cells: CellSums,
  zone: Zone,
  day: Range,
  inPeak: Uint8Array,
  offered: Float64Array,
  declared: Uint8Array,
): void {
  offered.fill(0)
  declared.fill(0)
  const sums = cells.sums.offered
  const dayLocalMs = localMsOf(zone, day.fromAtMs)
  let shown = -1
  for (let atMs = day.fromAtMs; atMs < day.toAtMs; atMs += CELL_MS) {
    const quarter = Math.floor((localMsOf(zone, atMs) - dayLocalMs) / CELL_MS)
    if (quarter <= shown || quarter >= QUARTERS_PER_DAY) continue
    shown = quarter
    const at = cellIndexOf(cells.range.fromAtMs, atMs)
    if (at < 0 || at + 1 >= sums.length) continue
    offered[quarter] = sums[at + 1]! - sums[at]!
    declared[quarter] = inPeak[at]!
  }
}

/** 1 for every cell that lies in at least one peak. */
function cellsInPeaks(cells: CellSums, peaks: readonly { startAtMs: number; endAtMs: number }[]): Uint8Array {
  const inPeak = new Uint8Array(cells.sums.offered.length - 1)
  for (const { startAtMs, endAtMs } of peaks) {
    const from = Math.max(0, cellIndexOf(cells.range.fromAtMs, startAtMs))
    inPeak.fill(1, from, Math.max(from, cellIndexOf(cells.range.fromAtMs, endAtMs)))
  }
  return inPeak
}

function offeredInPeaks(cells: CellSums, inPeak: Uint8Array, range: Range): number {
  const sums = cells.sums.offered
  const to = cellIndexOf(cells.range.fromAtMs, range.toAtMs)
  let offered = 0
  for (let at = cellIndexOf(cells.range.fromAtMs, range.fromAtMs); at < to; at += 1) {
    if (inPeak[at] === 1) offered += sums[at + 1]! - sums[at]!
  }
  return offered
}

function wallTime(quarter: number): string {
  const hour = String(Math.floor(quarter / QUARTERS_PER_HOUR)).padStart(2, '0')
  return `${hour}:${String((quarter % QUARTERS_PER_HOUR) * 15).padStart(2, '0')}`
}
