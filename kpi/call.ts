/**
 * A call 话务, and what it counts as.
 *
 * One call may have many revisions; everything here looks at a single one. Which revision speaks for
 * the call is decided in winner.ts.
 */
import type { Definitions } from './definitions.ts'
import { DAY_MS } from './local-date.ts'

export const DIRECTIONS = ['INBOUND', 'OUTBOUND'] as const
export type Direction = (typeof DIRECTIONS)[number]

export const CALL_OUTCOMES = [
  'ANSWERED',
  'WAITING_ABANDONED',
  'RINGING_ABANDONED',
  'IVR_COMPLETED',
  'IVR_ABANDONED',
  'NO_SEAT',
  'FLOWED_OUT',
  'BLACKLISTED',
  'SYSTEM_FAILED',
  'TEST',
  'VOID',
] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** The whole known state of one call at one revision. Instants are UTC epoch milliseconds. */
export interface Call {
  callId: string
  /** 1 or more; the highest one known wins. */
  revision: number
  arrivedAtMs: number
  /** Number that was dialled. */
  line: string
  /** GB/T 2260 code of the caller's district; empty if unknown. */
  region: string
  direction: Direction
  /** Pseudonym of the caller's number; empty if withheld. */
  caller: string
  /** When the caller asked for a person; null if never. */
  queuedAtMs: number | null
  /** First answer by a person; null if none. */
  answeredAtMs: number | null
  endedAtMs: number
  /** Seat that answered first. */
  agent: string | null
  outcome: CallOutcome
  /** 1 to 5; null if not rated. */
  rating: number | null
  emittedAtMs: number
}

/** The six classes of an offered call. Each offered call is in exactly one. */
export const OFFERED_CLASSES = ['answered', 'abandoned', 'no_seat', 'flowed_out', 'failed', 'other'] as const
export type OfferedClass = (typeof OFFERED_CLASSES)[number]

/** Outcomes that say the record is not a citizen's call at all. */
export const NOT_A_CITIZEN: ReadonlySet<CallOutcome> = new Set(['TEST', 'BLACKLISTED', 'VOID'])

const ABANDONED: ReadonlySet<CallOutcome> = new Set(['WAITING_ABANDONED', 'RINGING_ABANDONED'])

/** Whether a person answered and at least a millisecond was spoken, whatever the outcome says. */
export function isAnswered(call: Call): boolean {
  return call.answeredAtMs !== null && call.endedAtMs > call.answeredAtMs
}

/**
 * Whether a waiting caller gave up so soon that the profile does not count the call.
 *
 * `shortAbandonMsMax` is inclusive; 0 switches the rule off, also for calls that waited 0 ms.
 */
export function isShortAbandon(call: Call, shortAbandonMsMax: number): boolean {
  if (shortAbandonMsMax === 0 || call.queuedAtMs === null) return false
  if (isAnswered(call) || !ABANDONED.has(call.outcome)) return false
  return call.endedAtMs - call.queuedAtMs <= shortAbandonMsMax
}

/**
 * Says whether a call asked for a person, which is what the connection rate is about.
 *
 * Definition and source: kpi/README.md#offered.
 */
export function isOffered(call: Call, definitions: Definitions): boolean {
  if (call.direction !== 'INBOUND' || call.queuedAtMs === null) return false
  if (NOT_A_CITIZEN.has(call.outcome)) return false
  return !isShortAbandon(call, definitions.shortAbandonMsMax)
}

/** Whether a record came in more than a day after its call had ended. Of every record of a call, not of the winner alone. */
export function isLate({ emittedAtMs, endedAtMs }: Pick<Call, 'emittedAtMs' | 'endedAtMs'>): boolean {
  return emittedAtMs > endedAtMs + DAY_MS
}

/** The one class of an offered call, the first that applies. Asks nothing of calls that were not offered. */
export function classOf(call: Call): OfferedClass {
  if (isAnswered(call)) return 'answered'
  if (ABANDONED.has(call.outcome)) return 'abandoned'
  if (call.outcome === 'NO_SEAT') return 'no_seat'
  if (call.outcome === 'FLOWED_OUT') return 'flowed_out'
  if (call.outcome === 'SYSTEM_FAILED') return 'failed'
  return 'other'
}
