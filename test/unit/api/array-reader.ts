/** A store of plain arrays: the port that the API reads through, answered by kpi/ alone. */
import type {
  CallPart,
  ConnectionCell,
  CountedPartition,
  CountedPeriod,
  IssuedFigure,
  SeatsOfMonth,
  StoreReader,
  Watermarks,
} from '../../../api/store/store-reader.ts'
import type { Call } from '../../../kpi/call.ts'
import { addCallCounts, countCall, NO_CALLS } from '../../../kpi/call-counts.ts'
import type { CallerCounts } from '../../../kpi/caller-counts.ts'
import { cellOf } from '../../../kpi/cell.ts'
import type { Definitions } from '../../../kpi/definitions.ts'
import { addDueCounts, countDue, NOTHING_DUE } from '../../../kpi/due-counts.ts'
import { type Period, rangeOf } from '../../../kpi/periods.ts'
import type { Range } from '../../../kpi/range.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { addTicketCounts, countTicket, NO_TICKETS } from '../../../kpi/ticket-counts.ts'
import { callIdentity, type Revision, ticketIdentity, winnersOf } from '../../../kpi/winner.ts'
import { localDayOf, type Zone } from '../../../kpi/zone.ts'

const isIn = ({ fromAtMs, toAtMs }: Range, atMs: number | null) => atMs !== null && fromAtMs <= atMs && atMs < toAtMs

export class ArrayReader implements StoreReader {
  /** Winners, each a call or ticket of its own. */
  calls: Call[] = []
  tickets: Ticket[] = []
  /** Facts, of which winners are chosen. */
  callFacts: (Call & Revision)[] = []
  ticketFacts: (Ticket & Revision)[] = []
  seats: SeatsOfMonth[] = []
  /** What was issued last about each period, by its name. */
  issued = new Map<string, IssuedFigure[]>()
  ledger: CountedPartition[] = []
  marks: Watermarks = { callsAtMs: null, ticketsAtMs: null }
  /** Thrown instead of every answer. */
  fault: Error | null = null
  readonly #definitions: Definitions
  readonly #zone: Zone

  constructor(definitions: Definitions, zone: Zone) {
    this.#definitions = definitions
    this.#zone = zone
  }

  empty(): void {
    Object.assign(this, { calls: [], tickets: [], callFacts: [], ticketFacts: [], seats: [], ledger: [], fault: null })
    this.marks = { callsAtMs: null, ticketsAtMs: null }
    this.issued.clear()
  }

  async countedPeriod(period: Period, asOfAtMs: number | null): Promise<CountedPeriod> {
    this.#fail()
    const isEmitted = ({ emittedAtMs }: { emittedAtMs: number }) => asOfAtMs === null || emittedAtMs <= asOfAtMs
    const callFacts = this.callFacts.filter(isEmitted)
    const ticketFacts = this.ticketFacts.filter(isEmitted)
    const known = {
      calls: [...this.calls.filter(isEmitted), ...winnersOf(callFacts, callIdentity)],
      tickets: [...this.tickets.filter(isEmitted), ...winnersOf(ticketFacts, ticketIdentity)],
    }
    const range = rangeOf(this.#zone, period)
    const calls = known.calls.filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs))
    const tickets = known.tickets.filter(({ acceptedAtMs }) => isIn(range, acceptedAtMs))
    const due = known.tickets.filter(({ dueAtMs }) => isIn(range, dueAtMs))
    const ids = [...calls.map(({ callId }) => callId), ...[...tickets, ...due].map(({ ticketId }) => ticketId)]
    return {
      calls: calls.map((call) => countCall(call, this.#definitions)).reduce(addCallCounts, NO_CALLS),
      callers: this.#callers(calls),
      tickets: tickets.map((ticket) => countTicket(ticket, this.#definitions)).reduce(addTicketCounts, NO_TICKETS),
      due: due.map(countDue).reduce(addDueCounts, NOTHING_DUE),
      evidence: {
        calls: [...this.calls, ...callFacts].filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs)).length,
        tickets: [...this.tickets, ...ticketFacts].filter(({ acceptedAtMs }) => isIn(range, acceptedAtMs)).length,
      },
      isSimulated: ids.some((id) => id.startsWith('sim-')),
    }
  }

  async issuedFigures(period: Period): Promise<IssuedFigure[] | null> {
    this.#fail()
    return this.issued.get(period.name) ?? null
  }

  async seatsByMonth(): Promise<SeatsOfMonth[]> {
    this.#fail()
    return this.seats
  }

  async connectionByCell(range: Range, { line, region }: CallPart): Promise<ConnectionCell[]> {
    this.#fail()
    const cells = new Map<number, ConnectionCell>()
    const calls = [...this.calls, ...winnersOf(this.callFacts, callIdentity)]
    for (const call of calls.filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs))) {
      const cellAtMs = cellOf(call.arrivedAtMs)
      const cell = cells.get(cellAtMs) ?? { cellAtMs, evidence: 0, offered: 0, answered: 0, simulated: 0 }
      cells.set(cellAtMs, cell)
      cell.evidence += 1
      if ((line !== null && call.line !== line) || (region !== null && call.region !== region)) continue
      const counts = countCall(call, this.#definitions)
      cell.offered += counts.offered
      cell.answered += counts.answered
      cell.simulated += counts.simulated
    }
    return [...cells.values()].sort((one, other) => one.cellAtMs - other.cellAtMs)
  }

  async watermarks(): Promise<Watermarks> {
    this.#fail()
    return this.marks
  }

  async progress(): Promise<CountedPartition[]> {
    this.#fail()
    return this.ledger
  }

  async ready(): Promise<void> {
    this.#fail()
  }

  #callers(calls: readonly Call[]): CallerCounts {
    const wasAnswered = new Map<string, boolean>()
    for (const call of calls) {
      const { offered, answered } = countCall(call, this.#definitions)
      if (offered === 0) continue
      const who = call.caller === '' ? `withheld ${call.callId} ${call.arrivedAtMs}` : call.caller
      const callerDay = `${localDayOf(this.#zone, call.arrivedAtMs)} ${who}`
      wasAnswered.set(callerDay, (wasAnswered.get(callerDay) ?? false) || answered > 0)
    }
    return { callers: wasAnswered.size, answered_callers: [...wasAnswered.values()].filter(Boolean).length }
  }

  #fail(): void {
    if (this.fault !== null) throw this.fault
  }
}
