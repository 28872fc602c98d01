/** What an import will add up to, by the words of kpi/: of each call and ticket the one state that counts. */
import type { Call, CallOutcome } from '../../kpi/call.ts'
import { addCallCounts, type CallCounts, countCall, NO_CALLS } from '../../kpi/call-counts.ts'
import type { Definitions } from '../../kpi/definitions.ts'
import { addDueCounts, countDue, type DueCounts, NOTHING_DUE } from '../../kpi/due-counts.ts'
import type { Ticket, TicketStatus } from '../../kpi/ticket.ts'
import { addTicketCounts, countTicket, NO_TICKETS, type TicketCounts } from '../../kpi/ticket-counts.ts'
import { callIdentity, compareRevisions, ticketIdentity } from '../../kpi/winner.ts'
import { IdentitySpool } from './identity-spool.ts'
import type { Imported, Place } from './place.ts'

/** Pairs of lines that are told; all are counted. */
const PLACES_MAX = 20

export interface Totals {
  calls: CallCounts
  callsByOutcome: Partial<Record<CallOutcome, number>>
  tickets: TicketCounts
  ticketsByStatus: Partial<Record<TicketStatus, number>>
  due: DueCounts
  /** Of arrival and acceptance, in and in; null where there is nothing. */
  firstAtMs: number | null
  lastAtMs: number | null
  /** Records that say exactly what another one says: one counts. */
  repeatedCount: number
  /** Records of a call or ticket of which another state counts. */
  outdoneCount: number
  /** Records whose id another one has at another instant: two calls, as sent. */
  movedCount: number
  /** Some of those outdone or moved, with what they meet. */
  meetings: { kind: 'outdone' | 'moved'; place: Place; other: Place }[]
}

interface Entry {
  imported: Imported
  place: Place
  /** 64 bits as text: JSON has no whole numbers of that size. */
  content: string
}

export class Tally {
  readonly #spool: IdentitySpool<Entry>
  readonly #definitions: Definitions

  private constructor(spool: IdentitySpool<Entry>, definitions: Definitions) {
    this.#spool = spool
    this.#definitions = definitions
  }

  static async create(definitions: Definitions): Promise<Tally> {
    return new Tally(await IdentitySpool.create<Entry>(), definitions)
  }

  async add(imported: Imported, place: Place, content: bigint): Promise<void> {
    this.#spool.add(idOf(imported), { imported, place, content: String(content) })
    if (this.#spool.isFull) await this.#spool.write()
  }

  async totals(): Promise<Totals> {
    const totals = noTotals()
    for await (const entries of this.#spool.parts()) {
      for (const winner of winnersOf(entries, totals)) addTo(totals, winner.imported, this.#definitions)
    }
    return totals
  }

  async close(): Promise<void> {
    await this.#spool.close()
  }
}

function noTotals(): Totals {
  return {
    calls: NO_CALLS,
    callsByOutcome: {},
    tickets: NO_TICKETS,
    ticketsByStatus: {},
    due: NOTHING_DUE,
    firstAtMs: null,
    lastAtMs: null,
    repeatedCount: 0,
    outdoneCount: 0,
    movedCount: 0,
    meetings: [],
  }
}

function winnersOf(entries: readonly Entry[], totals: Totals): Iterable<Entry> {
  const winners = new Map<string, Entry>()
  const firstOfId = new Map<string, Entry>()
  for (const entry of entries) {
    const identity = `${entry.imported.kind} ${identityOf(entry.imported)}`
    const id = `${entry.imported.kind} ${idOf(entry.imported)}`
    const winner = winners.get(identity)
    if (winner === undefined) {
      winners.set(identity, entry)
      const first = firstOfId.get(id)
      if (first === undefined) firstOfId.set(id, entry)
      else meet(totals, 'moved', entry, first)
      continue
    }
    const compared = compareRevisions(revisionOf(entry), revisionOf(winner))
    if (compared === 0) totals.repeatedCount += 1
    else if (compared > 0) {
      winners.set(identity, entry)
      meet(totals, 'outdone', winner, entry)
    } else meet(totals, 'outdone', entry, winner)
  }
  return winners.values()
}

function meet(totals: Totals, kind: 'outdone' | 'moved', { place }: Entry, other: Entry): void {
  if (kind === 'outdone') totals.outdoneCount += 1
  else totals.movedCount += 1
  if (totals.meetings.length < PLACES_MAX) totals.meetings.push({ kind, place, other: other.place })
}

function addTo(totals: Totals, imported: Imported, definitions: Definitions): void {
  if (imported.kind === 'calls') addCall(totals, imported.record, definitions)
  else addTicket(totals, imported.record, definitions)
}

function addCall(totals: Totals, call: Call, definitions: Definitions): void {
  totals.calls = addCallCounts(totals.calls, countCall(call, definitions))
  totals.callsByOutcome[call.outcome] = (totals.callsByOutcome[call.outcome] ?? 0) + 1
  stretch(totals, call.arrivedAtMs)
}

function addTicket(totals: Totals, ticket: Ticket, definitions: Definitions): void {
  totals.tickets = addTicketCounts(totals.tickets, countTicket(ticket, definitions))
  totals.ticketsByStatus[ticket.status] = (totals.ticketsByStatus[ticket.status] ?? 0) + 1
  totals.due = addDueCounts(totals.due, countDue(ticket))
  stretch(totals, ticket.acceptedAtMs)
}

function stretch(totals: Totals, atMs: number): void {
  totals.firstAtMs = Math.min(totals.firstAtMs ?? atMs, atMs)
  totals.lastAtMs = Math.max(totals.lastAtMs ?? atMs, atMs)
}

function idOf(imported: Imported): string {
  return imported.kind === 'calls' ? imported.record.callId : imported.record.ticketId
}

function identityOf(imported: Imported): string {
  return imported.kind === 'calls' ? callIdentity(imported.record) : ticketIdentity(imported.record)
}

function revisionOf({ imported, content }: Entry) {
  const { revision, emittedAtMs } = imported.record
  return { revision, emittedAtMs, content: BigInt(content) }
}
