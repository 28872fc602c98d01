/** What happened in a window, and what usually happens: the numbers that explain a connection rate. */
import { EXPECTED_COUNT_MIN } from './coverage.ts'
import type { Counts } from './statistics/counts.ts'

/** Offered calls, and what became of those that were not answered. */
export const OUTCOME_COUNTS = [
  'offeredCount',
  'answeredCount',
  'abandonedCount',
  'noSeatCount',
  'flowedOutCount',
  'failedCount',
  'otherCount',
] as const
type OutcomeCount = (typeof OUTCOME_COUNTS)[number]

/** Whole numbers of a window; means, so maybe fractions, of what is usual. */
export interface Course extends Record<OutcomeCount, number> {
  /** Sum of the waits of answered calls, ms. */
  waitedMs: number
  /** Sum of the times from answer to end, ms. Wrap-up is not in a call's record. */
  handledMs: number
  /** Distinct seats that answered; of several days their mean. */
  seatsCount: number
  /** Calls whose caller had called before in the same window; withheld numbers left out. */
  redialsCount: number
  /** By dialled number. */
  lines: ReadonlyMap<string, Counts>
}

export const NO_COURSE: Course = {
  offeredCount: 0,
  answeredCount: 0,
  abandonedCount: 0,
  noSeatCount: 0,
  flowedOutCount: 0,
  failedCount: 0,
  otherCount: 0,
  waitedMs: 0,
  handledMs: 0,
  seatsCount: 0,
  redialsCount: 0,
  lines: new Map(),
}

/** The days of one window as one: counts added up, seats as their mean. */
export function wholeCourse(parts: readonly Course[]): Course {
  const whole = weighed(parts, 1)
  return { ...whole, seatsCount: parts.length === 0 ? 0 : whole.seatsCount / parts.length }
}

/**
 * What is usual, the mean of windows alike.
 *
 * Where such windows are busy, those without a single call are left out: a dead feed is not what is usual.
 *
 * @returns `null` where there is nothing to compare with
 */
export function usualCourse(likes: readonly Course[]): Course | null {
  const counted = countedLikes(likes)
  return counted.length === 0 ? null : weighed(counted, 1 / counted.length)
}

/** The windows that enter what is usual. */
export function countedLikes<Like extends { offeredCount: number }>(likes: readonly Like[]): Like[] {
  const called = likes.filter(({ offeredCount }) => offeredCount > 0)
  const meanCount = called.reduce((sum, { offeredCount }) => sum + offeredCount, 0) / called.length
  return called.length > 0 && meanCount < EXPECTED_COUNT_MIN ? [...likes] : called
}

function weighed(courses: readonly Course[], weight: number): Course {
  const sum = (of: (course: Course) => number) => weight * courses.reduce((total, course) => total + of(course), 0)
  const numbers = new Set(courses.flatMap(({ lines }) => [...lines.keys()]))
  const lineSum = (number: string, of: (counts: Counts) => number) =>
    sum(({ lines }) => {
      const counts = lines.get(number)
      return counts === undefined ? 0 : of(counts)
    })
  return {
    offeredCount: sum(({ offeredCount }) => offeredCount),
    answeredCount: sum(({ answeredCount }) => answeredCount),
    abandonedCount: sum(({ abandonedCount }) => abandonedCount),
    noSeatCount: sum(({ noSeatCount }) => noSeatCount),
    flowedOutCount: sum(({ flowedOutCount }) => flowedOutCount),
    failedCount: sum(({ failedCount }) => failedCount),
    otherCount: sum(({ otherCount }) => otherCount),
    waitedMs: sum(({ waitedMs }) => waitedMs),
    handledMs: sum(({ handledMs }) => handledMs),
    seatsCount: sum(({ seatsCount }) => seatsCount),
    redialsCount: sum(({ redialsCount }) => redialsCount),
    lines: new Map(
      [...numbers].map((number) => [
        number,
        {
          offeredCount: lineSum(number, ({ offeredCount }) => offeredCount),
          answeredCount: lineSum(number, ({ answeredCount }) => answeredCount),
        },
      ]),
    ),
  }
}
