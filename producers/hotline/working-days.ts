/** Due dates count working days 工作日: weekends and holidays do not, make-up workdays do. */
import { dayClassOf } from '../../kpi/calendar.ts'
import type { Holidays } from '../../kpi/holidays.ts'
import { type LocalDay, weekdayOf } from '../../kpi/local-date.ts'

export class WorkingDays {
  readonly #holidays: Holidays
  readonly #known = new Map<LocalDay, boolean>()

  constructor(holidays: Holidays) {
    this.#holidays = holidays
  }

  /** Whether people work on a day. In a year without a notice the weekday decides: a due date must be set today. */
  isWorkday(day: LocalDay): boolean {
    let isWorkday = this.#known.get(day)
    if (isWorkday === undefined) {
      const dayClass = dayClassOf(this.#holidays, day)
      const weekday = weekdayOf(day)
      isWorkday = dayClass === 'unknown' ? weekday !== 'saturday' && weekday !== 'sunday' : dayClass === 'workday'
      this.#known.set(day, isWorkday)
    }
    return isWorkday
  }

  /** The day itself if people work on it, else the next one on which they do. */
  onOrAfter(day: LocalDay): LocalDay {
    let candidate = day
    while (!this.isWorkday(candidate)) candidate += 1
    return candidate
  }

  /** The last of `workdaysCount` working days after a day. */
  after(day: LocalDay, workdaysCount: number): LocalDay {
    let reached = day
    for (let counted = 0; counted < workdaysCount; counted += 1) reached = this.onOrAfter(reached + 1)
    return reached
  }
}
