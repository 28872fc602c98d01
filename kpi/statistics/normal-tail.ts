/**
 * Two-sided tail of the standard normal distribution: the probability of lying at least |z| from 0.
 *
 *     |z| < 3   1 − 2 φ(z) (z + z³/3 + z⁵/(3·5) + …)
 *     |z| ≥ 3   2 φ(z) / (z + 1/(z + 2/(z + 3/(z + …))))
 *
 * Source: Abramowitz and Stegun 26.2.11 and 26.2.14. Absolute error below 1e-14, in the far tail relative too.
 *
 * @returns 1 at z = 0, falling to 0
 */
export function twoSidedTail(z: number): number {
  const size = Math.abs(z)
  const density = Math.exp((-size * size) / 2) / Math.sqrt(2 * Math.PI)
  if (size < 3) {
    let term = size
    let sum = size
    for (let odd = 3; term > sum * 1e-17; odd += 2) {
      term *= (size * size) / odd
      sum += term
    }
    return 1 - 2 * density * sum
  }
  let fraction = size
  for (let step = 120; step >= 1; step -= 1) fraction = size + step / fraction
  return (2 * density) / fraction
}
