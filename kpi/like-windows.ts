/**
 * The windows that one is compared with to say why it was as it was: the same wall time on days of the same class
 * (workday or off-day) in the 8 weeks before it began.
 *
 * A special period is compared day by day: each of its local days with days of that day's class.
 */
import { type DayClass, type DayRule, dayClassOf, takesDay } from './calendar.ts'
import type { Holidays } from './holidays.ts'
import { type LocalDay, weekdayOf } from './local-date.ts'
import { daysOf } from './periods.ts'
import type { Range } from './range.ts'
import { dayRange, instantOfLocal, localDayOf, localMsOf, type Zone } from './zone.ts'

export const COMPARED_WEEKS = 8
const COMPARED_DAYS = 7 * COMPARED_WEEKS
const DAY_MS = 86_400_000

/** What a window takes of one local day (a peak over midnight: all of it), and what that is compared with. */
export interface LikePart extends Range {
  dayClass: DayClass
  /** In order of time; in a year without a notice a day's class is that of its weekday. */
  likes: Range[]
}

/**
 * @param days which days a peak is on: it is compared with those alone; `null` for a special period
 */
export function likePartsOf(zone: Zone, holidays: Holidays, window: Range, days: DayRule | null): LikePart[] {
  const firstDay = localDayOf(zone, window.fromAtMs)
  const classOf = (day: LocalDay) => knownClassOf(holidays, day)
  const before = Array.from({ length: COMPARED_DAYS }, (_, at) => firstDay - COMPARED_DAYS + at)
  const partOn = (day: LocalDay, part: Range): LikePart => {
    const alike = before.filter(
      (other) => classOf(other) === classOf(day) && (days === null || takesDay(days, holidays, other) !== false),
    )
    return { ...part, dayClass: classOf(day), likes: alike.map((other) => onDay(zone, other, day, part)) }
  }
  if (days !== null) return [partOn(firstDay, window)]
  return daysOf(zone, window).map((day) => {
    const { fromAtMs, toAtMs } = dayRange(zone, day)
    return partOn(day, {
      fromAtMs: Math.max(fromAtMs, window.fromAtMs),
      toAtMs: Math.min(toAtMs, window.toAtMs),
    })
  })
}

function knownClassOf(holidays: Holidays, day: LocalDay): DayClass {
  const dayClass = dayClassOf(holidays, day)
  if (dayClass !== 'unknown') return dayClass
  return weekdayOf(day) === 'saturday' || weekdayOf(day) === 'sunday' ? 'offday' : 'workday'
}

/** The same wall times on another day. */
function onDay(zone: Zone, other: LocalDay, day: LocalDay, part: Range): Range {
  const movedMs = (other - day) * DAY_MS
  return {
    fromAtMs: instantOfLocal(zone, localMsOf(zone, part.fromAtMs) + movedMs),
    toAtMs: instantOfLocal(zone, localMsOf(zone, part.toAtMs) + movedMs),
  }
}
