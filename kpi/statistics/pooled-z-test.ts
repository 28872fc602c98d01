import type { Counts } from './counts.ts'
import { twoSidedTail } from './normal-tail.ts'

export interface ZTest {
  z: number
  /** Two-sided, 0 to 1. */
  p: number
}

/**
 * Pooled two-sided z test of two independent ratios.
 *
 *     z = (p₁ − p₂) / √(p(1 − p)(1/n₁ + 1/n₂)),   p = (x₁ + x₂)/(n₁ + n₂)
 *
 * Source: J. L. Devore, Probability and Statistics for Engineering and the Sciences, section 9.4.
 *
 * @returns z 0 and p 1 where nothing can differ: one side without calls, or all answered, or none
 */
export function pooledZTest(one: Counts, other: Counts): ZTest {
  const count = one.offeredCount + other.offeredCount
  const pooled = (one.answeredCount + other.answeredCount) / count
  const variance = pooled * (1 - pooled) * (1 / one.offeredCount + 1 / other.offeredCount)
  if (!(variance > 0 && Number.isFinite(variance))) return { z: 0, p: 1 }
  const z = (one.answeredCount / one.offeredCount - other.answeredCount / other.offeredCount) / Math.sqrt(variance)
  return { z, p: twoSidedTail(z) }
}
