/** Continuity of the records, and of the service: 7×24 is a term of the contract. */
import { CELL_MS } from './cell.ts'
import { type CellSums, sumOf } from './cell-series.ts'
import { boundariesOf } from './periods.ts'
import type { Range } from './range.ts'
import { cellIndexOf } from './window-cells.ts'
import type { Zone } from './zone.ts'

/** Cells in a row without a single record, half-open. */
export interface Silence {
  startAtMs: number
  endAtMs: number
}

/** A local hour in which people asked for a person and none was answered. */
export interface UnansweredHour {
  startAtMs: number
  endAtMs: number
  offeredCount: number
}

export interface Continuity {
  /** The earliest of the longest; `null` if every cell has a record. */
  longestSilence: Silence | null
  /** In order of time. */
  unansweredHours: UnansweredHour[]
}

/**
 * @param range the part of the period that the watermark has passed: what is still to come is not silence
 */
export function continuityOf(cells: CellSums, zone: Zone, range: Range): Continuity {
  return { longestSilence: longestSilenceIn(cells, range), unansweredHours: unansweredHoursIn(cells, zone, range) }
}

function longestSilenceIn(cells: CellSums, range: Range): Silence | null {
  const evidence = cells.sums.evidence
  const from = cellIndexOf(cells.range.fromAtMs, range.fromAtMs)
  const to = cellIndexOf(cells.range.fromAtMs, range.toAtMs)
  let longestFrom = from
  let longestTo = from
  let silentFrom = from
  for (let at = from; at < to; at += 1) {
    if (evidence[at + 1]! > evidence[at]!) silentFrom = at + 1
    else if (at + 1 - silentFrom > longestTo - longestFrom) {
      longestFrom = silentFrom
      longestTo = at + 1
    }
  }
  if (longestTo === longestFrom) return null
  return {
    startAtMs: cells.range.fromAtMs + longestFrom * CELL_MS,
    endAtMs: cells.range.fromAtMs + longestTo * CELL_MS,
  }
}

function unansweredHoursIn(cells: CellSums, zone: Zone, range: Range): UnansweredHour[] {
  const found: UnansweredHour[] = []
  const boundariesAtMs = boundariesOf(zone, range, 'hour')
  for (let at = 0; at + 1 < boundariesAtMs.length; at += 1) {
    const startAtMs = boundariesAtMs[at]!
    const endAtMs = boundariesAtMs[at + 1]!
    const offeredCount = sumOf(cells, 'offered', startAtMs, endAtMs)
    if (offeredCount === 0 || sumOf(cells, 'answered', startAtMs, endAtMs) > 0) continue
    found.push({ startAtMs, endAtMs, offeredCount })
  }
  return found
}
