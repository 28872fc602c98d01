/**
 * Why a window's connection rate was as it was, beside what is usual.
 *
 * The load on a seat is calls × handling time / seats, so its growth is a product of three; the greatest of them is
 * the largest cause, if it is a tenth or more. Calls that a fault of the system lost, or that flowed out although
 * nothing was busier, are causes of their own. This names what stands out; it proves nothing.
 */
import type { CoverageState } from './coverage.ts'
import { ratioOf } from './statistics/counts.ts'
import type { Course } from './window-course.ts'

export const CAUSES = [
  'no-data',
  'nothing-to-compare',
  'as-usual',
  'system-failed',
  'more-calls',
  'fewer-seats',
  'longer-handling',
  'flowed-out',
  'unexplained',
] as const
export type Cause = (typeof CAUSES)[number]

/** Growth from which on it counts as a cause. */
const GROWTH_MIN = 1.1
/** Share of the surplus of lost calls from which on a class of them is the cause. */
const LOST_SHARE_MIN = 0.5

export interface CauseQuestion {
  window: Course
  usual: Course | null
  coverage: CoverageState
  /** As far below what is usual as the contract tolerates: no cause is looked for. */
  tolerancePoints: number
}

export function causeOf({ window, usual, coverage, tolerancePoints }: CauseQuestion): Cause {
  if (coverage === 'no-data') return 'no-data'
  const ratio = ratioOf(window)
  const usualRatio = usual === null ? null : ratioOf(usual)
  if (usual === null || ratio === null || usualRatio === null) return 'nothing-to-compare'
  if (100 * (ratio - usualRatio) >= -tolerancePoints) return 'as-usual'
  const lostSurplus = surplusOf(window, usual, (course) => course.offeredCount - course.answeredCount)
  const isMostOfLost = (of: (course: Course) => number) => surplusOf(window, usual, of) >= LOST_SHARE_MIN * lostSurplus
  if (isMostOfLost(({ failedCount }) => failedCount)) return 'system-failed'
  const [cause, growth] = loadGrowths(window, usual).reduce((most, next) => (next[1] > most[1] ? next : most))
  if (growth >= GROWTH_MIN) return cause
  return isMostOfLost(({ flowedOutCount }) => flowedOutCount) ? 'flowed-out' : 'unexplained'
}

/** Time from answer to end, mean of answered calls, ms; `null` where none was answered. */
export function meanHandlingMs({ handledMs, answeredCount }: Course): number | null {
  return answeredCount === 0 ? null : handledMs / answeredCount
}

function loadGrowths(window: Course, usual: Course): [Cause, number][] {
  const growth = (now: number, before: number) => (before === 0 ? 1 : now / before)
  const handling = meanHandlingMs(window)
  return [
    ['fewer-seats', window.seatsCount === 0 ? Number.POSITIVE_INFINITY : growth(usual.seatsCount, window.seatsCount)],
    ['more-calls', growth(window.offeredCount, usual.offeredCount)],
    ['longer-handling', handling === null ? 1 : growth(handling, meanHandlingMs(usual) ?? 0)],
  ]
}

/** How many more calls there were of a kind than its usual share of the calls. */
function surplusOf(window: Course, usual: Course, of: (course: Course) => number): number {
  return of(window) - (of(usual) / usual.offeredCount) * window.offeredCount
}
