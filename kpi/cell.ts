/**
 * The cell: a quarter of an hour of UTC, the smallest window that is counted.
 *
 * Every zone offset in use is a multiple of it, so cells add up to local hours, days and peaks everywhere.
 */
import { invariant } from './invariant.ts'

export const CELL_MS = 15 * 60_000

/** Start of the quarter-hour that holds an instant: `startAtMs` is inside, `startAtMs + CELL_MS` is not. */
export function cellOf(instantAtMs: number): number {
  invariant(Number.isSafeInteger(instantAtMs), 'the decoder lets only whole milliseconds through')
  return Math.floor(instantAtMs / CELL_MS) * CELL_MS
}
