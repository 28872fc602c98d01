/**
 * Calls of the next weeks by quarter-hour, from days of the same weekday and calendar class.
 *
 *     expected(day, quarter) = level(day) × share(class, quarter)
 *
 * Level: the mean of the last 8 such days, each counting four fifths of the one after it. Share: of all days of the
 * class in the last 8 weeks. A holiday takes its level from the same day of the same holiday a year or more before – as
 * a ratio to what was expected then –, so Spring Festival is aligned by its days and not by its date. The interval holds
 * Poisson's chance and the spread of whole days around their level.
 */
import type { LocalDay } from '../local-date.ts'
import { weekdayOf } from '../local-date.ts'
import type { PlanCalendar } from './plan-windows.ts'
import { type ClassOfDay, QUARTERS_PER_DAY, type RosterClass } from './roster.ts'

/** First come, first counted: calls of whole local days by quarter-hour of the day. */
export type DayCounts = ReadonlyMap<LocalDay, Float64Array>

export type ForecastBasis = 'weekday' | 'holiday' | 'special' | 'none'

export interface ForecastDay {
  day: LocalDay
  dayClass: RosterClass
  /** What its level was taken from; `none`: there is no day like it. */
  basis: ForecastBasis
  expectedCount: number
  lowerCount: number
  upperCount: number
  /** By quarter-hour of the day. */
  quarters: { expected: number; lower: number; upper: number }[]
}

export interface ForecastQuestion {
  days: DayCounts
  calendar: PlanCalendar
  classOf: ClassOfDay
  /** Days on which a special period of the profile was: its id and which of its days, `heating-season-start 3`. */
  specialOf: (day: LocalDay) => string | null
  /** Quantile of the confidence. */
  z: number
}

const LIKE_DAYS = 8
const WEIGHT = 0.8
const SHARE_DAYS = 56

export function forecastDays(question: ForecastQuestion, fromDay: LocalDay, daysCount: number): ForecastDay[] {
  const history = new History(question, fromDay)
  return Array.from({ length: daysCount }, (_, at) => history.forecast(fromDay + at))
}

/** What is known before a day. */
class History {
  readonly #question: ForecastQuestion
  readonly #fromDay: LocalDay
  readonly #known: LocalDay[]
  readonly #shares: Record<RosterClass, Float64Array>
  readonly #dayCv: number

  constructor(question: ForecastQuestion, fromDay: LocalDay) {
    this.#question = question
    this.#fromDay = fromDay
    this.#known = [...question.days.keys()].filter((day) => day < fromDay).sort((one, other) => other - one)
    this.#shares = { workday: this.#sharesOf('workday'), offday: this.#sharesOf('offday') }
    this.#dayCv = this.#spread()
  }

