/** All cells of a series from facts, day by day: what a changed definition needs, and a restored backup of facts. */
import { CELL_MS } from '../kpi/cell.ts'
import { dayOfText } from '../kpi/local-date.ts'
import { dayRange, zoneOf } from '../kpi/zone.ts'
import type { AuditedStore } from './reconcile/audited-store.ts'
import type { Series, Store } from './store.ts'

/** Days of one round: a round is three queries, and its facts are sorted at once. */
const DAYS_PER_ROUND = 20

/**
 * Recomputes every cell that has a fact. Repeatable; running processors do no harm. Sealed cells stay as they are.
 *
 * @returns how many days there were
 */
export async function rebuild(
  audited: AuditedStore,
  store: Store,
  series: Series,
  onDays: (doneCount: number, dayCount: number) => void,
): Promise<number> {
  const zone = zoneOf(series.timeZone)
  const sealedBeforeMs = await audited.sealedBeforeMs()
  const days = (await audited.days(series.name, series.timeZone))
    .map(({ day }) => day)
    .filter((day) => dayRange(zone, dayOfText(day)!).toAtMs > sealedBeforeMs)
  for (let from = 0; from < days.length; from += DAYS_PER_ROUND) {
    const cells: number[] = []
    for (const day of days.slice(from, from + DAYS_PER_ROUND)) {
      const { fromAtMs, toAtMs } = dayRange(zone, dayOfText(day)!)
      for (let cellAtMs = fromAtMs; cellAtMs < toAtMs; cellAtMs += CELL_MS) cells.push(cellAtMs)
    }
    await store.recomputeCells('call_facts', cells, series)
    await store.recomputeCallerDays(cells, series)
    await store.recomputeCells('ticket_facts', cells, series)
    onDays(Math.min(from + DAYS_PER_ROUND, days.length), days.length)
  }
  return days.length
}
