/** What changed since a statement was issued: which figures, and the calls and tickets that changed them. */
import type { Call } from '../../kpi/call.ts'
import { addCallCounts, type CallCounts, countCall, NO_CALLS } from '../../kpi/call-counts.ts'
import { type CallerCounts, NO_CALLERS } from '../../kpi/caller-counts.ts'
import type { Definitions } from '../../kpi/definitions.ts'
import { countDue, NOTHING_DUE } from '../../kpi/due-counts.ts'
import { fractionIn, type KpiId, type PeriodCounts } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import { textOfDay } from '../../kpi/local-date.ts'
import type { Range } from '../../kpi/range.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { countTicket, NO_TICKETS } from '../../kpi/ticket-counts.ts'
import { callIdentity, ticketIdentity } from '../../kpi/winner.ts'
import { localDayOf, type Zone } from '../../kpi/zone.ts'
import type { Side } from './statement-store.ts'

/** One call or ticket that does not speak as it did. `null` where it was not, or is no more. */
export interface Change<Shape> {
  issued: Shape | null
  now: Shape | null
  /** The figures that its change moved; none if what changed is not counted. */
  kpis: KpiId[]
}

/** A line of a comparison: what one call, ticket or caller's day counts for. */
type Counts = Partial<PeriodCounts>

const NOTHING: PeriodCounts = { calls: NO_CALLS, callers: NO_CALLERS, tickets: NO_TICKETS, due: NOTHING_DUE }

export function changedCalls(sides: readonly Side<Call>[], definitions: Definitions, zone: Zone): Change<Call>[] {
  const movedDays = callerDaysMoved(sides, definitions, zone)
  return changesOf(sides, callIdentity).map(({ issued, now }) => {
    const kpis = movedKpis(callCounts(issued, definitions), callCounts(now, definitions))
    const days = [issued, now].flatMap((call) => (call === null ? [] : [callerDayOf(zone, call)]))
    if (days.some((day) => movedDays.has(day))) kpis.push('connectionRateByCaller')
    return { issued, now, kpis }
  })
}

/** @param range of the period: a ticket counts where it was accepted, and by itself where it is due */
export function changedTickets(
  sides: readonly Side<Ticket>[],
  definitions: Definitions,
  range: Range,
): Change<Ticket>[] {
  const isIn = (atMs: number | null) => atMs !== null && range.fromAtMs <= atMs && atMs < range.toAtMs
  const counts = (ticket: Ticket | null): Counts => ({
    tickets: ticket === null || !isIn(ticket.acceptedAtMs) ? NO_TICKETS : countTicket(ticket, definitions),
    due: ticket === null || !isIn(ticket.dueAtMs) ? NOTHING_DUE : countDue(ticket),
  })
  const changes = changesOf(sides, ticketIdentity).map(({ issued, now }) => ({
    ...{ issued, now },
    kpis: movedKpis(counts(issued), counts(now)),
  }))
  // A ticket of another period is there for its due date alone: one that moved nothing here is none of ours.
  return changes.filter(({ issued, now, kpis }) => kpis.length > 0 || isIn((issued ?? now)!.acceptedAtMs))
}

function changesOf<Shape>(
  sides: readonly Side<Shape>[],
  identityOf: (record: Shape) => string,
): { issued: Shape | null; now: Shape | null }[] {
  const changes = new Map<string, { issued: Shape | null; now: Shape | null }>()
  for (const { isNow, isChange, record } of sides) {
    if (!isChange) continue
    const change = changes.get(identityOf(record)) ?? { issued: null, now: null }
    change[isNow ? 'now' : 'issued'] = record
    changes.set(identityOf(record), change)
  }
  return [...changes.values()]
}

function callCounts(call: Call | null, definitions: Definitions): Counts {
  return { calls: call === null ? NO_CALLS : countCall(call, definitions) }
}

/** Figures whose two numbers differ between what something counted for and what it counts for now. */
function movedKpis(issued: Counts, now: Counts): KpiId[] {
  const moved = KPIS.filter((kpi) => {
    const [before, after] = [fractionIn({ ...NOTHING, ...issued }, kpi), fractionIn({ ...NOTHING, ...now }, kpi)]
    return before.numerator !== after.numerator || before.denominator !== after.denominator
  })
  return moved.map(({ id }) => id)
}

/** Caller-days that count otherwise now. A caller's day is one, whichever of its calls changed. */
function callerDaysMoved(sides: readonly Side<Call>[], definitions: Definitions, zone: Zone): Set<string> {
  const days = new Map<string, { issued: CallCounts; now: CallCounts }>()
  for (const { isNow, record } of sides) {
    const name = callerDayOf(zone, record)
    const day = days.get(name) ?? { issued: NO_CALLS, now: NO_CALLS }
    const counts = countCall(record, definitions)
    const side = isNow ? 'now' : 'issued' // a call that did not change comes with both
    day[side] = addCallCounts(day[side], counts)
    days.set(name, day)
  }
  const moved = [...days].filter(([, { issued, now }]) => {
    const [before, after] = [callersOf(issued), callersOf(now)]
    return before.callers !== after.callers || before.answered_callers !== after.answered_callers
  })
  return new Set(moved.map(([name]) => name))
}

function callersOf({ offered, answered }: CallCounts): CallerCounts {
  return { callers: offered > 0 ? 1 : 0, answered_callers: answered > 0 ? 1 : 0 }
}

/** A withheld number is a caller of its own, one per call. */
function callerDayOf(zone: Zone, call: Call): string {
  const who = call.caller === '' ? `withheld ${callIdentity(call)}` : call.caller
  return `${textOfDay(localDayOf(zone, call.arrivedAtMs))} ${who}`
}
