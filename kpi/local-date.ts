/**
 * A day of the calendar on the wall, without a zone: the number of days since 1970-01-01, so that the next day is
 * `+ 1` and sorting is sorting numbers. As text it is `2023-03-10`. Which instants it covers is asked of a zone.
 */
export type LocalDay = number

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export const DAY_MS = 86_400_000

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const THURSDAY = 3

/** The day of a year (four digits), month (1 to 12; others carry over into other years) and day of the month. */
export function dayOf(year: number, month: number, dayOfMonth: number): LocalDay {
  return Date.UTC(year, month - 1, dayOfMonth) / DAY_MS
}

/** Reads `2023-03-10`. @returns `null` for any other form and for days that no calendar has, such as 2023-02-29. */
export function dayOfText(text: string): LocalDay | null {
  const found = DATE.exec(text)
  if (found === null) return null
  const day = dayOf(Number(found[1]), Number(found[2]), Number(found[3]))
  return textOfDay(day) === text ? day : null
}

/** Writes a day as `2023-03-10`. */
export function textOfDay(day: LocalDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

export function weekdayOf(day: LocalDay): Weekday {
  return WEEKDAYS[(((day + THURSDAY) % 7) + 7) % 7]!
}

export function yearOf(day: LocalDay): number {
  return new Date(day * DAY_MS).getUTCFullYear()
}

/** Month of the year, 1 to 12. */
export function monthOf(day: LocalDay): number {
  return new Date(day * DAY_MS).getUTCMonth() + 1
}

/** The same day of the month some months later (or earlier, if negative), or the last day of a month too short for it. */
export function monthsAfter(day: LocalDay, monthsCount: number): LocalDay {
  const from = new Date(day * DAY_MS)
  const lastOfTarget = dayOf(from.getUTCFullYear(), from.getUTCMonth() + 1 + monthsCount + 1, 0)
  const firstOfTarget = dayOf(from.getUTCFullYear(), from.getUTCMonth() + 1 + monthsCount, 1)
  return Math.min(firstOfTarget + from.getUTCDate() - 1, lastOfTarget)
}
