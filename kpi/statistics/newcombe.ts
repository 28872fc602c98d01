import type { Interval } from './interval.ts'
import { wilsonInterval } from './wilson.ts'

/**
 * Newcombe's hybrid score interval for the difference of two independent ratios, `one − other`.
 *
 *     lower = d − √((p₁ − l₁)² + (u₂ − p₂)²)      upper = d + √((u₁ − p₁)² + (p₂ − l₂)²)
 *
 * with the Wilson bounds l, u of each. Source: R. G. Newcombe, Interval estimation for the difference between
 * independent proportions, Statistics in Medicine 17 (1998), 873–890, method 10 (without continuity correction).
 *
 * @returns bounds from −1 to 1, as ratios, not points
 */
export function newcombeInterval(
  oneRatio: number,
  oneCount: number,
  otherRatio: number,
  otherCount: number,
  z: number,
): Interval {
  const one = wilsonInterval(oneRatio, oneCount, z)
  const other = wilsonInterval(otherRatio, otherCount, z)
  const difference = oneRatio - otherRatio
  return {
    lower: difference - Math.hypot(oneRatio - one.lower, other.upper - otherRatio),
    upper: difference + Math.hypot(one.upper - oneRatio, otherRatio - other.lower),
  }
}
