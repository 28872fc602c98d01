/**
 * Facts against cells, cell by cell: every difference is named, and can be mended.
 *
 * It works by stretches of local days, so memory holds few of them. A cell whose facts came in a moment ago is looked at again before
 * it is called different: processors insert first and recompute after.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import { isoOf } from '../../kpi/instant-text.ts'
import { dayOfText, textOfDay } from '../../kpi/local-date.ts'
import type { Range } from '../../kpi/range.ts'
import { dayRange, localDayOf, zoneOf } from '../../kpi/zone.ts'
import type { FactRows } from '../span.ts'
import type { Series, Store } from '../store.ts'
import type { AuditedStore, DayOfFacts } from './audited-store.ts'
import {
  type CallerDayRow,
  type CallFact,
  type CellRow,
  expectedCallCells,
  expectedCallerDay,
  expectedTicketCells,
  grouped,
  type TicketFact,
} from './expected-cells.ts'

/** A recompute is due at most this long after its facts are in, unless a processor is away, ms. */
const RECOMPUTE_MS_MAX = 5_000
/** Facts that are held at once, unless one day has more. */
const ROWS_AT_ONCE = 40_000
const DAYS_AT_ONCE = 92
const EVERYTHING: Range = { fromAtMs: Number.NEGATIVE_INFINITY, toAtMs: Number.POSITIVE_INFINITY }

export type Difference =
  | { kind: 'cell'; table: FactRows['table']; cellAtMs: number; sentence: string }
  | { kind: 'caller-day'; day: string; sentence: string }

export interface ReconcileOptions {
  audited: AuditedStore
  series: Series
  /** Days that lie within it, by the cells they begin and end with: sealed cells cannot be compared. By default all. */
  within?: Range
  onDay: (day: string, dayNumber: number, dayCount: number) => void
}

/** Every difference between what facts say and what cells hold, in order of days. */
export async function reconcileCells(options: ReconcileOptions): Promise<Difference[]> {
  const { audited, series, within = EVERYTHING, onDay } = options
  const zone = zoneOf(series.timeZone)
  const days = (await audited.days(series.name, series.timeZone)).filter(({ day }) => {
    const { fromAtMs, toAtMs } = dayRange(zone, dayOfText(day)!)
    return toAtMs > within.fromAtMs && fromAtMs < within.toAtMs
  })
  const stretches = stretchesOf(days)
  const differences: Difference[] = []
  let doneCount = 0
  let next = stretches[0] === undefined ? null : readStretch(audited, series, stretches[0])
  for (const [index, stretch] of stretches.entries()) {
    const read = await next!
    const following = stretches[index + 1]
    next = following === undefined ? null : readStretch(audited, series, following) // the store reads while we count
    let found = differencesOf(read, series, within.fromAtMs)
    if (found.length > 0) {
      await waitMs(RECOMPUTE_MS_MAX)
      found = differencesOf(await readStretch(audited, series, stretch), series, within.fromAtMs)
    }
    differences.push(...found)
    doneCount += stretch.length
    onDay(stretch.at(-1)!, doneCount, days.length)
  }
  return differences
}

/** Days to read at once: one at least, more where they are small. */
function stretchesOf(days: readonly DayOfFacts[]): string[][] {
  const stretches: string[][] = []
  let rows = Number.POSITIVE_INFINITY
  for (const { day, factRows } of days) {
    if (rows + factRows > ROWS_AT_ONCE || stretches.at(-1)!.length >= DAYS_AT_ONCE) {
      stretches.push([])
      rows = 0
    }
    stretches.at(-1)!.push(day)
    rows += factRows
  }
  return stretches
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

/** All that facts and cells say of a stretch of local days. */
interface StretchRead {
  days: readonly string[]
  callFacts: CallFact[]
  ticketFacts: TicketFact[]
  callCells: Map<number, CellRow>
  ticketCells: Map<number, CellRow>
  callerDays: Map<string, CallerDayRow>
}

async function readStretch(audited: AuditedStore, series: Series, days: readonly string[]): Promise<StretchRead> {
  const zone = zoneOf(series.timeZone)
  const [first, last] = [days[0]!, days.at(-1)!]
  const range = {
    fromAtMs: dayRange(zone, dayOfText(first)!).fromAtMs,
    toAtMs: dayRange(zone, dayOfText(last)!).toAtMs,
  }
  const [callFacts, ticketFacts, callCells, ticketCells, callerDays] = await Promise.all([
    audited.callFacts(range),
    audited.ticketFacts(range),
    audited.cells('call_facts', series.name, range),
    audited.cells('ticket_facts', series.name, range),
    audited.callerDays(series.name, series.timeZone, first, last),
  ])
  return { days, callFacts, ticketFacts, callCells, ticketCells, callerDays }
}

function differencesOf(
  { days, callFacts, ticketFacts, callCells, ticketCells, callerDays }: StretchRead,
  series: Series,
  sealedBeforeMs: number,
): Difference[] {
  const zone = zoneOf(series.timeZone)
  const differences: Difference[] = []
  const compare = (table: FactRows['table'], expected: Map<number, CellRow>, found: Map<number, CellRow>) => {
    for (const cellAtMs of [...new Set([...expected.keys(), ...found.keys()])].sort((a, b) => a - b)) {
      if (cellAtMs < sealedBeforeMs) continue
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
  compare('call_facts', expectedCallCells(callFacts, series.definitions), callCells)
  compare('ticket_facts', expectedTicketCells(ticketFacts, series.definitions), ticketCells)
  const callsByDay = grouped(callFacts, ({ arrivedAtMs }) => textOfDay(localDayOf(zone, arrivedAtMs)))
  for (const day of days) {
    if (dayRange(zone, dayOfText(day)!).fromAtMs < sealedBeforeMs) continue
    const expected = expectedCallerDay(callsByDay.get(day) ?? [], series.definitions)
    const found = callerDays.get(day) ?? { evidence: 0, callers: 0, answeredCallers: 0, seats: 0 }
    const problems = unequal({ ...found }, { ...expected })
    if (problems.length > 0)
      differences.push({ kind: 'caller-day', day, sentence: `caller-day ${day}: ${problems.join('; ')}` })
  }
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

/** What a row does not say, because an earlier program wrote it, is no difference. */
function unequal(found: Record<string, number | null>, expected: Record<string, number | null>): string[] {
  return Object.keys(expected)
    .filter((name) => found[name] !== null && found[name] !== expected[name])
    .map((name) => `${name} is ${found[name]}, expected ${expected[name]}`)
}
