/**
 * The calls of a period as planning looks at them: winners that asked for a person, and outbound calls, as columns by
 * arrival. Callers and seats are keys without meaning: equal keys, the same caller.
 */
import { CALL_OUTCOMES, type CallOutcome } from '../call.ts'
import type { Range } from '../range.ts'

export interface RecordedCalls {
  /** By `arrivedAtMs`; whole cells. */
  range: Range
  /** Rising. */
  arrivedAtMs: Float64Array
  /** NaN for what never was, here and below. */
  queuedAtMs: Float64Array
  answeredAtMs: Float64Array
  endedAtMs: Float64Array
  /** Places in `CALL_OUTCOMES`. */
  outcomes: Uint8Array
  /** 1 for outbound calls. */
  outbound: Uint8Array
  /** 0 for a withheld number. */
  callers: Float64Array
  /** -1 where no seat is known. */
  seats: Int32Array
  /** Places in the lists below. */
  lines: Uint16Array
  regions: Uint16Array
  lineNames: readonly string[]
  regionNames: readonly string[]
  /** Calls whose record says that it was generated. */
  simulatedCount: number
}

/** Room for a number of calls, in memory that threads share. */
export function recordedColumns(
  count: number,
): Omit<RecordedCalls, 'range' | 'lineNames' | 'regionNames' | 'simulatedCount'> {
  const numbers = () => new Float64Array(new SharedArrayBuffer(8 * count))
  const names = () => new Uint16Array(new SharedArrayBuffer(2 * count))
  return {
    arrivedAtMs: numbers(),
    queuedAtMs: numbers(),
    answeredAtMs: numbers(),
    endedAtMs: numbers(),
    outcomes: new Uint8Array(new SharedArrayBuffer(count)),
    outbound: new Uint8Array(new SharedArrayBuffer(count)),
    callers: numbers(),
    seats: new Int32Array(new SharedArrayBuffer(4 * count)),
    lines: names(),
    regions: names(),
  }
}

export function placeOfOutcome(outcome: CallOutcome): number {
  return CALL_OUTCOMES.indexOf(outcome)
}

const SYSTEM_FAILED = placeOfOutcome('SYSTEM_FAILED')
const FLOWED_OUT = placeOfOutcome('FLOWED_OUT')
const NO_SEAT = placeOfOutcome('NO_SEAT')
const UNCOUNTED = new Set((['TEST', 'BLACKLISTED', 'VOID'] as const).map(placeOfOutcome))
const ABANDONED = new Set((['WAITING_ABANDONED', 'RINGING_ABANDONED'] as const).map(placeOfOutcome))

/** Whether an inbound call was answered and at least a millisecond was spoken. */
export function wasAnswered(calls: RecordedCalls, at: number): boolean {
  return calls.endedAtMs[at]! > calls.answeredAtMs[at]!
}

export function isUncounted(calls: RecordedCalls, at: number): boolean {
  return UNCOUNTED.has(calls.outcomes[at]!)
}

export function hasFailed(calls: RecordedCalls, at: number): boolean {
  return calls.outcomes[at] === SYSTEM_FAILED && !wasAnswered(calls, at)
}

export function hasAbandoned(calls: RecordedCalls, at: number): boolean {
  return ABANDONED.has(calls.outcomes[at]!) && !wasAnswered(calls, at)
}

export function hasFlowedOut(calls: RecordedCalls, at: number): boolean {
  return calls.outcomes[at] === FLOWED_OUT && !wasAnswered(calls, at)
}

export function wasRefused(calls: RecordedCalls, at: number): boolean {
  return calls.outcomes[at] === NO_SEAT && !wasAnswered(calls, at)
}

/** Whether a call is in the connection rate: see kpi/call.ts, which says the same of a whole call. */
export function isOfferedRecord(calls: RecordedCalls, at: number, shortAbandonMsMax: number): boolean {
  if (calls.outbound[at] === 1 || Number.isNaN(calls.queuedAtMs[at]!) || isUncounted(calls, at)) return false
  if (shortAbandonMsMax === 0 || !hasAbandoned(calls, at)) return true
  return calls.endedAtMs[at]! - calls.queuedAtMs[at]! > shortAbandonMsMax
}
