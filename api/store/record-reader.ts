/** What the API asks of the store about single calls and tickets. The adapter is clickhouse-records.ts. */
import type { Call } from '../../kpi/call.ts'
import type { Range } from '../../kpi/range.ts'
import type { Ticket } from '../../kpi/ticket.ts'

/** Where a page ended: its last record. */
export interface PagePlace {
  /** Arrival or acceptance, epoch ms. */
  atMs: number
  id: string
}

export interface PageQuestion {
  /** Of arrival or acceptance, to the millisecond. */
  range: Range
  line: string | null
  region: string | null
  /** Outcome of a call, status of a ticket. */
  outcome: string | null
  after: PagePlace | null
  rowsMax: number
}

export interface RecordReader {
  /** Winners by their instant, of the same one by id. @throws FactsDeletedError if some of the range are deleted */
  calls(question: PageQuestion): Promise<Call[]>
  tickets(question: PageQuestion): Promise<Ticket[]>
  /** All revisions; of one arrival the one that speaks comes last. Empty if there is none. */
  callRevisions(id: string): Promise<Call[]>
  ticketRevisions(id: string): Promise<Ticket[]>
}
