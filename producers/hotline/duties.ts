/** Who is on duty when: the shifts of the profile as stretches of time of single seats. */
import { DAY_MS, dayOfText, type LocalDay } from '../../kpi/local-date.ts'
import { overlaps, type Range } from '../../kpi/range.ts'
import { instantOfLocal } from '../../kpi/zone.ts'
import { type Demo, type Hotline, timeOfDayMs } from './hotline.ts'

/** One seat's stretch on duty. A seat is a post: one person's place in a roster, numbered from 0 over all shifts. */
export interface Duty extends Range {
  seat: number
}

/** The duties that begin on a local day. */
export function dutiesOf(hotline: Hotline, day: LocalDay): Duty[] {
  const duties: Duty[] = []
  const dayClass = hotline.workingDays.isWorkday(day) ? 'workday' : 'offday'
  let firstSeat = 0
  for (const shift of hotline.simulation.seats.shifts) {
    const range = localRange(hotline, day, shift.from, shift.to)
    const seatsCount = shift.days === 'all' || shift.days === dayClass ? Math.min(shift.seats, shift.posts) : 0
    for (let turn = 0; turn < seatsCount; turn += 1) {
      // The roster goes round: tomorrow the next posts are on duty, so that all have their turn.
      duties.push({ seat: firstSeat + ((day * seatsCount + turn) % shift.posts), ...range })
    }
    firstSeat += shift.posts
  }
  const { demo } = hotline
  return demo !== null && isDemoDay(demo, day) ? thinned(duties, hotline, demo, day) : duties
}

/** All posts of all rosters. */
export function postsCount(hotline: Hotline): number {
  return hotline.simulation.seats.shifts.reduce((sum, shift) => sum + shift.posts, 0)
}

function isDemoDay(demo: Demo, day: LocalDay): boolean {
  return dayOfText(demo.from)! <= day && day < dayOfText(demo.to)!
}

/** Leaves a part of the seats between the demonstration's times; the others are on duty before and after. */
function thinned(duties: readonly Duty[], hotline: Hotline, demo: Demo, day: LocalDay): Duty[] {
  const missing = localRange(hotline, day, demo.timeFrom, demo.timeTo)
  const concerned = duties.filter((duty) => overlaps(duty, missing))
  const kept = new Set(concerned.slice(0, Math.round(concerned.length * demo.seatsRatio)))
  return duties.flatMap((duty) => {
    if (!overlaps(duty, missing) || kept.has(duty)) return [duty]
    const before = { ...duty, toAtMs: missing.fromAtMs }
    const after = { ...duty, fromAtMs: missing.toAtMs }
    return [before, after].filter((part) => part.fromAtMs < part.toAtMs)
  })
}

/** A stretch of a local day; one that does not end after its start ends on the next day. */
function localRange(hotline: Hotline, day: LocalDay, from: string, to: string): Range {
  const fromMs = timeOfDayMs(from)
  const toMs = timeOfDayMs(to)
  const endDay = toMs > fromMs ? day : day + 1
  return {
    fromAtMs: instantOfLocal(hotline.zone, day * DAY_MS + fromMs),
    toAtMs: instantOfLocal(hotline.zone, endDay * DAY_MS + toMs),
  }
}
