/**
 * What the calls of a cell, or of any union of cells, add up to.
 *
 * The names are the columns of table `call_cells`. Definitions: kpi/README.md#offered.
 */
import { type Call, classOf, isAnswered, isOffered, isShortAbandon, NOT_A_CITIZEN } from './call.ts'
import type { Definitions } from './definitions.ts'
import { isSimulated } from './simulated.ts'

export const CALL_COUNT_NAMES = [
  'offered',
  'answered',
  'answered_fast',
  'abandoned',
  'no_seat',
  'flowed_out',
  'failed',
  'other',
  'short_abandoned',
  'rated',
  'rated_good',
  'waited_ms',
  'outbound',
  'outbound_answered',
  'simulated',
] as const

/** offered = answered + abandoned + no_seat + flowed_out + failed + other, always. `waited_ms` is of answered calls. */
export type CallCounts = Record<(typeof CALL_COUNT_NAMES)[number], number>

export const NO_CALLS: Readonly<CallCounts> = Object.freeze({
  offered: 0,
  answered: 0,
  answered_fast: 0,
  abandoned: 0,
  no_seat: 0,
  flowed_out: 0,
  failed: 0,
  other: 0,
  short_abandoned: 0,
  rated: 0,
  rated_good: 0,
  waited_ms: 0,
  outbound: 0,
  outbound_answered: 0,
  simulated: 0,
})

export function addCallCounts(one: CallCounts, other: CallCounts): CallCounts {
  const sum = { ...one }
  for (const name of CALL_COUNT_NAMES) sum[name] += other[name]
  return sum
}

/** What one winning call adds to the cell of its arrival. */
export function countCall(call: Call, definitions: Definitions): CallCounts {
  const counts = { ...NO_CALLS }
  if (isSimulated(call.callId)) counts.simulated = 1
  if (NOT_A_CITIZEN.has(call.outcome)) return counts
  if (call.direction === 'OUTBOUND') {
    counts.outbound = 1
    if (isAnswered(call)) counts.outbound_answered = 1
    return counts
  }
  if (isShortAbandon(call, definitions.shortAbandonMsMax)) counts.short_abandoned = 1
  if (isOffered(call, definitions)) countOffered(counts, call, definitions)
  return counts
}

function countOffered(counts: CallCounts, call: Call, definitions: Definitions): void {
  counts.offered = 1
  const offeredClass = classOf(call)
  counts[offeredClass] = 1
  if (offeredClass !== 'answered') return
  counts.waited_ms = call.answeredAtMs! - call.queuedAtMs!
  if (counts.waited_ms <= definitions.answerThresholdMs) counts.answered_fast = 1
  if (call.rating === null) return
  counts.rated = 1
  if (call.rating >= definitions.positiveRatingMin) counts.rated_good = 1
}
