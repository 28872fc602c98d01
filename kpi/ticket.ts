/** A ticket 工单: one citizen request, from its acceptance to its follow-up. */

export const CHANNELS = ['PHONE', 'WEB', 'APP', 'WECHAT', 'MAIL', 'OTHER'] as const
export type Channel = (typeof CHANNELS)[number]

export const REQUEST_KINDS = ['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'OTHER'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

export const TICKET_STATUSES = ['ACCEPTED', 'DISPATCHED', 'CLOSED', 'WITHDRAWN', 'VOID'] as const
export type TicketStatus = (typeof TICKET_STATUSES)[number]

export const RESOLUTIONS = ['DIRECT', 'DISPATCHED'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** The whole known state of one ticket at one revision. Instants are UTC epoch milliseconds. */
export interface Ticket {
  ticketId: string
  /** 1 or more; the highest one known wins. */
  revision: number
  acceptedAtMs: number
  /** Call it came from; null for other channels. */
  callId: string | null
  channel: Channel
  line: string
  /** GB/T 2260 code; empty if unknown. */
  region: string
  /** Class of the request; GB/T 39666 code where known, else empty. */
  category: string
  kind: RequestKind
  status: TicketStatus
  /** DIRECT: settled by the hotline itself. DISPATCHED: passed to a responsible unit. */
  resolution: Resolution | null
  unit: string | null
  dueAtMs: number | null
  closedAtMs: number | null
  /** When the citizen was asked how it went. */
  followedUpAtMs: number | null
  /** 1 to 5; null if not asked or no answer. */
  satisfaction: number | null
  emittedAtMs: number
}
