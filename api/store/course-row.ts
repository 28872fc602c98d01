/** A row of queries/window-courses.sql in our words. */
import { type Course, NO_COURSE } from '../../kpi/window-course.ts'

export interface CourseRow {
  /** Place in the list of windows that was asked for, from 1 on. */
  window: number
  offered: number
  answered: number
  abandoned: number
  no_seat: number
  flowed_out: number
  failed: number
  other: number
  waited_ms: number
  handled_ms: number
  seats: number
  redials: number
  line_offered: Record<string, number>
  line_answered: Record<string, number>
}

/** @param row none where nobody called */
export function courseOf(row: CourseRow | undefined): Course {
  if (row === undefined) return NO_COURSE
  return {
    offeredCount: row.offered,
    answeredCount: row.answered,
    abandonedCount: row.abandoned,
    noSeatCount: row.no_seat,
    flowedOutCount: row.flowed_out,
    failedCount: row.failed,
    otherCount: row.other,
    waitedMs: row.waited_ms,
    handledMs: row.handled_ms,
    seatsCount: row.seats,
    redialsCount: row.redials,
    lines: new Map(
      Object.entries(row.line_offered).map(([line, offeredCount]) => [
        line,
        { offeredCount, answeredCount: row.line_answered[line] ?? 0 },
      ]),
    ),
  }
}
