/**
 * What the tickets of a cell, or of any union of cells, add up to: by the window of their acceptance.
 *
 * The names are the columns of table `ticket_cells`. What is due is counted by another window: due-counts.ts.
 */
import type { Definitions } from './definitions.ts'
import { isSimulated } from './simulated.ts'
import type { Ticket } from './ticket.ts'

export const TICKET_COUNT_NAMES = [
  'accepted',
  'withdrawn',
  'direct',
  'closed',
  'satisfaction_given',
  'satisfied',
  'dispatched_closed',
  'dispatched_followed_up',
  'simulated',
] as const

/** `accepted` is all but VOID; `withdrawn` is the part of it that the citizen took back. */
export type TicketCounts = Record<(typeof TICKET_COUNT_NAMES)[number], number>

export const NO_TICKETS: Readonly<TicketCounts> = Object.freeze({
  accepted: 0,
  withdrawn: 0,
  direct: 0,
  closed: 0,
  satisfaction_given: 0,
  satisfied: 0,
  dispatched_closed: 0,
  dispatched_followed_up: 0,
  simulated: 0,
})

export function addTicketCounts(one: TicketCounts, other: TicketCounts): TicketCounts {
  const sum = { ...one }
  for (const name of TICKET_COUNT_NAMES) sum[name] += other[name]
  return sum
}

/** What one winning ticket adds to the cell of its acceptance. */
export function countTicket(ticket: Ticket, definitions: Definitions): TicketCounts {
  const counts = { ...NO_TICKETS }
  if (isSimulated(ticket.ticketId)) counts.simulated = 1
  if (ticket.status === 'VOID') return counts
  counts.accepted = 1
  if (ticket.status === 'WITHDRAWN') counts.withdrawn = 1
  if (ticket.resolution === 'DIRECT') counts.direct = 1
  if (ticket.status === 'CLOSED') countClosed(counts, ticket)
  if (ticket.satisfaction === null) return counts
  counts.satisfaction_given = 1
  if (ticket.satisfaction >= definitions.satisfiedMin) counts.satisfied = 1
  return counts
}

function countClosed(counts: TicketCounts, ticket: Ticket): void {
  counts.closed = 1
  if (ticket.resolution !== 'DISPATCHED') return
  counts.dispatched_closed = 1
  if (ticket.followedUpAtMs !== null) counts.dispatched_followed_up = 1
}
