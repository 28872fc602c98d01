/**
 * What cells should hold, worked out from facts by the words of kpi/ and not by the processors' SQL.
 *
 * It is slower by far and shares nothing with it but the definitions: two ways that must meet.
 */
import { type Call, isAnswered, isLate, isOffered, NOT_A_CITIZEN } from '../../kpi/call.ts'
import { addCallCounts, type CallCounts, countCall } from '../../kpi/call-counts.ts'
import { cellOf } from '../../kpi/cell.ts'
import type { Definitions } from '../../kpi/definitions.ts'
import { addDueCounts, countDue, type DueCounts } from '../../kpi/due-counts.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { addTicketCounts, countTicket, type TicketCounts } from '../../kpi/ticket-counts.ts'
import { callIdentity, type Revision, ticketIdentity, winnersOf } from '../../kpi/winner.ts'

/** A fact as it was read. `contentText` is `content` in the digits the store sent: big integers are slow to print again. */
type Read = Revision & { contentText: string }
export type CallFact = Call & Read
export type TicketFact = Ticket & Read

/**
 * A row of `call_cells` or `ticket_cells`: counts by name, and the lists as canonical text so that rows compare.
 *
 * `null` where a row does not say, because an earlier program wrote it.
 */
export interface CellRow {
  evidence: number
  counts: Readonly<Record<string, number | null>>
  breakdown: string
  due: string
}

export interface CallerDayRow {
  evidence: number
  callers: number
  answeredCallers: number
  /** Distinct seats that answered; `null` where the row does not say. */
  seats: number | null
}

/** By cell (start, epoch ms), what its row should be. Facts may come in any order and more than once. */
export function expectedCallCells(facts: readonly CallFact[], definitions: Definitions): Map<number, CellRow> {
  return cellsOf(
    facts,
    (call) => cellOf(call.arrivedAtMs),
    callIdentity,
    (call) => countCall(call, definitions),
    addCallCounts,
    lateCounts,
  )
}

function lateCounts(distinctFacts: readonly CallFact[]): Record<string, number> {
  const late = distinctFacts.filter(isLate)
  return { late: late.length, late_amendments: late.filter(({ revision }) => revision > 1).length }
}

/** The same for tickets, with what is due when. */
export function expectedTicketCells(facts: readonly TicketFact[], definitions: Definitions): Map<number, CellRow> {
  const cells = cellsOf(
    facts,
    (ticket) => cellOf(ticket.acceptedAtMs),
    ticketIdentity,
    (ticket) => countTicket(ticket, definitions),
    addTicketCounts,
  )
  const due = new Map<number, Map<number, DueCounts>>()
  for (const ticket of winnersOf(facts, ticketIdentity)) {
    const counts = countDue(ticket)
    if (counts.due === 0 || ticket.dueAtMs === null) continue
    const ofCell = due.get(cellOf(ticket.acceptedAtMs)) ?? new Map<number, DueCounts>()
    const dueCell = cellOf(ticket.dueAtMs)
    const known = ofCell.get(dueCell)
    ofCell.set(dueCell, known === undefined ? counts : addDueCounts(known, counts))
    due.set(cellOf(ticket.acceptedAtMs), ofCell)
  }
  for (const [cellAtMs, ofCell] of due) {
    const rows = [...ofCell].map(([dueCellAtMs, counts]) => ({ due_cell: dueCellAtMs / 1_000, ...counts }))
    cells.get(cellAtMs)!.due = dueText(rows)
  }
  return cells
}

/** What the row of one local day should be, from all the facts of that day and no others. */
export function expectedCallerDay(facts: readonly CallFact[], definitions: Definitions): CallerDayRow {
  const callers = new Set<string>()
  const answered = new Set<string>()
  const seats = new Set<string>()
  for (const call of winnersOf(facts, callIdentity)) {
    if (isAnswered(call) && !NOT_A_CITIZEN.has(call.outcome) && call.agent !== null) seats.add(call.agent)
    if (!isOffered(call, definitions)) continue
    const who = call.caller === '' ? `withheld ${callIdentity(call)}` : `caller ${call.caller}`
    callers.add(who)
    if (isAnswered(call)) answered.add(who)
  }
  return {
    evidence: distinct(facts, callIdentity).length,
    callers: callers.size,
    answeredCallers: answered.size,
    seats: seats.size,
  }
}

/** Rows of a breakdown as text that is the same whatever their order. Parts whose counts are all 0 stay: a call was there. */
export function breakdownText(parts: readonly { line: string; region: string }[]): string {
  const texts = parts.map(({ line, region, ...counts }) =>
    JSON.stringify([line, region, Object.entries(counts).sort()]),
  )
  return texts.sort().join('\n')
}

/** Rows of `due` as text that is the same whatever their order. `due_cell` in epoch seconds. */
export function dueText(rows: readonly ({ due_cell: number } & DueCounts)[]): string {
  return rows
    .map(({ due_cell, due, closed, on_time }) => JSON.stringify([due_cell, due, closed, on_time]))
    .sort()
    .join('\n')
}

/** Each fact once: of rows that are there twice the last. */
function distinct<Fact extends Read>(facts: readonly Fact[], identityOf: (fact: Fact) => string): Fact[] {
  const keyOf = (fact: Fact) => `${identityOf(fact)} ${fact.revision} ${fact.emittedAtMs} ${fact.contentText}`
  return [...new Map(facts.map((fact) => [keyOf(fact), fact])).values()]
}

function cellsOf<Fact extends Read & { line: string; region: string }, Counts extends CallCounts | TicketCounts>(
  facts: readonly Fact[],
  cellAtMsOf: (fact: Fact) => number,
  identityOf: (fact: Fact) => string,
  countsOf: (fact: Fact) => Counts,
  add: (one: Counts, other: Counts) => Counts,
  moreCountsOf: (distinctFacts: readonly Fact[]) => Record<string, number> = () => ({}),
): Map<number, CellRow> {
  const cells = new Map<number, CellRow>()
  for (const [cellAtMs, inCell] of grouped(facts, cellAtMsOf)) {
    const winners = winnersOf(inCell, identityOf)
    const parts = [...grouped(winners, ({ line, region }) => JSON.stringify([line, region])).values()].map(
      (ofPart) => ({
        line: ofPart[0]!.line,
        region: ofPart[0]!.region,
        ...ofPart.map(countsOf).reduce(add),
      }),
    )
    const distinctFacts = distinct(inCell, identityOf)
    cells.set(cellAtMs, {
      evidence: distinctFacts.length,
      counts: { ...winners.map(countsOf).reduce(add), ...moreCountsOf(distinctFacts) },
      breakdown: breakdownText(parts),
      due: '',
    })
  }
  return cells
}

/** Elements by key, each group in the order in which its elements come. */
export function grouped<Element, Key>(
  elements: readonly Element[],
  keyOf: (element: Element) => Key,
): Map<Key, Element[]> {
  const groups = new Map<Key, Element[]>()
  for (const element of elements) {
    const group = groups.get(keyOf(element))
    if (group === undefined) groups.set(keyOf(element), [element])
    else group.push(element)
  }
  return groups
}
