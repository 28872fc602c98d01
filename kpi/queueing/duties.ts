/** Who is on duty when, as stretches of time of single seats. */
import { DAY_MS, type LocalDay } from '../local-date.ts'
import { overlaps, type Range } from '../range.ts'
import { minutesOf } from '../windows.ts'
import { instantOfLocal, type Zone } from '../zone.ts'

/** One seat's stretch on duty. A seat is a post: one person's place in a roster, numbered from 0. */
export interface Duty extends Range {
  seat: number
}

/** A shift of a roster: the same hours on every day of its class. */
export interface Shift {
  days: 'workday' | 'offday' | 'all'
  /** Wall times such as `08:45`; one that does not end after its start ends on the next day. */
  from: string
  to: string
  /** Persons on this roster; they take turns. */
  posts: number
  /** How many of them are on duty on one day. */
  seats: number
}

const MINUTE_MS = 60_000

/** The duties that begin on a local day; seats are numbered over all shifts. */
export function dutiesOfShifts(shifts: readonly Shift[], isWorkday: boolean, zone: Zone, day: LocalDay): Duty[] {
  const duties: Duty[] = []
  const dayClass = isWorkday ? 'workday' : 'offday'
  let firstSeat = 0
  for (const shift of shifts) {
    const range = localRange(zone, day, shift.from, shift.to)
    const seatsCount = shift.days === 'all' || shift.days === dayClass ? Math.min(shift.seats, shift.posts) : 0
    for (let turn = 0; turn < seatsCount; turn += 1) {
      // The roster goes round: tomorrow the next posts are on duty, so that all have their turn.
      duties.push({ seat: firstSeat + ((day * seatsCount + turn) % shift.posts), ...range })
    }
    firstSeat += shift.posts
  }
  return duties
}

/** Leaves a part of the seats in a stretch of time; the others are on duty before and after it. */
export function thinned(duties: readonly Duty[], stretch: Range, seatsRatio: number): Duty[] {
  const concerned = duties.filter((duty) => overlaps(duty, stretch))
  const kept = new Set(concerned.slice(0, Math.round(concerned.length * seatsRatio)))
  return duties.flatMap((duty) => {
    if (!overlaps(duty, stretch) || kept.has(duty)) return [duty]
    const before = { ...duty, toAtMs: stretch.fromAtMs }
    const after = { ...duty, fromAtMs: stretch.toAtMs }
    return [before, after].filter((part) => part.fromAtMs < part.toAtMs)
  })
}

/** A stretch of a local day, between two wall times. */
export function localRange(zone: Zone, day: LocalDay, from: string, to: string): Range {
  const fromMs = minutesOf(from) * MINUTE_MS
  const toMs = minutesOf(to) * MINUTE_MS
  const endDay = toMs > fromMs ? day : day + 1
  return {
    fromAtMs: instantOfLocal(zone, day * DAY_MS + fromMs),
    toAtMs: instantOfLocal(zone, endDay * DAY_MS + toMs),
  }
}

/** Beginnings and ends of duties as columns, by instant; where one ends and one begins, the beginning comes first. */
export function dutyEdges(duties: readonly Duty[]): { atMs: Float64Array; seats: Int32Array; begins: Uint8Array } {
  const edges = duties.flatMap(({ seat, fromAtMs, toAtMs }) => [
    { atMs: fromAtMs, seat, begins: 1 },
    { atMs: toAtMs, seat, begins: 0 },
  ])
  edges.sort((one, other) => one.atMs - other.atMs || other.begins - one.begins)
  return {
    atMs: Float64Array.from(edges, ({ atMs }) => atMs),
    seats: Int32Array.from(edges, ({ seat }) => seat),
    begins: Uint8Array.from(edges, ({ begins }) => begins),
  }
}
