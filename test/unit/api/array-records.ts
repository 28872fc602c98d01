/** Single calls and tickets of plain arrays, which hold winners in the order of the store: by instant, then id. */
import type { PageQuestion, RecordReader } from '../../../api/store/record-reader.ts'
import type { Call } from '../../../kpi/call.ts'
import type { Ticket } from '../../../kpi/ticket.ts'

interface Placed {
  atMs: number
  id: string
}

function isAfter(one: Placed, other: Placed): boolean {
  return one.atMs === other.atMs ? one.id > other.id : one.atMs > other.atMs
}

export class ArrayRecords implements RecordReader {
  callsInOrder: Call[] = []
  ticketsInOrder: Ticket[] = []
  /** What was asked last. */
  asked: PageQuestion | null = null

  empty(): void {
    this.callsInOrder = []
    this.ticketsInOrder = []
    this.asked = null
  }

  async calls(question: PageQuestion): Promise<Call[]> {
    this.asked = question
    const { after, rowsMax, outcome } = question
    return this.callsInOrder
      .filter(({ arrivedAtMs, callId }) => after === null || isAfter({ atMs: arrivedAtMs, id: callId }, after))
      .filter((call) => outcome === null || call.outcome === outcome)
      .slice(0, rowsMax)
  }

  async tickets(question: PageQuestion): Promise<Ticket[]> {
    this.asked = question
    const { after, rowsMax } = question
    return this.ticketsInOrder
      .filter(({ acceptedAtMs, ticketId }) => after === null || isAfter({ atMs: acceptedAtMs, id: ticketId }, after))
      .slice(0, rowsMax)
  }

  async callRevisions(id: string): Promise<Call[]> {
    return this.callsInOrder.filter(({ callId }) => callId === id)
  }

  async ticketRevisions(id: string): Promise<Ticket[]> {
    return this.ticketsInOrder.filter(({ ticketId }) => ticketId === id)
  }
}
