/**
 * When a call was queued, answered and ended, from whatever an export has: instants, or lengths in seconds.
 *
 *     arrived    queued      answered       ended
 *        | ivrSeconds | queueSeconds | talkSeconds |
 *        |               totalSeconds              |
 *
 * An instant that has a column of its own is taken as it stands, an empty cell is "never".
 */
import type { CallOutcome, Direction } from '../../kpi/call.ts'
import type { CALL_FIELDS } from './map-schema.ts'
import type { RowReader } from './row-reader.ts'

export interface CallInstants {
  arrivedAtMs: number
  queuedAtMs: number | null
  answeredAtMs: number | null
  endedAtMs: number
}

type Row = RowReader<(typeof CALL_FIELDS)[number]>

/** Outcomes of calls that no person was asked for. */
const BEFORE_THE_QUEUE: ReadonlySet<CallOutcome> = new Set(['IVR_COMPLETED', 'IVR_ABANDONED'])

/** What cannot be told is NaN, with a problem of the row. */
export function callInstantsOf(row: Row, outcome: CallOutcome, direction: Direction): CallInstants {
  const arrivedAtMs = row.requiredInstant('arrivedAt', Number.NEGATIVE_INFINITY)
  const ivrMs = row.lengthMs('ivrSeconds')
  const queueMs = row.lengthMs('queueSeconds')
  const talkMs = row.lengthMs('talkSeconds')
  const totalMs = row.lengthMs('totalSeconds')

  const mayQueue = direction === 'INBOUND' && !BEFORE_THE_QUEUE.has(outcome)
  const queuedByLengthMs = mayQueue ? arrivedAtMs + (ivrMs ?? 0) : null
  const queuedAtMs = row.has('queuedAt') ? row.instant('queuedAt', arrivedAtMs) : queuedByLengthMs
  const waitedFromAtMs = queuedAtMs ?? arrivedAtMs

  const writtenAnswerAtMs = row.instant('answeredAt', waitedFromAtMs)
  const writtenEndAtMs = row.instant('endedAt', writtenAnswerAtMs ?? waitedFromAtMs)
  const knownEndAtMs = writtenEndAtMs ?? (totalMs === null ? null : arrivedAtMs + totalMs)

  const answeredAtMs = row.has('answeredAt') ? writtenAnswerAtMs : answeredByLengths()
  return { arrivedAtMs, queuedAtMs, answeredAtMs, endedAtMs: endedAtMs() }

  function answeredByLengths(): number | null {
    const hasTalked = outcome === 'ANSWERED' || (talkMs !== null && talkMs > 0)
    if (!hasTalked || BEFORE_THE_QUEUE.has(outcome)) return null
    if (queueMs !== null) return waitedFromAtMs + queueMs
    if (knownEndAtMs !== null && talkMs !== null) return knownEndAtMs - talkMs
    row.problems.push('nothing says when the call was answered: queueSeconds, or talkSeconds and an end')
    return Number.NaN
  }

  function endedAtMs(): number {
    if (knownEndAtMs !== null) return knownEndAtMs
    if (answeredAtMs !== null && talkMs !== null) return answeredAtMs + talkMs
    if (answeredAtMs === null && queuedAtMs !== null && queueMs !== null) return queuedAtMs + queueMs
    if (answeredAtMs === null && queuedAtMs === null && ivrMs !== null) return arrivedAtMs + ivrMs
    row.problems.push('nothing says when the call ended: an end, or the seconds of its last part')
    return Number.NaN
  }
}
