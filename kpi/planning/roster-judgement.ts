/** Whether a roster holds: what the contract asks of peaks, and floors below which even steadiness is worth nothing. */
import { ratioOf } from '../statistics/counts.ts'
import { isWithinTolerance } from '../statistics/tolerance.ts'
import type { PlanWindows } from './plan-windows.ts'
import { countsOf } from './predicted-rate.ts'
import type { SeedCounts } from './seed-counts.ts'
import { leastRolling } from './what-if.ts'

export interface SteadyTerms {
  /** Every pooled peak and special period: at most this far below the overall rate, percentage points. */
  tolerancePoints: number
  /** The period's rate and that of each of its peaks, 0 to 1. */
  floor: number
  /** Any 24 hours, 0 to 1. */
  rollingFloor: number
}

/** What failed in a run, in words that stay the same: `tolerance evening`, `floor overall`, `rolling`. */
export type Failing = string

/** @returns what does not hold in one run; empty if everything does */
export function failingOf(seed: SeedCounts, windows: PlanWindows, terms: SteadyTerms): Failing[] {
  const overall = countsOf(seed)
  const failing: Failing[] = []
  if ((ratioOf(overall) ?? 1) < terms.floor) failing.push('floor overall')
  for (const { period, kind, month, cells } of windows.pooled) {
    const counts = countsOf(seed, cells)
    if (isWithinTolerance(counts, overall, terms.tolerancePoints) === false) {
      failing.push(`tolerance ${period}${month === null ? '' : ` ${month}`}`)
    }
    if (month === null && kind === 'peak' && (ratioOf(counts) ?? 1) < terms.floor) failing.push(`floor ${period}`)
  }
  const low = leastRolling(seed, windows)
  if (low !== null && low < terms.rollingFloor) failing.push('rolling')
  return failing
}
