/** How many people want to call: the rate of the Poisson process, day by day and hour by hour. */
import { dayOfText, type LocalDay, monthOf, WEEKDAYS, weekdayOf } from '../../kpi/local-date.ts'
import type { Hotline } from './hotline.ts'
import type { Randomness } from './randomness.ts'

export interface Demand {
  /** The day's level beside a day whose every factor is 1, chance included. */
  level: number
  /** Share of the day's calls in each local hour, 0 to 23; they sum to 1. */
  hourShares: readonly number[]
  /** A line that is dialled more than on other days, and the share of the other lines' calls that go to it. */
  favoured: { line: string; surplusRatio: number } | null
}

export function demandOf(hotline: Hotline, day: LocalDay, random: Randomness): Demand {
  const { demand } = hotline.simulation
  const surge = surgeOf(hotline, day)
  const level =
    demand.monthFactors[monthOf(day) - 1]! *
    dayFactor(hotline, day) *
    (surge?.factor ?? 1) *
    random.logNormal(1, demand.dayLevelLogSd)
  return {
    level,
    hourShares: summingTo1(demand.hourShares[hotline.workingDays.isWorkday(day) ? 'workday' : 'offday']),
    favoured: surge?.line === undefined ? null : { line: surge.line, surplusRatio: surge.lineSurplusRatio ?? 0 },
  }
}

function dayFactor(hotline: Hotline, day: LocalDay): number {
  const { weekdayFactors, holidayFactor, makeUpWorkdayFactor } = hotline.simulation.demand
  const weekday = WEEKDAYS.indexOf(weekdayOf(day))
  const isWeekend = weekday >= 5
  const isWorkday = hotline.workingDays.isWorkday(day)
  if (isWorkday && isWeekend) return makeUpWorkdayFactor
  if (!isWorkday && !isWeekend) return holidayFactor
  return weekdayFactors[weekday]!
}

function surgeOf(hotline: Hotline, day: LocalDay) {
  const special = (hotline.profile.special ?? []).filter(
    (window) => dayOfText(window.from)! <= day && day < dayOfText(window.to)!,
  )
  return hotline.simulation.demand.surges.find((surge) => special.some((window) => window.id === surge.special))
}

function summingTo1(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