  forecast(day: LocalDay): ForecastDay {
    const dayClass = this.#question.classOf(day)
    const { level, basis } = this.#levelOf(day)
    const { z } = this.#question
    const cv = this.#dayCv
    const bounded = (expected: number) => {
      const reach = z * Math.sqrt(expected + (cv * expected) ** 2)
      return { expected, lower: Math.max(0, Math.floor(expected - reach)), upper: Math.ceil(expected + reach) }
    }
    const total = bounded(level)
    return {
      day,
      dayClass,
      basis,
      expectedCount: level,
      lowerCount: total.lower,
      upperCount: total.upper,
      quarters: Array.from(this.#shares[dayClass], (share) => bounded(level * share)),
    }
  }

  #levelOf(day: LocalDay): { level: number; basis: ForecastBasis } {
    const ordinary = this.#ordinaryLevel(day, this.#fromDay)
    for (const [basis, markOf] of [
      ['holiday', (other: LocalDay) => this.#question.calendar.holidays.holidayOf(other)],
      ['special', this.#question.specialOf],
    ] as const) {
      const mark = markOf(day)
      if (mark === null) continue
      const like = this.#known.find((other) => markOf(other) === mark && this.#ordinaryLevel(other, other) !== null)
      // As a ratio to the ordinary level of then: the hotline may have grown in between.
      if (like !== undefined && ordinary !== null) {
        return { level: (ordinary * this.#total(like)) / this.#ordinaryLevel(like, like)!, basis }
      }
    }
    return ordinary === null ? { level: 0, basis: 'none' } : { level: ordinary, basis: 'weekday' }
  }

  /** By days that are no holiday and in no special period; of the same weekday and class, else of the same class. */
  #ordinaryLevel(day: LocalDay, before: LocalDay): number | null {
    const { classOf } = this.#question
    const ordinary = this.#known.filter((other) => other < before && this.#isOrdinary(other))
    const sameClass = ordinary.filter((other) => classOf(other) === classOf(day))
    const same = sameClass.filter((other) => weekdayOf(other) === weekdayOf(day))
    const like = (same.length >= 2 ? same : sameClass.length >= 2 ? sameClass : ordinary).slice(0, LIKE_DAYS)
    if (like.length === 0) return null
    let weights = 0
    let sum = 0
    for (const [at, other] of like.entries()) {
      const weight = WEIGHT ** at
      weights += weight
      sum += weight * this.#total(other)
    }
    return sum / weights
  }

  #isOrdinary(day: LocalDay): boolean {
    return this.#question.calendar.holidays.holidayOf(day) === null && this.#question.specialOf(day) === null
  }

  #total(day: LocalDay): number {
    return this.#question.days.get(day)!.reduce((sum, count) => sum + count, 0)
  }

  #sharesOf(dayClass: RosterClass): Float64Array {
    const { classOf, days } = this.#question
    const recent = this.#known.filter((day) => day >= this.#fromDay - SHARE_DAYS && classOf(day) === dayClass)
    const shares = new Float64Array(QUARTERS_PER_DAY)
    for (const day of recent) for (const [quarter, count] of days.get(day)!.entries()) shares[quarter]! += count
    const total = shares.reduce((sum, count) => sum + count, 0)
    return total === 0 ? shares.fill(1 / QUARTERS_PER_DAY) : shares.map((count) => count / total)
  }

  /** Relative spread of the last ordinary days around their level, beyond Poisson's. */
  #spread(): number {
    let squares = 0
    let count = 0
    for (const day of this.#known.filter((other) => other >= this.#fromDay - SHARE_DAYS && this.#isOrdinary(other))) {
      const level = this.#ordinaryLevel(day, day)
      if (level === null || level === 0) continue
      squares += (this.#total(day) / level - 1) ** 2 - 1 / level
      count += 1
    }
    return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count))
  }
}

export interface Backtest {
  weeksCount: number
  /** Σ|recorded − expected| / Σ recorded; `null` without calls. */
  wapeByQuarter: number | null
  wapeByDay: number | null
  /** Share of quarter-hours, and of days, whose calls lay in the interval. */
  coverageOfQuarters: number | null
  coverageOfDays: number | null
}

/** Each of the last weeks forecast from what was known before it. */
export function backtest(question: ForecastQuestion, toDay: LocalDay, weeksCount: number): Backtest {
  const sums = { recorded: 0, missedByQuarter: 0, missedByDay: 0, quarters: 0, quartersIn: 0, days: 0, daysIn: 0 }
  for (let week = weeksCount; week >= 1; week -= 1) {
    for (const forecast of forecastDays(question, toDay - 7 * week, 7)) {
      const recorded = question.days.get(forecast.day)
      if (recorded === undefined || forecast.basis === 'none') continue
      let total = 0
      for (const [quarter, count] of recorded.entries()) {
        const { expected, lower, upper } = forecast.quarters[quarter]!
        total += count
        sums.missedByQuarter += Math.abs(count - expected)
        sums.quarters += 1
        if (count >= lower && count <= upper) sums.quartersIn += 1
      }
      sums.recorded += total
      sums.missedByDay += Math.abs(total - forecast.expectedCount)
      sums.days += 1
      if (total >= forecast.lowerCount && total <= forecast.upperCount) sums.daysIn += 1
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  return {
    weeksCount,
    wapeByQuarter: share(sums.missedByQuarter, sums.recorded),
    wapeByDay: share(sums.missedByDay, sums.recorded),
    coverageOfQuarters: share(sums.quartersIn, sums.quarters),
    coverageOfDays: share(sums.daysIn, sums.days),
  }
}
