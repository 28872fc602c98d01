import { type Counts, ratioOf, restOf } from './counts.ts'
import { deviationFromRest } from './part-whole.ts'
import { type Verdict, verdictOf } from './verdict.ts'

export interface CallsQuestion {
  tolerancePoints: number
  /** Quantile of the confidence. */
  z: number
  /** σ_z² of the window's sequence; 1 for a single instance. */
  dispersion: number
}

const CALLS_MAX = 1e9
/** Step of the search for `deviates`, which may give way to `stable` again once the window dominates the overall. */
const STEP = 1.25

/**
 * How many calls a window would need for a decided verdict: the smallest n for which a window of n calls at exactly
 * its own rate, beside the rest of the period as it is, would be `stable` or `deviates`.
 *
 * The rate is held, so n times it need not be whole. A window that is decided already has a figure at or below its
 * own number of calls: how few would have done.
 *
 * @returns 1 or more; `null` for a window without calls, and where no number below 10⁹ would do (at a tolerance of 0
 *   a window that lies below the overall never becomes `stable`)
 */
export function callsForVerdict(window: Counts, overall: Counts, question: CallsQuestion): number | null {
  const ratio = ratioOf(window)
  if (ratio === null) return null
  const rest = restOf(window, overall)
  const verdictAt = (calls: number): Verdict =>
    verdictOf(deviationFromRest(ratio, calls, rest, question.z, question.dispersion), question.tolerancePoints)

  // More calls only ever lift the lower bound while it is below 0: once stable, always stable.
  const stableFrom = firstWhere((calls) => verdictAt(calls) === 'stable')
  const restRatio = ratioOf(rest)
  if (restRatio === null || 100 * (ratio - restRatio) >= -question.tolerancePoints) return stableFrom
  for (let calls = 1; calls <= (stableFrom ?? CALLS_MAX); calls = Math.ceil(calls * STEP)) {
    if (verdictAt(calls) !== 'deviates') continue
    return firstBetween(Math.floor(calls / STEP) - 1, calls, (fewer) => verdictAt(fewer) === 'deviates')
  }
  return stableFrom
}

/** Smallest n from 1 on for which a condition holds that, once true, stays true. */
function firstWhere(holds: (calls: number) => boolean): number | null {
  let high = 1
  while (!holds(high)) {
    if (high >= CALLS_MAX) return null
    high *= 2
  }
  return firstBetween(Math.floor(high / 2), high, holds)
}

/** Smallest n above `low`, which is below the first, up to `high`, for which the condition holds. */
function firstBetween(low: number, high: number, holds: (calls: number) => boolean): number {
  let below = Math.max(0, low)
  let first = high
  while (first - below > 1) {
    const middle = Math.floor((below + first) / 2)
    if (holds(middle)) first = middle
    else below = middle
  }
  return first
}
