/** What a shift by the calendar kept of the days and what it could not keep, in sentences. */
import { textOfDay, weekdayOf } from '../kpi/local-date.ts'
import type { ShiftLoss } from '../kpi/shifted-days.ts'
import type { TransformedCapture } from '../producers/scenario/transform-capture.ts'

const LOSSES: Record<ShiftLoss, string> = {
  weekday: 'the weekday is not kept',
  'weekday and class': 'neither the weekday nor workday or day off is kept',
  'left-out': 'there is no day left for it: its records are left out',
}

/** The first sentence is the rule; of an unshifted capture there is none. */
export function keptText({ shiftedDays, leftOutCount, passedOverCount }: TransformedCapture): string[] {
  const passedOver =
    passedOverCount === 0
      ? []
      : [`${passedOverCount.toLocaleString('en')} records that no processor would count are not in the scenario.`]
  if (shiftedDays === null) return passedOver
  const { targets, losses, emptyDays, keepsHolidays } = shiftedDays
  const keptCount = targets.size - losses.filter(({ toDay }) => toDay !== null).length
  const rule = keepsHolidays
    ? `Shifted by the calendar, holidays and weekdays kept: a day of a holiday on the same day of that holiday, any other on its weekday among ordinary days, holidays or make-up workdays. Kept on ${keptCount} of ${targets.size + losses.filter(({ toDay }) => toDay === null).length} days.`
    : `Shifted by the calendar, weekdays kept; holidays could not be, because the notice of a year is not known. Kept on ${keptCount} of ${targets.size} days.`
  return [
    rule,
    ...losses.map(({ fromDay, toDay, loss }) => {
      const to = toDay === null ? '' : ` → ${dayText(toDay)}`
      return `  ${dayText(fromDay)}${to}: ${LOSSES[loss]}`
    }),
    ...emptyDays.map((day) => `  ${dayText(day)}: stays empty, there is no day for it`),
    ...(leftOutCount === 0 ? [] : [`${leftOutCount.toLocaleString('en')} records are left out with their days.`]),
    ...passedOver,
  ]
}

function dayText(day: number): string {
  return `${textOfDay(day)} (${weekdayOf(day)})`
}
