/** Which days of the real figures a scenario is held against: those that its records came from. */
import { dayOf, type LocalDay, textOfDay, yearOf } from '../kpi/local-date.ts'
import { type Period, periodOf } from '../kpi/periods.ts'
import { type CalendarShift, calendarShifted } from '../kpi/shifted-days.ts'

export interface ComparedPeriods {
  base: Period
  shifted: Period
}

/** @param shift  what the scenario was shifted by; null if it was not */
export function shiftedBeside(base: Period, shift: CalendarShift | null): ComparedPeriods {
  if (shift === null) return { base, shifted: base }
  return { base, shifted: periodOfDays(calendarShifted(base.fromDay, shift), calendarShifted(base.toDay, shift)) }
}

/** The other way round: from the days that a scenario has records of. */
export function besideShifted(shifted: Period, shift: CalendarShift | null): ComparedPeriods {
  if (shift === null) return { base: shifted, shifted }
  const back = { monthsCount: -shift.monthsCount, daysCount: 0 }
  const baseDay = (day: LocalDay) => calendarShifted(day - shift.daysCount, back)
  return { base: periodOfDays(baseDay(shifted.fromDay), baseDay(shifted.toDay)), shifted }
}

/** A calendar year by its name, so that its quarters are pooled too; other days by their first and last. */
export function periodOfDays(fromDay: LocalDay, toDay: LocalDay): Period {
  const year = yearOf(fromDay)
  if (fromDay === dayOf(year, 1, 1) && toDay === dayOf(year + 1, 1, 1)) return periodOf(String(year))!
  return { name: `${textOfDay(fromDay)}..${textOfDay(toDay - 1)}`, kind: 'day', fromDay, toDay }
}
