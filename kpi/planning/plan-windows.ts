/** The unions of cells that a plan speaks of: the period, its peaks and special periods, whole and by month, and the hours. */
import { CELL_MS } from '../cell.ts'
import type { Holidays } from '../holidays.ts'
import { dayOfText, WEEKDAYS, weekdayOf } from '../local-date.ts'
import { monthNameOf } from '../periods.ts'
import type { Range } from '../range.ts'
import { instancesIn, type WindowDefinitions, type WindowKind } from '../windows.ts'
import type { Zone } from '../zone.ts'
import { quartersOf } from './roster.ts'

/** The calendar of a contract, as planning needs it. */
export interface PlanCalendar {
  zone: Zone
  holidays: Holidays
  windows: WindowDefinitions
}

/** A peak or special period, pooled over the whole period or over one of its months. */
export interface PooledCells {
  /** Id of the definition. */
  period: string
  kind: WindowKind
  /** `2023-07`; `null`: the whole period. */
  month: string | null
  cells: Int32Array
}

export interface PlanWindows {
  range: Range
  pooled: PooledCells[]
  /** Local hour 0 to 23 of each cell. */
  hours: Uint8Array
  /** 0 for Monday. */
  weekdays: Uint8Array
}

export function planWindows({ zone, holidays, windows }: PlanCalendar, range: Range): PlanWindows {
  const cells = new Map<string, { pool: Omit<PooledCells, 'cells'>; cells: number[] }>()
  const { instances } = instancesIn(windows, holidays, zone, range)
  const months = new Set(instances.map(({ date }) => date.slice(0, 7)))
  for (const { period, kind, date, startAtMs, endAtMs } of instances) {
    const month = months.size > 1 && kind === 'peak' ? monthNameOf(dayOfText(date)!) : null
    for (const span of month === null ? [null] : [null, month]) {
      const name = `${kind} ${period} ${span}`
      const pool = cells.get(name) ?? { pool: { period, kind, month: span }, cells: [] }
      cells.set(name, pool)
      for (let atMs = startAtMs; atMs < endAtMs; atMs += CELL_MS) pool.cells.push((atMs - range.fromAtMs) / CELL_MS)
    }
  }
  const count = Math.ceil((range.toAtMs - range.fromAtMs) / CELL_MS)
  const hours = new Uint8Array(count)
  const weekdays = new Uint8Array(count)
  for (const { startAtMs, day, quarter } of quartersOf(range, zone)) {
    const cell = Math.floor((startAtMs - range.fromAtMs) / CELL_MS)
    hours[cell] = quarter >> 2
    weekdays[cell] = WEEKDAYS.indexOf(weekdayOf(day))
  }
  const pooled = [...cells.values()].map(({ pool, cells: own }) => ({ ...pool, cells: Int32Array.from(own) }))
  // The whole period first, in the order of the profile; then month by month.
  const order = [...windows.peaks, ...(windows.special ?? [])].map(({ id }) => id)
  const placeOf = ({ period, month }: PooledCells) => order.indexOf(period) + (month === null ? 0 : order.length)
  return { range, pooled: pooled.sort((one, other) => placeOf(one) - placeOf(other)), hours, weekdays }
}
