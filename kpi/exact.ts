/** Comparison without rounding: of a quotient of integers with a number as people wrote it. */
import type { Fraction } from './fraction.ts'

/** Below 0, 0 or above 0 as the quotient lies below, on or above the number. `0.8` is eight tenths, exactly. */
export function compareToDecimal({ numerator, denominator }: Fraction, decimal: number): number {
  const written = decimalOf(decimal)
  const difference = BigInt(numerator) * written.denominator - written.numerator * BigInt(denominator)
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
}

/** The shortest decimal that stands for a number, as a quotient: what was written in the file, not its binary neighbour. */
export function decimalOf(decimal: number): { numerator: bigint; denominator: bigint } {
  const [mantissa = '0', exponent = '0'] = String(decimal).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const digits = BigInt(whole + fraction)
  const power = Number(exponent) - fraction.length
  return power >= 0
    ? { numerator: digits * 10n ** BigInt(power), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-power) }
}
