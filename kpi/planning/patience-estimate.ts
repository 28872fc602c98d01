/**
 * How long callers wait before they hang up, from those who did and those who were answered first.
 *
 * Whoever was answered would have waited longer: such waits are censored. For exponential patience the maximum
 * likelihood is all waiting together over the number who hung up:
 *
 *     θ = D / T        mean patience 1/θ = T / D        interval (T / D) · exp(∓ z / √D)
 *
 * D: abandons; T: the waits of all, answered, passed on or not. Sources: D. R. Cox, D. Oakes, Analysis of Survival Data
 * (1984), section 3.2; for hotlines L. Brown et al., J. American Statistical Association 100 (2005), 36–50, section 5.
 */
import { hasAbandoned, hasFailed, isUncounted, type RecordedCalls, wasRefused } from './recorded-calls.ts'

export interface PatienceEstimate {
  /** Mean patience, ms; `null` where nobody hung up. */
  msMean: number | null
  /** Of the confidence that was asked for, ms. */
  lowerMs: number | null
  upperMs: number | null
  abandonsCount: number
  /** T, ms. */
  waitedMs: number
}

export function estimatePatience(calls: RecordedCalls, z: number): PatienceEstimate {
  let abandonsCount = 0
  let waitedMs = 0
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    const queuedAtMs = calls.queuedAtMs[at]!
    if (calls.outbound[at] === 1 || Number.isNaN(queuedAtMs) || isUncounted(calls, at)) continue
    if (hasFailed(calls, at) || wasRefused(calls, at)) continue // they did not wait
    const answeredAtMs = calls.answeredAtMs[at]!
    waitedMs += (Number.isNaN(answeredAtMs) ? calls.endedAtMs[at]! : answeredAtMs) - queuedAtMs
    if (hasAbandoned(calls, at)) abandonsCount += 1
  }
  return patienceOfTotals(abandonsCount, waitedMs, z)
}

/** The same from the two totals. */
export function patienceOfTotals(abandonsCount: number, waitedMs: number, z: number): PatienceEstimate {
  if (abandonsCount === 0) return { msMean: null, lowerMs: null, upperMs: null, abandonsCount, waitedMs }
  const msMean = waitedMs / abandonsCount
  const factor = Math.exp(z / Math.sqrt(abandonsCount))
  return { msMean, lowerMs: msMean / factor, upperMs: msMean * factor, abandonsCount, waitedMs }
}
