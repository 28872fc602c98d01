/**
 * The least connection rate over any continuous 24 hours 连续24小时接通率.
 *
 * GB/T 33358-2016 asks for at least 95 % over any continuous 24 hours, so the window slides by the cell and does not
 * care for midnight.
 */
import { CELL_MS } from '../cell.ts'
import type { Counts } from './counts.ts'

export const ROLLING_TARGET_RATIO = 0.95

const CELLS_PER_24_HOURS = 96

export interface RollingLow extends Counts {
  startAtMs: number
  /** 24 hours after `startAtMs`; out. */
  endAtMs: number
  /** 0 to 1. */
  ratio: number
}

/**
 * The earliest of the windows [t, t + 24 h) with the least rate: t on cell boundaries, the window wholly in the
 * series, those without calls skipped.
 *
 * @param offeredSums running sums of offered calls by cell, see `runningSums`
 * @param answeredSums the same of answered calls
 * @param from place of the period's first cell, `to` that after its last
 * @returns `null` where the period is shorter than 24 hours or has no calls
 */
export function leastRolling24Hours(
  offeredSums: Float64Array,
  answeredSums: Float64Array,
  seriesFromAtMs: number,
  from: number,
  to: number,
): RollingLow | null {
  let leastOffered = 0
  let leastAnswered = 0
  let leastAt = -1
  for (let at = from; at + CELLS_PER_24_HOURS <= to; at += 1) {
    const offered = offeredSums[at + CELLS_PER_24_HOURS]! - offeredSums[at]!
    if (offered === 0) continue
    const answered = answeredSums[at + CELLS_PER_24_HOURS]! - answeredSums[at]!
    // Whole numbers multiplied crosswise: no rounding decides which of two equal rates is less.
    if (leastAt >= 0 && answered * leastOffered >= leastAnswered * offered) continue
    leastOffered = offered
    leastAnswered = answered
    leastAt = at
  }
  if (leastAt < 0) return null
  const startAtMs = seriesFromAtMs + leastAt * CELL_MS
  return {
    startAtMs,
    endAtMs: startAtMs + CELLS_PER_24_HOURS * CELL_MS,
    offeredCount: leastOffered,
    answeredCount: leastAnswered,
    ratio: leastAnswered / leastOffered,
  }
}
