/** Offered calls of whole local days by quarter-hour, for a forecast. */
import { CELL_MS } from '../../kpi/cell.ts'
import { DAY_MS, type LocalDay } from '../../kpi/local-date.ts'
import { isOfferedRecord, type RecordedCalls } from '../../kpi/planning/recorded-calls.ts'
import { QUARTERS_PER_DAY } from '../../kpi/planning/roster.ts'
import { dayRange, localDayOf, localMsOf } from '../../kpi/zone.ts'
import type { PlanContext } from './plan-context.ts'

/** Days without a call before the first and after the last are not there: nothing is known of them. */
export function dayCounts(calls: RecordedCalls, { answered }: PlanContext): Map<LocalDay, Float64Array> {
  const { zone, profile } = answered
  const days = new Map<LocalDay, Float64Array>()
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (!isOfferedRecord(calls, at, profile.definitions.shortAbandonMsMax)) continue
    const atMs = calls.arrivedAtMs[at]!
    const day = localDayOf(zone, atMs)
    const quarters = days.get(day) ?? new Float64Array(QUARTERS_PER_DAY)
    days.set(day, quarters)
    const quarter = Math.floor((localMsOf(zone, atMs) - day * DAY_MS) / CELL_MS)
    quarters[Math.min(QUARTERS_PER_DAY - 1, Math.max(0, quarter))]! += 1
  }
  const known = [...days.keys()]
  const [first, last] = [Math.min(...known), Math.max(...known)]
  for (let day = first; day <= last; day += 1) if (!days.has(day)) days.set(day, new Float64Array(QUARTERS_PER_DAY))
  // A day that the period cuts is no measure of a whole one.
  for (const day of [first, last]) {
    const { fromAtMs, toAtMs } = dayRange(zone, day)
    if (fromAtMs < calls.range.fromAtMs || toAtMs > calls.range.toAtMs) days.delete(day)
  }
  return days
}

export function lastDayWithCalls(days: ReadonlyMap<LocalDay, Float64Array>): LocalDay {
  return Math.max(...days.keys())
}
