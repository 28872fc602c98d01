/** Which days a window is on: workdays, off-days, all, or weekdays by name. */
import type { Holidays } from './holidays.ts'
import { type LocalDay, type Weekday, weekdayOf } from './local-date.ts'

/**
 * What a local day is for the people who work on it: a `workday` 工作日 (make-up workdays included), an `offday`
 * (weekends and holidays), or `unknown` in a year whose holidays no notice has set yet.
 */
export type DayClass = 'workday' | 'offday' | 'unknown'

/** `days` of a peak in a profile. Weekday names mean the weekday alone: holidays and make-up workdays play no part. */
export type DayRule = 'workday' | 'offday' | 'all' | readonly Weekday[]

/** The class of a local day: what a notice says of it, else its weekday. */
export function dayClassOf(holidays: Holidays, day: LocalDay): DayClass {
  const decree = holidays.decreeOf(day)
  if (decree === 'unknown') return 'unknown'
  if (decree === 'holiday') return 'offday'
  if (decree === 'workday') return 'workday'
  const weekday = weekdayOf(day)
  return weekday === 'saturday' || weekday === 'sunday' ? 'offday' : 'workday'
}

/** Whether a rule takes a local day; `unknown` where it asks for the day's class and no notice has set it. */
export function takesDay(rule: DayRule, holidays: Holidays, day: LocalDay): boolean | 'unknown' {
  if (rule === 'all') return true
  if (rule === 'workday' || rule === 'offday') {
    const dayClass = dayClassOf(holidays, day)
    return dayClass === 'unknown' ? 'unknown' : dayClass === rule
  }
  return rule.includes(weekdayOf(day))
}
