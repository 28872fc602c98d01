/**
 * Percentages as text, rounded from the exact quotient of two integers.
 *
 * Published figures are rounded differently: 18,851 / 19,668 was published as 95.84 % (truncated; half-up gives
 * 95.85). So the rule is a setting, and no floating-point number comes between the counts and the text.
 */
import type { Fraction } from './fraction.ts'

export type Rounding = 'half-up' | 'half-even' | 'truncate'

/** How a report writes percentages. */
export interface Report {
  rounding: Rounding
  /** Digits after the point. */
  decimals: number
}

/** `100 · numerator / denominator` with exactly `decimals` digits after the point, `null` if the denominator is 0. */
export function percentOf({ numerator, denominator }: Fraction, report: Report): string | null {
  return denominator === 0 ? null : roundedText(100n * BigInt(numerator), BigInt(denominator), report)
}

/** A quotient with exactly `decimals` digits after the point. Numerator 0 or more, denominator more than 0. */
export function roundedText(numerator: bigint, denominator: bigint, { rounding, decimals }: Report): string {
  return placePoint(divide(10n ** BigInt(decimals) * numerator, denominator, rounding), decimals)
}

/** Numerator and denominator both 0 or more. */
function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator
  const twiceRest = 2n * (numerator % denominator)
  if (rounding === 'truncate' || twiceRest < denominator) return quotient
  if (twiceRest > denominator || rounding === 'half-up') return quotient + 1n
  return quotient + (quotient % 2n)
}

function placePoint(scaled: bigint, decimals: number): string {
  if (decimals === 0) return String(scaled)
  const digits = String(scaled).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
