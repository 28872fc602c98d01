/** Rosters 排班表: seats by quarter-hour of the local day, for workdays and for off-days. */
import { CELL_MS } from '../cell.ts'
import { DAY_MS, type LocalDay } from '../local-date.ts'
import type { Duty } from '../queueing/duties.ts'
import type { Range } from '../range.ts'
import { instantOfLocal, localDayOf, type Zone } from '../zone.ts'

export const QUARTERS_PER_DAY = 96
export const ROSTER_CLASSES = ['workday', 'offday'] as const
export type RosterClass = (typeof ROSTER_CLASSES)[number]

/** Seats on duty, by quarter-hour from 00:00. */
export type Roster = Record<RosterClass, number[]>

/** What a day is for a roster; in a year without a notice the weekday decides. */
export type ClassOfDay = (day: LocalDay) => RosterClass

export function emptyRoster(): Roster {
  return { workday: new Array<number>(QUARTERS_PER_DAY).fill(0), offday: new Array<number>(QUARTERS_PER_DAY).fill(0) }
}

/** Seats on duty stretch by stretch: `counts[i]` from `startsAtMs[i]` until the next, the last one until `toAtMs`. */
export interface SeatCounts {
  startsAtMs: readonly number[]
  counts: readonly number[]
  toAtMs: number
}

/**
 * Seats as duties: seat 0 is on duty whenever anybody is, the highest one only at the fullest. A seat whose duty ends
 * finishes its call first.
 */
export function dutiesOfCounts({ startsAtMs, counts, toAtMs }: SeatCounts): Duty[] {
  const duties: Duty[] = []
  const since: number[] = []
  const endAbove = (count: number, atMs: number) => {
    while (since.length > count) duties.push({ seat: since.length - 1, fromAtMs: since.pop()!, toAtMs: atMs })
  }
  for (const [at, count] of counts.entries()) {
    endAbove(count, startsAtMs[at]!)
    while (since.length < count) since.push(startsAtMs[at]!)
  }
  endAbove(0, toAtMs)
  return duties
}

/** A roster over a period, from the day before, whose shifts may reach into it. */
export function dutiesOfRoster(roster: Roster, range: Range, zone: Zone, classOf: ClassOfDay): Duty[] {
  const startsAtMs: number[] = []
  const counts: number[] = []
  for (const { startAtMs, day, quarter } of quartersOf(range, zone)) {
    startsAtMs.push(startAtMs)
    counts.push(roster[classOf(day)][quarter]!)
  }
  return dutiesOfCounts({ startsAtMs, counts, toAtMs: range.toAtMs })
}

/** The roster that duties come closest to: of each quarter-hour the median over the days of its class. */
export function rosterOfDuties(duties: readonly Duty[], range: Range, zone: Zone, classOf: ClassOfDay): Roster {
  const found = { workday: quarterLists(), offday: quarterLists() }
  const onDuty = seatsByCell(duties, range)
  for (const { startAtMs, day, quarter } of quartersOf(range, zone)) {
    const cell = Math.floor((startAtMs - range.fromAtMs) / CELL_MS)
    if (cell >= 0 && cell < onDuty.length) found[classOf(day)][quarter]!.push(onDuty[cell]!)
  }
  return { workday: found.workday.map(median), offday: found.offday.map(median) }
}

/** Seats on duty at the start of each cell of a range. */
export function seatsByCell(duties: readonly Duty[], range: Range): Int32Array {
  const cells = Math.ceil((range.toAtMs - range.fromAtMs) / CELL_MS)
  const changes = new Int32Array(cells + 1)
  const cellAt = (atMs: number) => Math.min(cells, Math.max(0, Math.ceil((atMs - range.fromAtMs) / CELL_MS)))
  for (const { fromAtMs, toAtMs } of duties) {
    changes[cellAt(fromAtMs)]! += 1
    changes[cellAt(toAtMs)]! -= 1
  }
  const counts = new Int32Array(cells)
  let count = 0
  for (let cell = 0; cell < cells; cell += 1) {
    count += changes[cell]!
    counts[cell] = count
  }
  return counts
}

/** Hours on duty within a range, all seats together. */
export function seatHours(duties: readonly Duty[], range: Range): number {
  let ms = 0
  for (const { fromAtMs, toAtMs } of duties) {
    ms += Math.max(0, Math.min(toAtMs, range.toAtMs) - Math.max(fromAtMs, range.fromAtMs))
  }
  return ms / 3_600_000
}

export interface Quarter {
  startAtMs: number
  day: LocalDay
  /** 0 to 95. */
  quarter: number
}

/** The local quarter-hours that lie in a range, in order. One that the zone leaves out is not there. */
export function* quartersOf(range: Range, zone: Zone): Generator<Quarter> {
  const lastDay = localDayOf(zone, range.toAtMs - 1)
  for (let day = localDayOf(zone, range.fromAtMs); day <= lastDay; day += 1) {
    for (let quarter = 0; quarter < QUARTERS_PER_DAY; quarter += 1) {
      const startAtMs = instantOfLocal(zone, day * DAY_MS + quarter * CELL_MS)
      const endAtMs = instantOfLocal(zone, day * DAY_MS + (quarter + 1) * CELL_MS)
      if (startAtMs < endAtMs && startAtMs >= range.fromAtMs && startAtMs < range.toAtMs)
        yield { startAtMs, day, quarter }
    }
  }
}

function quarterLists(): number[][] {
  return Array.from({ length: QUARTERS_PER_DAY }, () => [])
}

function median(values: number[]): number {
  if (values.length === 0) return 0
  values.sort((one, other) => one - other)
  return values[(values.length - 1) >> 1]!
}
