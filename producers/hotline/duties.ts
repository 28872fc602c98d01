/** Who is on duty when: the shifts of the profile, thinned where a demonstration takes seats away. */

import { dayOfText, type LocalDay } from '../../kpi/local-date.ts'
import { type Duty, dutiesOfShifts, localRange, thinned } from '../../kpi/queueing/duties.ts'
import type { Demo, Hotline } from './hotline.ts'

/** The duties that begin on a local day. */
export function dutiesOf(hotline: Hotline, day: LocalDay): Duty[] {
  const { demo, zone } = hotline
  const duties = dutiesOfShifts(hotline.simulation.seats.shifts, hotline.workingDays.isWorkday(day), zone, day)
  if (demo === null || !isDemoDay(demo, day)) return duties
  return thinned(duties, localRange(zone, day, demo.timeFrom, demo.timeTo), demo.seatsRatio)
}

/** All posts of all rosters. */
export function postsCount(hotline: Hotline): number {
  return hotline.simulation.seats.shifts.reduce((sum, shift) => sum + shift.posts, 0)
}

function isDemoDay(demo: Demo, day: LocalDay): boolean {
  return dayOfText(demo.from)! <= day && day < dayOfText(demo.to)!
}
