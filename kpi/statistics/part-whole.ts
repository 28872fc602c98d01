/**
 * How far a window lies from the overall rate that it is itself a part of.
 *
 *     p_W − p_overall = (1 − w)(p_W − p_rest),   w = n_W / N
 *
 * Treating window and overall as independent would be wrong, so the interval is (1 − w) times Newcombe's for
 * p_W − p_rest, which are independent. Overdispersion divides both counts of the interval, never the rates or w.
 *
 * Source: the first line is algebra (the overall rate is the weighted mean of window and rest); the interval: newcombe.ts.
 */
import { type Counts, ratioOf, restOf } from './counts.ts'
import { newcombeInterval } from './newcombe.ts'

/** Percentage points 个百分点, −100 to 100; below 0 the window is worse than the overall rate. */
export interface Deviation {
  deviationPoints: number
  lowerPoints: number
  upperPoints: number
}

/**
 * @param window part of `overall`
 * @param z quantile of the confidence
 * @param dispersion σ_z² of the window's sequence; what is below 1 counts as 1 (a binomial spread)
 * @returns `null` for a window without calls; all 0 where the window is the whole
 */
export function deviationOf(window: Counts, overall: Counts, z: number, dispersion = 1): Deviation | null {
  if (window.offeredCount === 0) return null
  const rest = restOf(window, overall)
  return deviationFromRest(window.answeredCount / window.offeredCount, window.offeredCount, rest, z, dispersion)
}

/** The same for a window of any rate and size beside a rest that stays as it is. */
export function deviationFromRest(
  windowRatio: number,
  windowCount: number,
  rest: Counts,
  z: number,
  dispersion: number,
): Deviation {
  const restRatio = ratioOf(rest)
  if (restRatio === null) return { deviationPoints: 0, lowerPoints: 0, upperPoints: 0 }
  const spread = Math.max(1, dispersion)
  const interval = newcombeInterval(windowRatio, windowCount / spread, restRatio, rest.offeredCount / spread, z)
  const points = (100 * rest.offeredCount) / (windowCount + rest.offeredCount)
  return {
    deviationPoints: points * (windowRatio - restRatio),
    lowerPoints: points * interval.lower,
    upperPoints: points * interval.upper,
  }
}
