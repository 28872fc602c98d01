/** A ticket as answers show it: the fields of ticket.v1.avsc, instants as ISO text. */
import Type, { type Static } from 'typebox'
import { isoOf } from '../../kpi/instant-text.ts'
import { CHANNELS, REQUEST_KINDS, RESOLUTIONS, TICKET_STATUSES, type Ticket } from '../../kpi/ticket.ts'
import type { Zone } from '../../kpi/zone.ts'
import { Instant, orNull } from './shapes.ts'

export const TicketAnswer = Type.Object({
  ticketId: Type.String(),
  revision: Type.Integer(),
  acceptedAt: Instant,
  callId: orNull(Type.String()),
  channel: Type.Enum([...CHANNELS]),
  line: Type.String(),
  region: Type.String(),
  category: Type.String(),
  kind: Type.Enum([...REQUEST_KINDS]),
  status: Type.Enum([...TICKET_STATUSES]),
  resolution: orNull(Type.Enum([...RESOLUTIONS])),
  unit: orNull(Type.String()),
  dueAt: orNull(Instant),
  closedAt: orNull(Instant),
  followedUpAt: orNull(Instant),
  satisfaction: orNull(Type.Integer()),
  emittedAt: Instant,
})
export type TicketAnswer = Static<typeof TicketAnswer>

export function ticketAnswerOf(zone: Zone, ticket: Ticket): TicketAnswer {
  const iso = (atMs: number | null) => (atMs === null ? null : isoOf(zone, atMs))
  const { acceptedAtMs, dueAtMs, closedAtMs, followedUpAtMs, emittedAtMs, ...plain } = ticket
  return {
    ...plain,
    acceptedAt: isoOf(zone, acceptedAtMs),
    dueAt: iso(dueAtMs),
    closedAt: iso(closedAtMs),
    followedUpAt: iso(followedUpAtMs),
    emittedAt: isoOf(zone, emittedAtMs),
  }
}
