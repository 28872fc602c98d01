/** What a KPI is: its words for people, and how its two numbers come out of counts. One file per KPI; the list is kpis.ts. */
import type { CallCounts } from './call-counts.ts'
import type { CallerCounts } from './caller-counts.ts'
import type { DueCounts } from './due-counts.ts'
import type { Fraction } from './fraction.ts'
import type { TicketCounts } from './ticket-counts.ts'

/** Outside names, fixed. */
export const KPI_IDS = [
  'connectionRate',
  'connectionRateByCaller',
  'answeredIn15sOfOffered',
  'answeredIn15sOfAnswered',
  'abandonmentRate',
  'goodRatingRate',
  'ratingResponseRate',
  'outboundConnectedRate',
  'directResolutionRate',
  'closureRate',
  'closureRateOfDue',
  'onTimeClosureRate',
  'satisfactionRate',
  'followUpRate',
] as const
export type KpiId = (typeof KPI_IDS)[number]

export type Direction = 'higher-is-better' | 'lower-is-better'

/** The words of a KPI. All are printed: a rate without its base has been misread before. */
export interface KpiWords {
  readonly id: KpiId
  readonly nameZh: string
  readonly nameEn: string
  /** In the names of the counts. */
  readonly formula: string
  readonly numerator: string
  readonly denominator: string
  /** Whom the rate is about, and by which instant they belong to a window. */
  readonly base: { readonly zh: string; readonly en: string }
  /** Every KPI so far is a ratio from 0 to 1. */
  readonly unit: 'ratio'
  readonly direction: Direction
  /** Where the definition comes from. */
  readonly source: string
}

/** Counted over calls, by the window of their arrival. */
export interface CallKpi extends KpiWords {
  readonly topic: 'calls'
  readonly counted: 'calls'
  readonly fractionOf: (counts: CallCounts) => Fraction
}

/** Counted over caller-days, by the local day of arrival. */
export interface CallerKpi extends KpiWords {
  readonly topic: 'calls'
  readonly counted: 'callers'
  readonly fractionOf: (counts: CallerCounts) => Fraction
}

/** Counted over tickets, by the window of their acceptance. */
export interface TicketKpi extends KpiWords {
  readonly topic: 'tickets'
  readonly counted: 'tickets'
  readonly fractionOf: (counts: TicketCounts) => Fraction
}

/** Counted over tickets, by the window they are due in. */
export interface DueKpi extends KpiWords {
  readonly topic: 'tickets'
  readonly counted: 'due'
  readonly fractionOf: (counts: DueCounts) => Fraction
}

export type Kpi = CallKpi | CallerKpi | TicketKpi | DueKpi

/** Everything that was counted of one period. */
export interface PeriodCounts {
  calls: CallCounts
  callers: CallerCounts
  tickets: TicketCounts
  due: DueCounts
}

/** The two numbers of a KPI in a period. */
export function fractionIn(counts: PeriodCounts, kpi: Kpi): Fraction {
  switch (kpi.counted) {
    case 'calls':
      return kpi.fractionOf(counts.calls)
    case 'callers':
      return kpi.fractionOf(counts.callers)
    case 'tickets':
      return kpi.fractionOf(counts.tickets)
    case 'due':
      return kpi.fractionOf(counts.due)
  }
}
