/**
 * The periods that answers are given for, from their names: a year `2023`, a quarter `2023-Q3`, a month `2023-07`,
 * a day `2023-07-15`; and a range cut into points of one grain. All in a zone, all half-open.
 */
import { CELL_MS } from './cell.ts'
import { dayOf, dayOfText, type LocalDay, monthOf, monthsAfter, textOfDay, yearOf } from './local-date.ts'
import type { Range } from './range.ts'
import { changeAfterMs, dayStartAtMs, localDayOf, localMsOf, type Zone } from './zone.ts'

export const PERIOD_KINDS = ['year', 'quarter', 'month', 'day'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

/** A named stretch of local days: `fromDay` is inside, `toDay` is not. */
export interface Period {
  name: string
  kind: PeriodKind
  fromDay: LocalDay
  toDay: LocalDay
}

export const GRAINS = ['cell', 'hour', 'day', 'month', 'quarter', 'year'] as const
export type Grain = (typeof GRAINS)[number]

const HOUR_MS = 3_600_000
const MONTHS_OF: Record<'quarter' | 'month' | 'year', number> = { month: 1, quarter: 3, year: 12 }

/**
 * Reads a period's name.
 *
 * Quarters count from the first day of the contract: with a contract from 2023-04-01, `2023-Q1` is April to June.
 * Years, months and days are those of the calendar.
 *
 * @param contractFromDay first day of the contract; without it quarters begin in January
 * @returns `null` for a name of another form, such as `2023-Q5` or `2023-13`
 */
export function periodOf(name: string, contractFromDay: LocalDay = 0): Period | null {
  const day = dayOfText(name)
  if (day !== null) return { name, kind: 'day', fromDay: day, toDay: day + 1 }
  const year = /^(\d{4})$/.exec(name)
  if (year !== null) return periodFrom(name, 'year', dayOf(Number(year[1]), 1, 1))
  const quarter = /^(\d{4})-Q([1-4])$/.exec(name)
  if (quarter !== null) {
    const yearsAfterContract = Number(quarter[1]) - yearOf(contractFromDay)
    const monthsAfterContract = 12 * yearsAfterContract + 3 * (Number(quarter[2]) - 1)
    const fromDay = monthsAfter(contractFromDay, monthsAfterContract)
    return { name, kind: 'quarter', fromDay, toDay: monthsAfter(contractFromDay, monthsAfterContract + 3) }
  }
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name)
  return month === null ? null : periodFrom(name, 'month', dayOf(Number(month[1]), Number(month[2]), 1))
}

/** The instants of a period in a zone. */
export function rangeOf(zone: Zone, period: Period): Range {
  return { fromAtMs: dayStartAtMs(zone, period.fromDay), toAtMs: dayStartAtMs(zone, period.toDay) }
}

/** Name of the period of the same kind just before: of `2023-Q1` it is `2022-Q4`. */
export function previousName(period: Period): string {
  if (period.kind === 'quarter') {
    const quarter = Number(period.name.slice(6))
    return quarter === 1 ? `${yearInName(period) - 1}-Q4` : `${yearInName(period)}-Q${quarter - 1}`
  }
  if (period.kind === 'year') return yearText(yearInName(period) - 1)
  return period.kind === 'month'
    ? textOfDay(monthsAfter(period.fromDay, -1)).slice(0, 7)
    : textOfDay(period.fromDay - 1)
}

/** Name of the same period one year earlier: of `2023-07` it is `2022-07`; 29 February becomes the 28th. */
export function yearBeforeName(period: Period): string {
  if (period.kind === 'day') return textOfDay(monthsAfter(period.fromDay, -12))
  return yearText(yearInName(period) - 1) + period.name.slice(4)
}

/** Name of the calendar month that holds a day, `2023-07`. */
export function monthNameOf(day: LocalDay): string {
  return textOfDay(day).slice(0, 7)
}

/** Name of the quarter that holds a day, counted from the contract's first day, `2023-Q3`. */
export function quarterNameOf(day: LocalDay, contractFromDay: LocalDay = 0): string {
  const monthsBetween = 12 * (yearOf(day) - yearOf(contractFromDay)) + monthOf(day) - monthOf(contractFromDay)
  const quarters = Math.floor(monthsBetween / 3)
  const isBefore = monthsAfter(contractFromDay, 3 * quarters) > day
  const quartersAfterContract = isBefore ? quarters - 1 : quarters
  const year = yearOf(contractFromDay) + Math.floor(quartersAfterContract / 4)
  return `${yearText(year)}-Q${(((quartersAfterContract % 4) + 4) % 4) + 1}`
}

/**
 * Cuts a range into points of a grain.
 *
 *     range        [         09:20 . . . . . . . . 11:10      [
 *     by hour      [ 09:20 - 10:00 [ 10:00 - 11:00 [ - 11:10  [
 *
 * Points start where the wall clock shows a whole hour, day, month …, and where the zone changes its offset, so a day
 * of 25 hours has 25 points by hour and nothing is in two of them. First and last point are cut to the range.
 *
 * @returns the start of every point, and the end of the last: one more than there are points; of an empty range none
 */
export function boundariesOf(zone: Zone, range: Range, grain: Grain): number[] {
  if (range.toAtMs <= range.fromAtMs) return []
  const boundariesAtMs = [range.fromAtMs]
  for (;;) {
    const nextAtMs = nextBoundary(zone, boundariesAtMs.at(-1)!, grain)
    if (nextAtMs >= range.toAtMs) break
    boundariesAtMs.push(nextAtMs)
  }
  boundariesAtMs.push(range.toAtMs)
  return boundariesAtMs
}

/** Local days that lie at least partly in a range, in order; days that the zone left out are not there. */
export function daysOf(zone: Zone, range: Range): LocalDay[] {
  const starts = boundariesOf(zone, range, 'day').slice(0, -1)
  return starts.map((startAtMs) => localDayOf(zone, startAtMs))
}

function nextBoundary(zone: Zone, atMs: number, grain: Grain): number {
  if (grain === 'cell') return (Math.floor(atMs / CELL_MS) + 1) * CELL_MS
  if (grain === 'hour') return nextHour(zone, atMs)
  const day = localDayOf(zone, atMs)
  if (grain === 'day') return dayStartAtMs(zone, day + 1)
  const months = MONTHS_OF[grain]
  const firstMonth = Math.floor((monthOf(day) - 1) / months) * months + 1
  return dayStartAtMs(zone, dayOf(yearOf(day), firstMonth + months, 1))
}

/** The next whole hour on the wall, or the next change of offset, whichever comes first. */
function nextHour(zone: Zone, atMs: number): number {
  const localMs = localMsOf(zone, atMs)
  const wholeHourAtMs = atMs + (Math.floor(localMs / HOUR_MS) + 1) * HOUR_MS - localMs
  return Math.min(wholeHourAtMs, changeAfterMs(zone, atMs))
}

function periodFrom(name: string, kind: 'year' | 'month', fromDay: LocalDay): Period {
  return { name, kind, fromDay, toDay: monthsAfter(fromDay, MONTHS_OF[kind]) }
}

function yearInName(period: Period): number {
  return Number(period.name.slice(0, 4))
}

function yearText(year: number): string {
  return String(year).padStart(4, '0')
}
