/**
 * Facts against cells, cell by cell: every difference is named, and can be mended.
 *
 * It works day by day, so memory holds one local day. A cell whose facts came in a moment ago is looked at again before
 * it is called different: processors insert first and recompute after.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import { isoOf } from '../../kpi/instant-text.ts'
import { dayOfText } from '../../kpi/local-date.ts'
import { dayRange, zoneOf } from '../../kpi/zone.ts'
import type { FactRows } from '../span.ts'
import type { Series, Store } from '../store.ts'
import type { AuditedStore } from './audited-store.ts'
import {
  type CallerDayRow,
  type CallFact,
  type CellRow,
  expectedCallCells,
  expectedCallerDay,
  expectedTicketCells,
  type TicketFact,
} from './expected-cells.ts'

/** A recompute is due at most this long after its facts are in, unless a processor is away, ms. */
const RECOMPUTE_MS_MAX = 5_000

export type Difference =
  | { kind: 'cell'; table: FactRows['table']; cellAtMs: number; sentence: string }
  | { kind: 'caller-day'; day: string; sentence: string }

export interface ReconcileOptions {
  audited: AuditedStore
  series: Series
  onDay: (day: string, dayNumber: number, dayCount: number) => void
}

/** Every difference between what facts say and what cells hold, in order of days. */
export async function reconcileCells({ audited, series, onDay }: ReconcileOptions): Promise<Difference[]> {
  const days = await audited.days(series.name, series.timeZone)
  const differences: Difference[] = []
  let next = days.length === 0 ? null : readDay(audited, series, days[0]!)
  for (const [index, day] of days.entries()) {
    onDay(day, index + 1, days.length)
    const read = await next!
    next = index + 1 < days.length ? readDay(audited, series, days[index + 1]!) : null // the store reads while we count
    let found = differencesOf(read, series)
    if (found.length > 0) {
      await waitMs(RECOMPUTE_MS_MAX)
      found = differencesOf(await readDay(audited, series, day), series)
    }
    differences.push(...found)
  }
  return differences
}

/** Deletes wrong rows and recomputes them: an insert could not beat a row whose evidence is falsely high (invariant I7). */
export async function repair(
  differences: readonly Difference[],
  audited: AuditedStore,
  store: Store,
  series: Series,
): Promise<void> {
  for (const table of ['call_facts', 'ticket_facts'] as const) {
    const cells = differences.filter((difference) => difference.kind === 'cell' && difference.table === table)
    const cellsAtMs = cells.map((difference) => (difference.kind === 'cell' ? difference.cellAtMs : 0))
    if (cellsAtMs.length === 0) continue
    await audited.deleteCells(table, series.name, cellsAtMs)
    await store.recomputeCells(table, cellsAtMs, series)
  }
  const days = differences.flatMap((difference) => (difference.kind === 'caller-day' ? [difference.day] : []))
  if (days.length === 0) return
  await audited.deleteCallerDays(series.name, series.timeZone, days)
  const zone = zoneOf(series.timeZone)
  await store.recomputeCallerDays(
    days.map((day) => dayRange(zone, dayOfText(day)!).fromAtMs),
    series,
  )
}

/** All that facts and cells say of one local day. */
interface DayRead {
  day: string
  callFacts: CallFact[]
  ticketFacts: TicketFact[]
  callCells: Map<number, CellRow>
  ticketCells: Map<number, CellRow>
  callerDay: CallerDayRow | null
}

async function readDay(audited: AuditedStore, series: Series, day: string): Promise<DayRead> {
  const range = dayRange(zoneOf(series.timeZone), dayOfText(day)!)
  const [callFacts, ticketFacts, callCells, ticketCells, callerDay] = await Promise.all([
    audited.callFacts(range),
    audited.ticketFacts(range),
    audited.cells('call_facts', series.name, range),
    audited.cells('ticket_facts', series.name, range),
    audited.callerDay(series.name, series.timeZone, day),
  ])
  return { day, callFacts, ticketFacts, callCells, ticketCells, callerDay }
}

function differencesOf(read: DayRead, series: Series): Difference[] {
  const { day, callFacts, ticketFacts, callerDay } = read
  const zone = zoneOf(series.timeZone)
  const differences: Difference[] = []
  const compare = (table: FactRows['table'], expected: Map<number, CellRow>, found: Map<number, CellRow>) => {
    for (const cellAtMs of [...new Set([...expected.keys(), ...found.keys()])].sort((a, b) => a - b)) {
      const problems = problemsOf(expected.get(cellAtMs), found.get(cellAtMs))
      if (problems.length === 0) continue
      const name = table === 'call_facts' ? 'call cell' : 'ticket cell'
      differences.push({
        kind: 'cell',
        table,
        cellAtMs,
        sentence: `${name} ${isoOf(zone, cellAtMs)}: ${problems.join('; ')}`,
      })
    }
  }
  compare('call_facts', expectedCallCells(callFacts, series.definitions), read.callCells)
  compare('ticket_facts', expectedTicketCells(ticketFacts, series.definitions), read.ticketCells)
  const expectedDay = expectedCallerDay(callFacts, series.definitions)
  const found = callerDay ?? { evidence: 0, callers: 0, answeredCallers: 0 }
  const problems = unequal({ ...found }, { ...expectedDay })
  if (problems.length > 0)
    differences.push({ kind: 'caller-day', day, sentence: `caller-day ${day}: ${problems.join('; ')}` })
  return differences
}

function problemsOf(expected: CellRow | undefined, found: CellRow | undefined): string[] {
  if (expected === undefined) return ['there is a row, expected none: no fact belongs to it']
  if (found === undefined) return [`there is no row, expected one from ${expected.evidence} facts`]
  const problems = unequal(
    { evidence: found.evidence, ...found.counts },
    { evidence: expected.evidence, ...expected.counts },
  )
  if (expected.breakdown !== found.breakdown) problems.push('the breakdown by line and region differs')
  if (expected.due !== found.due) problems.push('what is due when differs')
  return problems
}

function unequal(found: Record<string, number>, expected: Record<string, number>): string[] {
  return Object.keys(expected)
    .filter((name) => found[name] !== expected[name])
    .map((name) => `${name} is ${found[name]}, expected ${expected[name]}`)
}
