/**
 * Public holidays and make-up workdays 调休上班日, year by year as the notices say. China's holidays follow no rule
 * that a program could compute: every autumn a notice of the State Council's General Office sets those of the next
 * year. A year without a notice is therefore known to be unknown, never guessed.
 */

import china from './holidays-cn.json' with { type: 'json' }
import { dayOf, dayOfText, type LocalDay, yearOf } from './local-date.ts'

/** What a day is by decree; `none` leaves it to the weekday, `unknown` is a year without a notice. */
export type Decree = 'holiday' | 'workday' | 'none' | 'unknown'

export interface Holidays {
  /** Name in a profile: `cn`, or `none` for a contract that knows weekdays only. */
  readonly name: string
  decreeOf(day: LocalDay): Decree
  /** Which day of which holiday it is, `春节 3`; null for a day that is none. Two years' days of one text are alike. */
  holidayOf(day: LocalDay): string | null
  /** Numbers of the notices that decide a year, e.g. 国办发明电〔2022〕16号; empty for a year without one. */
  noticesOf(year: number): readonly string[]
}

const NATIONAL_DAY = '国庆节'
const NO_HOLIDAYS: Holidays = { name: 'none', decreeOf: () => 'none', holidayOf: () => null, noticesOf: () => [] }
const CHINA = holidaysFromNotices('cn', china.years)

/** The holidays that a profile names. @returns `null` for a name that there is no file for */
export function holidaysNamed(name: string): Holidays | null {
  if (name === CHINA.name) return CHINA
  return name === NO_HOLIDAYS.name ? NO_HOLIDAYS : null
}

interface YearOfNotices {
  notices: { number: string }[]
  holidays: { name?: string; from: string; to: string }[]
  workdays: string[]
}

/**
 * Holidays as a file of notices tells them.
 *
 * A year is known once its own notice is there. A notice may reach back into the last days of the year before
 * (2022-12-31 was decided by that of 2023); until it is published those days are what their own year's notice says.
 */
export function holidaysFromNotices(name: string, years: Record<string, YearOfNotices>): Holidays {
  const decrees = new Map<LocalDay, Decree>()
  const names = new Map<LocalDay, string>()
  for (const year of Object.values(years)) {
    for (const holiday of year.holidays) {
      const toDay = dayOfText(holiday.to)!
      for (let day = dayOfText(holiday.from)!; day < toDay; day += 1) {
        decrees.set(day, 'holiday')
        names.set(day, holidayName(holiday, day))
      }
    }
    for (const workday of year.workdays) {
      decrees.set(dayOfText(workday)!, 'workday')
      names.delete(dayOfText(workday)!)
    }
  }
  const numbers = (year: number) => years[String(year)]?.notices.map((notice) => notice.number) ?? []
  return {
    name,
    decreeOf: (day) => (String(yearOf(day)) in years ? (decrees.get(day) ?? 'none') : 'unknown'),
    holidayOf: (day) => names.get(day) ?? null,
    noticesOf: numbers,
  }
}

/**
 * National Day is counted from 1 October: in some years it is one holiday with Mid-Autumn, whose days then come before
 * it. Every other holiday is counted from its first free day.
 */
function holidayName({ name = '', from }: { name?: string; from: string }, day: LocalDay): string {
  const [first = ''] = name.split('、').filter((part) => part !== NATIONAL_DAY)
  const octoberDay = day - dayOf(yearOf(day), 10, 1) + 1
  if (name.includes(NATIONAL_DAY) && octoberDay >= 1) return `${NATIONAL_DAY} ${octoberDay}`
  return `${first} ${day - dayOfText(from)! + 1}`
}
