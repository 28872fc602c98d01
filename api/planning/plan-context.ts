/** The profile as planning reads it. */
import { dayClassOf } from '../../kpi/calendar.ts'
import type { Holidays } from '../../kpi/holidays.ts'
import { dayOfText, type LocalDay, weekdayOf } from '../../kpi/local-date.ts'
import type { PlanCalendar } from '../../kpi/planning/plan-windows.ts'
import type { ClassOfDay } from '../../kpi/planning/roster.ts'
import { holidaysOf, windowDefinitionsOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'

export interface PlanContext {
  answered: AnsweredProfile
  calendar: PlanCalendar
  classOf: ClassOfDay
  /** Which day of which special period of the profile it is. */
  specialOf: (day: LocalDay) => string | null
}

export function planContextOf(answered: AnsweredProfile): PlanContext {
  const { profile, zone } = answered
  const holidays = holidaysOf(profile)
  return {
    answered,
    calendar: { zone, holidays, windows: windowDefinitionsOf(profile) },
    classOf: classOfDays(holidays),
    specialOf: (day) => {
      for (const { id, from, to } of profile.special ?? []) {
        const fromDay = dayOfText(from.slice(0, 10))!
        if (fromDay <= day && day < dayOfText(to.slice(0, 10))!) return `${id} ${day - fromDay + 1}`
      }
      return null
    },
  }
}

/** In a year without a notice the weekday decides: a roster must be made today. */
function classOfDays(holidays: Holidays): ClassOfDay {
  return (day) => {
    const dayClass = dayClassOf(holidays, day)
    if (dayClass !== 'unknown') return dayClass
    const weekday = weekdayOf(day)
    return weekday === 'saturday' || weekday === 'sunday' ? 'offday' : 'workday'
  }
}
