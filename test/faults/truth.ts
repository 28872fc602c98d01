/**
 * What must be counted of records that were sent: by reading all of them at once, in the words of the dictionary, and by
 * no code that counts elsewhere. A winner is the highest revision, of equal ones the later emission.
 */
import type { Call } from '../../kpi/call.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import type { SentRecord } from './records.ts'

/** By `table quarter-hour column` (epoch s), and by `caller_days day column`: how many. Zeros are left out. */
export type Counts = Map<string, number>

export interface Truth {
  counts: Counts
  /** Distinct records that have not been deleted with their year. */
  facts: { calls: number; tickets: number }
}

/** @param keptFromMs  facts of before (epoch ms) were deleted after they had been counted */
export function truthOf(records: readonly SentRecord[], keptFromMs = 0): Truth {
  const calls = records.flatMap((sent) => (sent.topic === 'calls' ? [sent.record] : []))
  const tickets = records.flatMap((sent) => (sent.topic === 'tickets' ? [sent.record] : []))
  const counts: Counts = new Map()
  const add = (table: string, cell: number | string, column: string, isCounted: boolean) => {
    if (!isCounted) return
    const key = `${table} ${cell} ${column}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const lastCalls = winners(calls, (call) => `${call.callId} ${call.arrivedAtMs}`)
  countCalls(lastCalls, add)
  countCallers(lastCalls, add)
  countTickets(
    winners(tickets, (ticket) => `${ticket.ticketId} ${ticket.acceptedAtMs}`),
    add,
  )
  const startAtMs = (sent: SentRecord) => (sent.topic === 'calls' ? sent.record.arrivedAtMs : sent.record.acceptedAtMs)
  const kept = records.filter((sent) => startAtMs(sent) >= keptFromMs)
  const distinct = (topic: SentRecord['topic']) =>
    new Set(kept.filter((sent) => sent.topic === topic).map(({ value }) => value.toString('latin1'))).size
  return { counts, facts: { calls: distinct('calls'), tickets: distinct('tickets') } }
}

type Add = (table: string, cell: number | string, column: string, isCounted: boolean) => void

const isOffered = (call: Call) =>
  call.direction === 'INBOUND' && call.queuedAtMs !== null && !['TEST', 'BLACKLISTED', 'VOID'].includes(call.outcome)
const isSpoken = (call: Call) => call.answeredAtMs !== null && call.endedAtMs > call.answeredAtMs

function countCalls(calls: readonly Call[], add: Add): void {
  for (const call of calls) {
    const cell = quarterOf(call.arrivedAtMs)
    const isAnswered = isOffered(call) && isSpoken(call)
    add('call_cells', cell, 'offered', isOffered(call))
    add('call_cells', cell, 'answered', isAnswered)
    add('call_cells', cell, 'answered_fast', isAnswered && call.answeredAtMs! - call.queuedAtMs! <= 15_000)
    add('call_cells', cell, 'rated', isAnswered && call.rating !== null)
    add('call_cells', cell, 'rated_good', isAnswered && (call.rating ?? 0) >= 3)
  }
}

function countCallers(calls: readonly Call[], add: Add): void {
  const answeredByCaller = new Map<string, boolean>()
  for (const call of calls.filter(isOffered)) {
    const day = new Date(call.arrivedAtMs + 8 * 3_600_000).toISOString().slice(0, 10)
    const caller = `${day} ${call.caller === '' ? `withheld ${call.callId}` : call.caller}`
    answeredByCaller.set(caller, (answeredByCaller.get(caller) ?? false) || isSpoken(call))
  }
  for (const [caller, isAnswered] of answeredByCaller) {
    add('caller_days', caller.slice(0, 10), 'callers', true)
    add('caller_days', caller.slice(0, 10), 'answered_callers', isAnswered)
  }
}

function countTickets(tickets: readonly Ticket[], add: Add): void {
  for (const ticket of tickets) {
    const cell = quarterOf(ticket.acceptedAtMs)
    const isVoid = ticket.status === 'VOID'
    add('ticket_cells', cell, 'accepted', !isVoid)
    add('ticket_cells', cell, 'direct', !isVoid && ticket.resolution === 'DIRECT')
    add('ticket_cells', cell, 'closed', ticket.status === 'CLOSED')
    add('ticket_cells', cell, 'satisfied', !isVoid && (ticket.satisfaction ?? 0) >= 3)
  }
}

function winners<Record extends { revision: number; emittedAtMs: number }>(
  records: readonly Record[],
  identityOf: (record: Record) => string,
): Record[] {
  const sorted = records.toSorted((a, b) => a.revision - b.revision || a.emittedAtMs - b.emittedAtMs)
  return [...new Map(sorted.map((record) => [identityOf(record), record])).values()]
}

function quarterOf(atMs: number): number {
  return Math.floor(atMs / 900_000) * 900
}

/** How many are counted too few, and how many too many. */
export function differenceOf(truth: Counts, counted: Counts): { lost: number; doubled: number } {
  let lost = 0
  let doubled = 0
  for (const key of new Set([...truth.keys(), ...counted.keys()])) {
    const difference = (counted.get(key) ?? 0) - (truth.get(key) ?? 0)
    if (difference < 0) lost -= difference
    else doubled += difference
  }
  return { lost, doubled }
}
