/** Where in which file something stands, and what became of it. */
import type { Call } from '../../kpi/call.ts'
import type { Ticket } from '../../kpi/ticket.ts'

export interface Place {
  file: string
  /** Line of the file where the record begins, from 1 on; the row of names is one. */
  line: number
}

/** A record of the hotline. */
export type Imported = { kind: 'calls'; record: Call } | { kind: 'tickets'; record: Ticket }

/** What one record of an export becomes, or why it can be none. */
export type Mapped = { place: Place; imported: Imported } | { place: Place; reason: string }
