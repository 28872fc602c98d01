/** Statements in plain arrays, made of the facts of an `ArrayReader`. */
import type { AnsweredProfile } from '../../../api/answered-profile.ts'
import type { IssuedStatement, RecordSet, Side, StatementStore } from '../../../api/statements/statement-store.ts'
import type { CountedPeriod, IssuedFigure, SeatsOfMonth } from '../../../api/store/store-reader.ts'
import type { Call } from '../../../kpi/call.ts'
import type { Period } from '../../../kpi/periods.ts'
import type { Range } from '../../../kpi/range.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { callIdentity, type Revision, ticketIdentity, winnersOf } from '../../../kpi/winner.ts'
import type { StatementEvidence } from '../../../schemas/statement.ts'
import { ArrayReader } from './array-reader.ts'

type CallFact = Call & Revision
type TicketFact = Ticket & Revision
interface Kept extends RecordSet {
  calls: CallFact[]
  tickets: TicketFact[]
}

const isIn = ({ fromAtMs, toAtMs }: Range, atMs: number | null) => atMs !== null && fromAtMs <= atMs && atMs < toAtMs

export class ArrayStatements implements StatementStore {
  kept = new Map<string, Kept>()
  statements = new Map<string, { issued: IssuedStatement; json: string }>()
  readonly #reader: ArrayReader
  readonly #answered: AnsweredProfile

  constructor(reader: ArrayReader, answered: AnsweredProfile) {
    this.#reader = reader
    this.#answered = answered
  }

  empty(): void {
    this.kept.clear()
    this.statements.clear()
  }

  async evidenceOf(range: Range): Promise<StatementEvidence> {
    return this.#speaking(range).evidence
  }

  async keepRecords(range: Range): Promise<RecordSet> {
    const set = this.#speaking(range)
    this.kept.set(nameOf(range, set.evidence), set)
    return set
  }

  async counted(
    period: Period,
    evidence: StatementEvidence,
  ): Promise<CountedPeriod & { seatsByMonth: SeatsOfMonth[] }> {
    const set = [...this.kept.values()].find((kept) => JSON.stringify(kept.evidence) === JSON.stringify(evidence))!
    const reader = new ArrayReader(this.#answered.profile.definitions, this.#answered.zone)
    reader.calls = set.calls
    reader.tickets = set.tickets
    return { ...(await reader.countedPeriod(period, null)), seatsByMonth: this.#reader.seats }
  }

  async issued(profile: string): Promise<IssuedStatement[]> {
    return [...this.statements.values()].map(({ issued }) => issued).filter((issued) => issued.profile === profile)
  }

  async json(id: string): Promise<string | null> {
    return this.statements.get(id)?.json ?? null
  }

  async issue(issued: IssuedStatement, json: string): Promise<void> {
    this.statements.set(issued.id, { issued, json })
    if (issued.statusOf.calls === 'final' && issued.statusOf.tickets === 'final')
      this.#reader.issued.set(issued.period, (JSON.parse(json) as { kpis: IssuedFigure[] }).kpis)
  }

  async changedCalls(range: Range, evidence: StatementEvidence): Promise<Side<Call>[]> {
    return sidesOf(this.kept.get(nameOf(range, evidence))!.calls, this.#speaking(range).calls)
  }

  async changedTickets(range: Range, evidence: StatementEvidence): Promise<Side<Ticket>[]> {
    return sidesOf(this.kept.get(nameOf(range, evidence))!.tickets, this.#speaking(range).tickets)
  }

  #speaking(range: Range): Kept {
    const callFacts = this.#reader.callFacts.filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs))
    const everDue = new Set(this.#reader.ticketFacts.filter(({ dueAtMs }) => isIn(range, dueAtMs)).map(ticketIdentity))
    const inside = this.#reader.ticketFacts.filter(({ acceptedAtMs }) => isIn(range, acceptedAtMs))
    const due = this.#reader.ticketFacts.filter(
      (fact) => !isIn(range, fact.acceptedAtMs) && everDue.has(ticketIdentity(fact)),
    )
    const calls = [...winnersOf(callFacts, callIdentity)]
    const [tickets, dueTickets] = [winnersOf(inside, ticketIdentity), winnersOf(due, ticketIdentity)]
    const emitted = [...calls, ...tickets, ...dueTickets].map(({ emittedAtMs }) => emittedAtMs)
    return {
      evidence: { calls: callFacts.length, tickets: inside.length, dueTickets: due.length },
      records: { calls: calls.length, tickets: tickets.length, dueTickets: dueTickets.length },
      hashes: { calls: '', tickets: '', dueTickets: '' },
      lastEmittedAtMs: emitted.length === 0 ? null : Math.max(...emitted),
      calls,
      tickets: [...tickets, ...dueTickets],
    }
  }
}

/** Everything that did not change comes along with both sides, which a store may do. */
function sidesOf<Fact extends Revision>(issued: readonly Fact[], now: readonly Fact[]): Side<Fact>[] {
  const has = (facts: readonly Fact[], fact: Fact) => facts.includes(fact)
  return [
    ...issued.map((record) => ({ isNow: false, isChange: !has(now, record), record })),
    ...now.map((record) => ({ isNow: true, isChange: !has(issued, record), record })),
  ]
}

function nameOf({ fromAtMs, toAtMs }: Range, evidence: StatementEvidence): string {
  return `${fromAtMs} ${toAtMs} ${JSON.stringify(evidence)}`
}
