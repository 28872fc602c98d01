/**
 * Seats seen on a call, by quarter-hour: what is known of the staffing of a real period without a roster. A lower
 * bound: who was on duty and had no call in a quarter-hour is not seen in it.
 */
import { CELL_MS } from '../cell.ts'
import type { Duty } from '../queueing/duties.ts'
import { isUncounted, type RecordedCalls, wasAnswered } from './recorded-calls.ts'
import { dutiesOfCounts } from './roster.ts'

/** Distinct seats that spoke in each cell of the range. */
export function seatsSeen(calls: RecordedCalls): Int32Array {
  const { fromAtMs, toAtMs } = calls.range
  const cells = Array.from({ length: Math.ceil((toAtMs - fromAtMs) / CELL_MS) }, () => new Set<number>())
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    const seat = calls.seats[at]!
    const spoke = calls.outbound[at] === 1 || wasAnswered(calls, at)
    if (seat < 0 || !spoke || isUncounted(calls, at)) continue
    const startAtMs = calls.outbound[at] === 1 ? calls.arrivedAtMs[at]! : calls.answeredAtMs[at]!
    const last = Math.min(cells.length - 1, Math.floor((calls.endedAtMs[at]! - fromAtMs) / CELL_MS))
    for (let cell = Math.max(0, Math.floor((startAtMs - fromAtMs) / CELL_MS)); cell <= last; cell += 1)
      cells[cell]!.add(seat)
  }
  return Int32Array.from(cells, (seen) => seen.size)
}

export function dutiesSeen(calls: RecordedCalls): Duty[] {
  const counts = [...seatsSeen(calls)]
  const startsAtMs = counts.map((_, cell) => calls.range.fromAtMs + cell * CELL_MS)
  return dutiesOfCounts({ startsAtMs, counts, toAtMs: calls.range.toAtMs })
}
