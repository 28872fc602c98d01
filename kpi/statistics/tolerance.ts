/** The tolerance 容许偏差 of the contract, by plain arithmetic: no statistics, no rounding. */
import type { Counts } from './counts.ts'
import type { Deviation } from './part-whole.ts'

/** A tolerance is taken to a millionth of a point, so that 2.1 means 2.1 and not its neighbour in binary. */
const PARTS_PER_POINT = 1_000_000
/** Further from the edge than this, binary fractions cannot be mistaken; nearer, whole numbers decide. */
const ROUGH_POINTS_MIN = 1e-6

/**
 * Whether the deviation of a window is at least −tolerance. Exact: a window at −2.00 points holds a tolerance of 2.
 *
 *     100 (x_W / n_W − x / n) ≥ −δ
 *
 * @param tolerancePoints 0 to 100
 * @returns `null` for a window without calls
 */
export function isWithinTolerance(window: Counts, overall: Counts, tolerancePoints: number): boolean | null {
  if (window.offeredCount === 0) return null
  const roughPoints =
    100 * (window.answeredCount / window.offeredCount - overall.answeredCount / overall.offeredCount) + tolerancePoints
  if (Math.abs(roughPoints) > ROUGH_POINTS_MIN) return roughPoints > 0
  const answered = BigInt(window.answeredCount) * BigInt(overall.offeredCount)
  const asOverall = BigInt(overall.answeredCount) * BigInt(window.offeredCount)
  const size = BigInt(window.offeredCount) * BigInt(overall.offeredCount)
  return (
    100n * BigInt(PARTS_PER_POINT) * (answered - asOverall) >=
    -BigInt(Math.round(tolerancePoints * PARTS_PER_POINT)) * size
  )
}

/** The least tolerance for which the window is stable: "holds for any tolerance from 1.37 points on". 0 or more. */
export function leastTolerancePoints(deviation: Deviation): number {
  return Math.max(0, -deviation.lowerPoints)
}
