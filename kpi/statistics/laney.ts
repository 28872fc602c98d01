/**
 * Laney's p′ chart: limits for a sequence of rates whose days differ by more than chance alone would explain.
 *
 *     z_i = (p_i − p̄) / √(p̄(1 − p̄)/n_i)        p̄ = Σx / Σn
 *     σ_z = mean |z_i − z_{i−1}| / 1.128
 *     limits = p̄ ± 3 σ_z √(p̄(1 − p̄)/n_i), clipped to [0, 1]
 *
 * With σ_z = 1 it is the ordinary p chart. Sources: D. B. Laney, Improved control charts for attributes, Quality
 * Engineering 14 (2002), 531–537; M. A. Mohammed et al., BMJ Quality & Safety 22 (2013), 362–368; least number of
 * calls: ASTM E2587.
 */
import type { Counts } from './counts.ts'
import type { Interval } from './interval.ts'

/** Mean of |difference| of two standard normal values, the factor of moving ranges of two. */
const D2 = 1.128
const EXPECTED_COUNT_MIN = 4

export interface Spread {
  /** p̄ of the sequence; `null` when none of it has calls. */
  meanRatio: number | null
  /** σ_z; 1 when it cannot be told: fewer than 2 instances with calls, or p̄ of 0 or 1. */
  sigmaZ: number
}

/** Mean and spread of a sequence in time order; instances without calls are left out. */
export function spreadOf(sequence: readonly Counts[]): Spread {
  const called = sequence.filter((counts) => counts.offeredCount > 0)
  const offeredCount = called.reduce((sum, counts) => sum + counts.offeredCount, 0)
  const answeredCount = called.reduce((sum, counts) => sum + counts.answeredCount, 0)
  if (offeredCount === 0) return { meanRatio: null, sigmaZ: 1 }
  const meanRatio = answeredCount / offeredCount
  if (called.length < 2 || answeredCount === 0 || answeredCount === offeredCount) return { meanRatio, sigmaZ: 1 }
  const zs = called.map(({ offeredCount: n, answeredCount: x }) => (x / n - meanRatio) / deviationAt(meanRatio, n))
  let movingRangeSum = 0
  for (let at = 1; at < zs.length; at += 1) movingRangeSum += Math.abs(zs[at]! - zs[at - 1]!)
  return { meanRatio, sigmaZ: movingRangeSum / (zs.length - 1) / D2 }
}

/** σ_z² as the divisor of counts in an interval: never below 1, so it cannot make few calls look like many. */
export function dispersionOf(spread: Spread): number {
  return Math.max(1, spread.sigmaZ ** 2)
}

/** Control limits of a point of `offeredCount` calls, ratios; `null` where the sequence has no mean or the point no calls. */
export function controlLimits(spread: Spread, offeredCount: number): Interval | null {
  if (spread.meanRatio === null || offeredCount === 0) return null
  const reach = 3 * spread.sigmaZ * deviationAt(spread.meanRatio, offeredCount)
  return { lower: Math.max(0, spread.meanRatio - reach), upper: Math.min(1, spread.meanRatio + reach) }
}

/**
 * Fewest calls at which a point may be flagged: with fewer than 4 expected misses (or hits) three sigmas mean
 * nothing. 202 at 98.01 %; Infinity at 0 and 100 %.
 */
export function callsToFlagMin(meanRatio: number): number {
  return Math.ceil(EXPECTED_COUNT_MIN / Math.min(meanRatio, 1 - meanRatio))
}

/** `low` or `high` if a point lies strictly outside its limits and has calls enough to be flagged, else `none`. */
export function flagOf(spread: Spread, { offeredCount, answeredCount }: Counts): 'low' | 'high' | 'none' {
  const limits = controlLimits(spread, offeredCount)
  if (limits === null || offeredCount < callsToFlagMin(spread.meanRatio!)) return 'none'
  const ratio = answeredCount / offeredCount
  if (ratio < limits.lower) return 'low'
  return ratio > limits.upper ? 'high' : 'none'
}

function deviationAt(meanRatio: number, offeredCount: number): number {
  return Math.sqrt((meanRatio * (1 - meanRatio)) / offeredCount)
}
