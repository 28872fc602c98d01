/**
 * The connection rate by hour of the wall clock and weekday: 168 cells, each the sum of all such hours of a range.
 *
 * A rate of few calls says little, so each cell says whether it has enough: as many as a point of a p′ chart must have
 * to be flagged (`callsToFlagMin`), at the rate of all calls of the range.
 */
import type { DayClass } from './calendar.ts'
import { CELL_MS } from './cell.ts'
import type { CellSeries } from './cell-series.ts'
import { DAY_MS, type LocalDay, WEEKDAYS, type Weekday, weekdayOf } from './local-date.ts'
import type { Range } from './range.ts'
import { type Counts, ratioOf } from './statistics/counts.ts'
import { callsToFlagMin } from './statistics/laney.ts'
import { wilsonInterval } from './statistics/wilson.ts'
import { localDayOf, localMsOf, type Zone } from './zone.ts'

const HOURS_PER_DAY = 24
const HOUR_MS = 3_600_000

export interface HeatCell extends Counts {
  weekday: Weekday
  /** 0 to 23; the cell holds the calls from `hour:00` to the next whole hour (out). */
  hour: number
  /** 0 to 1; `null` when nobody called. */
  ratio: number | null
  /** Wilson's interval; `null` when nobody called. */
  lower: number | null
  upper: number | null
  hasEnoughCalls: boolean
}

export interface HeatMap {
  overall: Counts & { ratio: number | null }
  /** Distinct facts behind the counted days. */
  evidence: number
  /** Calls from which on a cell has enough; `null` where no number would do: without calls, and at 0 and 100 %. */
  callsMin: number | null
  /** Local days that were counted. */
  daysCount: number
  /** Monday to Sunday, each from hour 0 to 23. */
  cells: HeatCell[]
}

export interface HeatMapQuestion {
  series: CellSeries
  /** On cell boundaries; the series holds exactly this. */
  range: Range
  zone: Zone
  /** Quantile of the confidence. */
  z: number
  /** Only days of this class; `null` for all. */
  dayClass: DayClass | null
  dayClassOf: (day: LocalDay) => DayClass
}

export function heatMapOf({ series, range, zone, z, dayClass, dayClassOf }: HeatMapQuestion): HeatMap {
  const offered = new Float64Array(WEEKDAYS.length * HOURS_PER_DAY)
  const answered = new Float64Array(offered.length)
  const taken = daysTaken(dayClass, dayClassOf)
  let evidence = 0
  for (let at = 0; at < series.columns.offered.length; at += 1) {
    const atMs = range.fromAtMs + at * CELL_MS
    const localMs = localMsOf(zone, atMs)
    const day = localDayOf(zone, atMs)
    if (!taken.has(day)) continue
    const hour = Math.floor((localMs - day * DAY_MS) / HOUR_MS)
    const place = WEEKDAYS.indexOf(weekdayOf(day)) * HOURS_PER_DAY + hour
    offered[place]! += series.columns.offered[at]!
    answered[place]! += series.columns.answered[at]!
    evidence += series.columns.evidence[at]!
  }
  const overall = { offeredCount: sum(offered), answeredCount: sum(answered) }
  const ratio = ratioOf(overall)
  const callsMin = ratio === null || ratio === 0 || ratio === 1 ? null : callsToFlagMin(ratio)
  const cells = WEEKDAYS.flatMap((weekday, row) =>
    Array.from({ length: HOURS_PER_DAY }, (_, hour) => {
      const place = row * HOURS_PER_DAY + hour
      return heatCell(weekday, hour, { offeredCount: offered[place]!, answeredCount: answered[place]! }, z, callsMin)
    }),
  )
  return { overall: { ...overall, ratio }, evidence, callsMin, daysCount: taken.count(), cells }
}

function heatCell(weekday: Weekday, hour: number, counts: Counts, z: number, callsMin: number | null): HeatCell {
  const ratio = ratioOf(counts)
  const interval = ratio === null ? { lower: null, upper: null } : wilsonInterval(ratio, counts.offeredCount, z)
  const hasEnoughCalls = callsMin !== null && counts.offeredCount >= callsMin
  return { weekday, hour, ...counts, ratio, ...interval, hasEnoughCalls }
}

/** Asks the class of a day once, not once for each of its quarter-hours. */
function daysTaken(dayClass: DayClass | null, dayClassOf: (day: LocalDay) => DayClass) {
  const asked = new Map<LocalDay, boolean>()
  return {
    has(day: LocalDay): boolean {
      let isTaken = asked.get(day)
      if (isTaken === undefined) {
        isTaken = dayClass === null || dayClassOf(day) === dayClass
        asked.set(day, isTaken)
      }
      return isTaken
    },
    count: () => [...asked.values()].filter(Boolean).length,
  }
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
