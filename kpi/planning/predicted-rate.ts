/** Rates as the seeds show them: their mean, and where one more run would lie. */
import type { Counts } from '../statistics/counts.ts'
import { normalQuantile } from '../statistics/normal-quantile.ts'
import type { CellCounts } from './seed-counts.ts'

export interface PredictedRate {
  /** Mean of the seeds' rates, 0 to 1; `null` without calls. */
  ratio: number | null
  /**
   * Interval in which one more run lies with the confidence: mean ∓ t·s·√(1 + 1/n). `null` with fewer than 3 seeds.
   */
  lower: number | null
  upper: number | null
  /** Mean offered calls of the seeds. */
  offeredCount: number
}

/** Calls of some cells; all of them without a list. */
export function countsOf({ offered, answered }: CellCounts, cells?: ArrayLike<number>): Counts {
  let offeredCount = 0
  let answeredCount = 0
  const length = cells?.length ?? offered.length
  for (let at = 0; at < length; at += 1) {
    const cell = cells === undefined ? at : cells[at]!
    offeredCount += offered[cell]!
    answeredCount += answered[cell]!
  }
  return { offeredCount, answeredCount }
}

export function predictedRate(seeds: readonly Counts[], confidence: number): PredictedRate {
  const offeredCount = seeds.reduce((sum, counts) => sum + counts.offeredCount, 0) / Math.max(1, seeds.length)
  const ratios = seeds
    .filter((counts) => counts.offeredCount > 0)
    .map((counts) => counts.answeredCount / counts.offeredCount)
  if (ratios.length === 0) return { ratio: null, lower: null, upper: null, offeredCount }
  const ratio = ratios.reduce((sum, value) => sum + value, 0) / ratios.length
  if (ratios.length < 3) return { ratio, lower: null, upper: null, offeredCount }
  const variance = ratios.reduce((sum, value) => sum + (value - ratio) ** 2, 0) / (ratios.length - 1)
  const reach = studentQuantile((1 + confidence) / 2, ratios.length - 1) * Math.sqrt(variance * (1 + 1 / ratios.length))
  return { ratio, lower: Math.max(0, ratio - reach), upper: Math.min(1, ratio + reach), offeredCount }
}

/**
 * Quantile of Student's t by its expansion around the normal one; at 97.5 % within 1 % from 4 degrees of freedom on.
 *
 * Source: Abramowitz and Stegun 26.7.5.
 */
export function studentQuantile(probability: number, degrees: number): number {
  const z = normalQuantile(probability)
  const g1 = (z ** 3 + z) / 4
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3
}
