/**
 * Where the days of a period go when it is shifted by the calendar: a Monday's calls on a Monday, those of the third
 * day of Spring Festival on the third day of Spring Festival.
 *
 * The shifted period is the one that the calendar says (`P1Y` from 2023: the year 2024). Each of its days takes at most
 * one day of the source. A source day takes the first of these that there is; the days of one rule stay in order, together as
 * near as can be to where the calendar alone would put them:
 *
 *     1.  the same day of the same holiday                     kept
 *     2.  the same weekday of the same kind (ordinary day,
 *         holiday, make-up workday)                            kept
 *     3.  a day of the same class (workday, offday)            the weekday is not kept
 *     4.  any day                                              neither is kept
 *
 * Where the calendar has fewer days (a leap year, a short month) a source day is left over, and where it has more a
 * target day stays empty; both are told.
 */
import { dayClassOf } from './calendar.ts'
import type { Holidays } from './holidays.ts'
import { type LocalDay, monthsAfter, weekdayOf } from './local-date.ts'
import { nearestInOrder } from './nearest-in-order.ts'

/** A duration of whole days, months and years; negative ones go back. */
export interface CalendarShift {
  monthsCount: number
  daysCount: number
}

/** What of a day a shift could not keep; `left-out`: there is no day left for it. */
export type ShiftLoss = 'weekday' | 'weekday and class' | 'left-out'

export interface ShiftedDays {
  /** Source day to target day; days that are left out are not there. */
  targets: ReadonlyMap<LocalDay, LocalDay>
  /** In order of the source; the target is null for a day that is left out. */
  losses: readonly { fromDay: LocalDay; toDay: LocalDay | null; loss: ShiftLoss }[]
  /** Days of the shifted period that take no source day. */
  emptyDays: readonly LocalDay[]
  /** Whether holidays could be kept: the notices of all years of both periods are known. */
  keepsHolidays: boolean
}

/** The day that the calendar alone puts a day on: 31 January and a month is the last of February. */
export function calendarShifted(day: LocalDay, { monthsCount, daysCount }: CalendarShift): LocalDay {
  return monthsAfter(day, monthsCount) + daysCount
}

/** @param fromDay in, @param toDay out: local days of the source */
export function shiftedDays(fromDay: LocalDay, toDay: LocalDay, shift: CalendarShift, holidays: Holidays): ShiftedDays {
  const sources = daysBetween(fromDay, toDay)
  const free = new Set(daysBetween(calendarShifted(fromDay, shift), calendarShifted(toDay, shift)))
  const keepsHolidays = [...sources, ...free].every((day) => holidays.decreeOf(day) !== 'unknown')
  const targets = new Map<LocalDay, LocalDay>()
  const losses: { fromDay: LocalDay; toDay: LocalDay | null; loss: ShiftLoss }[] = []
  for (const { alike, loss } of preferences(keepsHolidays ? holidays : null)) {
    const freeTargets = grouped(free, alike)
    const open = sources.filter((day) => !targets.has(day))
    for (const [kind, days] of grouped(open, alike)) {
      const wantedDays = days.map((day) => calendarShifted(day, shift))
      const offeredDays = freeTargets.get(kind) ?? []
      for (const [at, offeredAt] of nearestInOrder(wantedDays, offeredDays)) {
        const target = offeredDays[offeredAt]!
        targets.set(days[at]!, target)
        free.delete(target)
        if (loss !== null) losses.push({ fromDay: days[at]!, toDay: target, loss })
      }
    }
  }
  for (const day of sources) if (!targets.has(day)) losses.push({ fromDay: day, toDay: null, loss: 'left-out' })
  return {
    targets,
    losses: losses.sort((one, other) => one.fromDay - other.fromDay),
    emptyDays: [...free].sort((one, other) => one - other),
    keepsHolidays,
  }
}

/** A rule by which two days are alike: equal words; null for a day that it says nothing of. */
interface Preference {
  alike: (day: LocalDay) => string | null
  loss: ShiftLoss | null
}

/** @param holidays  null where they cannot be kept */
function preferences(holidays: Holidays | null): Preference[] {
  if (holidays === null)
    return [
      { alike: weekdayOf, loss: null },
      { alike: () => 'any', loss: 'weekday' },
    ]
  return [
    { alike: (day) => holidays.holidayOf(day), loss: null },
    { alike: (day) => `${weekdayOf(day)} ${holidays.decreeOf(day)}`, loss: null },
    { alike: (day) => dayClassOf(holidays, day), loss: 'weekday' },
    { alike: () => 'any', loss: 'weekday and class' },
  ]
}

function daysBetween(fromDay: LocalDay, toDay: LocalDay): LocalDay[] {
  return Array.from({ length: Math.max(0, toDay - fromDay) }, (_, index) => fromDay + index)
}

/** In the order in which they come. */
function grouped(days: Iterable<LocalDay>, alike: Preference['alike']): Map<string, LocalDay[]> {
  const groups = new Map<string, LocalDay[]>()
  for (const day of days) {
    const kind = alike(day)
    if (kind === null) continue
    const group = groups.get(kind)
    if (group === undefined) groups.set(kind, [day])
    else group.push(day)
  }
  return groups
}
