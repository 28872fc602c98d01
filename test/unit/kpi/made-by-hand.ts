/** Calls and tickets for tests: one ordinary record each, of which a test changes what it is about. */
import type { Call } from '../../../kpi/call.ts'
import type { Definitions } from '../../../kpi/definitions.ts'
import type { Ticket } from '../../../kpi/ticket.ts'

export const PANJIN_DEFINITIONS: Definitions = {
  shortAbandonMsMax: 0,
  answerThresholdMs: 15_000,
  positiveRatingMin: 3,
  satisfiedMin: 3,
}

/** An inbound call, answered after 8 s in the queue, not rated. */
export function aCall(change: Partial<Call> = {}): Call {
  return {
    callId: 'call-1',
    revision: 1,
    arrivedAtMs: 0,
    line: '12345',
    region: '211102',
    direction: 'INBOUND',
    caller: 'p-1',
    queuedAtMs: 2000,
    answeredAtMs: 10_000,
    endedAtMs: 70_000,
    agent: 'seat-1',
    outcome: 'ANSWERED',
    rating: null,
    emittedAtMs: 70_000,
    ...change,
  }
}

/** A ticket that was accepted and nothing else yet. */
export function aTicket(change: Partial<Ticket> = {}): Ticket {
  return {
    ticketId: 'ticket-1',
    revision: 1,
    acceptedAtMs: 0,
    callId: null,
    channel: 'PHONE',
    line: '12345',
    region: '211102',
    category: '',
    kind: 'HELP',
    status: 'ACCEPTED',
    resolution: null,
    unit: null,
    dueAtMs: null,
    closedAtMs: null,
    followedUpAtMs: null,
    satisfaction: null,
    emittedAtMs: 0,
    ...change,
  }
}
