/** Numerator and denominator of a rate: what is stored and added. A ratio is only ever computed from the two, at the end. */
export interface Fraction {
  numerator: number
  denominator: number
}

/** @returns a ratio from 0 to 1, or `null` where there is nothing to divide by: neither 0 % nor 100 % would be true */
export function ratioOf({ numerator, denominator }: Fraction): number | null {
  return denominator === 0 ? null : numerator / denominator
}
