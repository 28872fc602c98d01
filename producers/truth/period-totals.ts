/** Counts by local month; a year is the sum of its months, because each count belongs to one local day. */
import { CALL_COUNT_NAMES, NO_CALLS } from '../../kpi/call-counts.ts'
import { NO_CALLERS } from '../../kpi/caller-counts.ts'
import { NOTHING_DUE } from '../../kpi/due-counts.ts'
import type { Fraction } from '../../kpi/fraction.ts'
import { fractionIn, type KpiId, type PeriodCounts } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import { type LocalDay, textOfDay } from '../../kpi/local-date.ts'
import { NO_TICKETS, TICKET_COUNT_NAMES } from '../../kpi/ticket-counts.ts'

const CALLER_COUNT_NAMES = ['callers', 'answered_callers'] as const
const DUE_COUNT_NAMES = ['due', 'closed', 'on_time'] as const

/** Numerator and denominator of every KPI. */
export type Fractions = Record<KpiId, Fraction>

export class PeriodTotals {
  readonly #months = new Map<string, PeriodCounts>()
  readonly #monthNames = new Map<LocalDay, string>()

  add(day: LocalDay, counts: Partial<PeriodCounts>): void {
    addTo(countsOf(this.#months, this.#monthName(day)), counts)
  }

  months(): Record<string, Fractions> {
    return fractionsOf(this.#months)
  }

  years(): Record<string, Fractions> {
    const years = new Map<string, PeriodCounts>()
    for (const [month, counts] of this.#months) addTo(countsOf(years, month.slice(0, 4)), counts)
    return fractionsOf(years)
  }

  #monthName(day: LocalDay): string {
    let name = this.#monthNames.get(day)
    if (name === undefined) {
      name = textOfDay(day).slice(0, 7)
      this.#monthNames.set(day, name)
    }
    return name
  }
}

function countsOf(periods: Map<string, PeriodCounts>, name: string): PeriodCounts {
  let counts = periods.get(name)
  if (counts === undefined) {
    counts = { calls: { ...NO_CALLS }, callers: { ...NO_CALLERS }, tickets: { ...NO_TICKETS }, due: { ...NOTHING_DUE } }
    periods.set(name, counts)
  }
  return counts
}

function addTo(total: PeriodCounts, { calls, callers, tickets, due }: Partial<PeriodCounts>): void {
  if (calls !== undefined) addCounts(total.calls, calls, CALL_COUNT_NAMES)
  if (callers !== undefined) addCounts(total.callers, callers, CALLER_COUNT_NAMES)
  if (tickets !== undefined) addCounts(total.tickets, tickets, TICKET_COUNT_NAMES)
  if (due !== undefined) addCounts(total.due, due, DUE_COUNT_NAMES)
}

function addCounts<Name extends string>(
  total: Record<Name, number>,
  added: Readonly<Record<Name, number>>,
  names: readonly Name[],
): void {
  // Most counts of one record are 0, and not writing them halves the time.
  for (const name of names) if (added[name] !== 0) total[name] += added[name]
}

function fractionsOf(periods: Map<string, PeriodCounts>): Record<string, Fractions> {
  const named = [...periods].sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(
    named.map(([name, counts]) => {
      const fractions = KPIS.map((kpi) => [kpi.id, fractionIn(counts, kpi)] as const)
      return [name, Object.fromEntries(fractions) as Fractions]
    }),
  )
}
