/** Whether a rate meets its target, decided on the exact quotient: a rate rounded up to its target has not met it. */
import { compareToDecimal } from './exact.ts'
import type { Fraction } from './fraction.ts'
import type { Direction } from './kpi.ts'

/**
 * @param targetRatio as the profile writes it, 0 to 1; `null` if there is none
 * @returns `null` without a target or without anything to divide by
 */
export function met(fraction: Fraction, targetRatio: number | null, direction: Direction): boolean | null {
  if (targetRatio === null || fraction.denominator === 0) return null
  const side = compareToDecimal(fraction, targetRatio)
  return direction === 'higher-is-better' ? side >= 0 : side <= 0
}
