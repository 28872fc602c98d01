/**
 * Rosters to try: one for each level of service, from the least stable number of seats upward.
 *
 * A block is a stretch of quarter-hours that a peak's boundary or a full hour ends. What a number of seats answers in it
 * is Erlang A's answer for the hourly rates of the recorded days – busy days count with all their calls –, which is
 * enough to spread seats over the day; whether a roster holds is asked of the simulator alone.
 */
import { CELL_MS } from '../cell.ts'
import { DAY_MS } from '../local-date.ts'
import { erlangA } from '../queueing/erlang-a.ts'
import { minutesOf } from '../windows.ts'
import { localMsOf } from '../zone.ts'
import { handlingMsOf, type PlanModel } from './plan-model.ts'
import type { PlanCalendar } from './plan-windows.ts'
import {
  type ClassOfDay,
  emptyRoster,
  QUARTERS_PER_DAY,
  quartersOf,
  ROSTER_CLASSES,
  type Roster,
  type RosterClass,
} from './roster.ts'

export interface Block {
  dayClass: RosterClass
  /** Quarter-hours of the day, the last one out. */
  fromQuarter: number
  toQuarter: number
  /** Hours of it in the period. */
  hoursCount: number
  /** Fewest seats with which a line of its mean rate is stable: floor(load) + 1, 0 without calls. */
  stableSeats: number
  /** Share answered with that many seats, one more, and so on. */
  answeredFrom: number[]
}

/** For its shape a roster needs some impatience, also where nobody was seen to hang up. */
const PATIENCE_MS_USUAL = 10 * 60_000
const RATES_MAX = 12
const ANSWERED_ENOUGH = 0.9999

export function rosterBlocks(model: PlanModel, calendar: PlanCalendar, classOf: ClassOfDay, seatsMax: number): Block[] {
  const days = quarterCounts(model, calendar, classOf)
  const cuts = cutsOf(calendar)
  return ROSTER_CLASSES.flatMap((dayClass) =>
    cuts.slice(0, -1).map((fromQuarter, at) => {
      const toQuarter = cuts[at + 1]!
      const hours = (toQuarter - fromQuarter) / 4
      const rates = days[dayClass].map((quarters) => {
        let calls = 0
        for (let quarter = fromQuarter; quarter < toQuarter; quarter += 1) calls += quarters[quarter]!
        return (calls * model.volume) / hours
      })
      return {
        dayClass,
        fromQuarter,
        toQuarter,
        hoursCount: hours * rates.length,
        ...answeredBySeats(model, rates, seatsMax),
      }
    }),
  )
}

/** Of each block the fewest seats that answer a share; `seatsMax` where none do. */
export function rosterAtLevel(blocks: readonly Block[], answeredRatio: number, seatsMax: number): Roster {
  const roster = emptyRoster()
  for (const block of blocks) {
    const found = block.answeredFrom.findIndex((answered) => answered >= answeredRatio)
    const more = found < 0 ? block.answeredFrom.length - 1 : found
    setSeats(roster, block, Math.min(seatsMax, block.stableSeats + Math.max(0, more)))
  }
  return roster
}

export function seatsIn(roster: Roster, { dayClass, fromQuarter }: Block): number {
  return roster[dayClass][fromQuarter]!
}

export function setSeats(roster: Roster, { dayClass, fromQuarter, toQuarter }: Block, seatsCount: number): void {
  roster[dayClass].fill(seatsCount, fromQuarter, toQuarter)
}

function cutsOf({ windows }: PlanCalendar): number[] {
  const cuts = new Set<number>()
  for (let quarter = 0; quarter <= QUARTERS_PER_DAY; quarter += 4) cuts.add(quarter)
  for (const { from, to } of windows.peaks) for (const time of [from, to]) cuts.add(minutesOf(time) / 15)
  return [...cuts].sort((one, other) => one - other)
}

/** First tries by quarter-hour of every day of a class. */
function quarterCounts(
  model: PlanModel,
  { zone }: PlanCalendar,
  classOf: ClassOfDay,
): Record<RosterClass, Uint32Array[]> {
  const byDay = new Map<number, Uint32Array>()
  for (const { day } of quartersOf(model.range, zone)) {
    if (!byDay.has(day)) byDay.set(day, new Uint32Array(QUARTERS_PER_DAY))
  }
  for (const atMs of model.arrivedAtMs) {
    const localMs = localMsOf(zone, atMs)
    const day = Math.floor(localMs / DAY_MS)
    const quarters = byDay.get(day)
    if (quarters !== undefined) quarters[Math.floor((localMs - day * DAY_MS) / CELL_MS)]! += 1
  }
  const days: Record<RosterClass, Uint32Array[]> = { workday: [], offday: [] }
  for (const [day, quarters] of byDay) days[classOf(day)].push(quarters)
  return days
}

function answeredBySeats(model: PlanModel, ratesPerHour: number[], seatsMax: number) {
  const rates = thinnedRates(ratesPerHour)
  const total = rates.reduce((sum, rate) => sum + rate, 0)
  if (total === 0) return { stableSeats: 0, answeredFrom: [1] }
  const handlingMs = handlingMsOf(model)
  const stableSeats = Math.min(seatsMax, Math.floor((total / rates.length) * (handlingMs / 3_600_000)) + 1)
  const patienceMs = Math.min(model.traits.patienceMsMean, PATIENCE_MS_USUAL)
  const answeredFrom: number[] = []
  for (let seatsCount = stableSeats; seatsCount <= seatsMax; seatsCount += 1) {
    const lost = rates.reduce(
      (sum, rate) => sum + (rate === 0 ? 0 : rate * lostAt(rate, handlingMs, patienceMs, seatsCount)),
      0,
    )
    answeredFrom.push(1 - lost / total)
    if (answeredFrom.at(-1)! >= ANSWERED_ENOUGH) break
  }
  return { stableSeats, answeredFrom }
}

function lostAt(perHour: number, handlingMs: number, patienceMs: number, seatsCount: number): number {
  const line = {
    arrivalRate: perHour / 3_600_000,
    handlingRate: 1 / handlingMs,
    abandonmentRate: 1 / patienceMs,
    seatsCount,
  }
  return erlangA(line).abandonProbability
}

/** A few rates that stand for all: means of as many groups, rising. */
function thinnedRates(rates: number[]): number[] {
  if (rates.length <= RATES_MAX) return rates
  const rising = [...rates].sort((one, other) => one - other)
  return Array.from({ length: RATES_MAX }, (_, group) => {
    const members = rising.slice(
      Math.floor((group * rising.length) / RATES_MAX),
      Math.floor(((group + 1) * rising.length) / RATES_MAX),
    )
    return members.reduce((sum, rate) => sum + rate, 0) / members.length
  })
}
