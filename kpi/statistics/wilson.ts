import type { Interval } from './interval.ts'

/**
 * Wilson's score interval for a ratio.
 *
 *     (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Source: E. B. Wilson, JASA 22 (1927), 209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872.
 *
 * @param ratio 0 to 1
 * @param count how many it is of, more than 0; need not be whole (overdispersion divides it)
 * @param z quantile of the confidence, see `zOfConfidence`
 * @returns bounds from 0 to 1; exactly 0 at ratio 0, exactly 1 at ratio 1
 */
export function wilsonInterval(ratio: number, count: number, z: number): Interval {
  const zz = z * z
  const centre = ratio + zz / (2 * count)
  const reach = z * Math.sqrt((ratio * (1 - ratio)) / count + zz / (4 * count * count))
  const scale = 1 + zz / count
  return {
    lower: ratio === 0 ? 0 : Math.max(0, (centre - reach) / scale),
    upper: ratio === 1 ? 1 : Math.min(1, (centre + reach) / scale),
  }
}
