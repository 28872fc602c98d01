/**
 * The score of an evaluation: points of each indicator, their sum, and the grade it gives.
 *
 * A score that cannot be known yet is `null`, and so is the sum: a total with a hole would be read as a low one.
 */
import { compareToDecimal, decimalOf } from './exact.ts'
import type { Fraction } from './fraction.ts'
import { type Rounding, roundedText } from './rounding.ts'
import { isSettled, type Status } from './status.ts'

/** What a target that was missed still earns. */
export const SHORTFALL_RULES = ['proportional', 'none'] as const
export type ShortfallRule = (typeof SHORTFALL_RULES)[number]

export interface ScoringRule {
  shortfall: ShortfallRule
  /** Digits of a score after the point. Sums are of rounded scores, so that a printed column adds up. */
  decimals: number
  rounding: Rounding
}

/** A grade 等级 and the least score that earns it. */
export interface GradeFrom {
  grade: string
  from: number
}

/** What was reached: a quotient of whole numbers, and how settled it is. Supplied figures are `final`. */
export interface Achievement {
  fraction: Fraction
  status: Status
}

/**
 * Points of a figure with a target.
 *
 *     weight                      where actual ≥ target
 *     weight · actual / target    below it, if the rule is `proportional`, else 0
 *
 * Exact until the last step, then rounded once.
 *
 * @param targetRatio more than 0
 * @returns `null` while the figure is not settled, and where there is nothing to divide by
 */
export function scoreOf(
  { fraction, status }: Achievement,
  weight: number,
  targetRatio: number,
  { shortfall, decimals, rounding }: ScoringRule,
): number | null {
  if (!isSettled(status) || fraction.denominator === 0) return null
  if (compareToDecimal(fraction, targetRatio) >= 0) return weight
  if (shortfall === 'none') return 0
  const points = decimalOf(weight)
  const target = decimalOf(targetRatio)
  const numerator = points.numerator * BigInt(fraction.numerator) * target.denominator
  const denominator = points.denominator * BigInt(fraction.denominator) * target.numerator
  return Number(roundedText(numerator, denominator, { rounding, decimals }))
}

/** Sum of points without the noise of binary fractions. */
export function sumOfPoints(points: readonly number[], decimals: number): number {
  return Number(points.reduce((sum, part) => sum + part, 0).toFixed(decimals))
}

/** The grade of a score: the highest whose lower bound it reaches; `null` if it reaches none. */
export function gradeOf(score: number, grades: readonly GradeFrom[]): string | null {
  const reached = grades.filter(({ from }) => score >= from).sort((one, other) => other.from - one.from)
  return reached[0]?.grade ?? null
}
