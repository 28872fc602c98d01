/** A record made anew: other ids, another caller, all its instants later by the same time. What it says stays. */
import type { Call } from '../../kpi/call.ts'
import type { Ticket } from '../../kpi/ticket.ts'

const later = (atMs: number | null, moveMs: number) => (atMs === null ? null : atMs + moveMs)

export function movedCall(call: Call, moveMs: number, names: { callId: string; caller: string }): Call {
  return {
    ...call,
    ...names,
    arrivedAtMs: call.arrivedAtMs + moveMs,
    queuedAtMs: later(call.queuedAtMs, moveMs),
    answeredAtMs: later(call.answeredAtMs, moveMs),
    endedAtMs: call.endedAtMs + moveMs,
    emittedAtMs: call.emittedAtMs + moveMs,
  }
}

export function movedTicket(
  ticket: Ticket,
  moveMs: number,
  names: { ticketId: string; callId: string | null },
): Ticket {
  return {
    ...ticket,
    ...names,
    acceptedAtMs: ticket.acceptedAtMs + moveMs,
    dueAtMs: later(ticket.dueAtMs, moveMs),
    closedAtMs: later(ticket.closedAtMs, moveMs),
    followedUpAtMs: later(ticket.followedUpAtMs, moveMs),
    emittedAtMs: ticket.emittedAtMs + moveMs,
  }
}
