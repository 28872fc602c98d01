/** Where the facts of a period are read from, in our words. The adapter is clickhouse-facts.ts. */
import type { Call } from '../kpi/call.ts'
import type { Range } from '../kpi/range.ts'
import type { Ticket } from '../kpi/ticket.ts'

/** About how many facts a cell holds: duplicates that are not merged yet are counted too. */
export interface FactsOfCell {
  cellAtMs: number
  factsCount: number
}

/** Ranges are of `arrived_at` and `accepted_at`. Every distinct fact comes once, in an order of its own that never changes. */
export interface FactSource {
  /** From when on facts are kept, epoch ms: older ones were deleted with their sealed years. 0 if none were. */
  factsFromMs(): Promise<number>
  /** In order of time; cells without facts are not there. */
  callCells(range: Range): Promise<FactsOfCell[]>
  ticketCells(range: Range): Promise<FactsOfCell[]>
  calls(range: Range): Promise<Call[]>
  tickets(range: Range): Promise<Ticket[]>
}
