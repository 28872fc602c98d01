import { CELL_MS } from '../../../kpi/cell.ts'
import { emptySeries } from '../../../kpi/cell-series.ts'
import { holidaysNamed } from '../../../kpi/holidays.ts'
import type { StabilityTerms } from '../../../kpi/judgement.ts'
import { dayOfText } from '../../../kpi/local-date.ts'
import { periodOf, rangeOf } from '../../../kpi/periods.ts'
import type { StabilityQuestion } from '../../../kpi/stability.ts'
import type { WindowDefinitions } from '../../../kpi/windows.ts'
import { zoneOf } from '../../../kpi/zone.ts'

export const SHANGHAI = zoneOf('Asia/Shanghai')
export const HOLIDAYS = holidaysNamed('cn')!
export const TERMS: StabilityTerms = { tolerancePoints: 2, confidence: 0.95, overdispersion: 'laney', targetRatio: 0.8 }
export const WINDOWS: WindowDefinitions = {
  peaks: [
    { id: 'weekday-morning', days: 'workday', from: '08:30', to: '11:30' },
    { id: 'weekday-afternoon', days: 'workday', from: '13:30', to: '17:00' },
    { id: 'evening', days: 'all', from: '18:00', to: '20:00' },
  ],
  special: [{ id: 'spring-festival', from: '2023-01-21', to: '2023-01-28' }],
}

/** An instant of Shanghai, `2023-03-10T18:00`. */
export function at(local: string): number {
  return Date.parse(`${local}:00+08:00`)
}

/** What one cell receives. */
export type CallsAt = (startAtMs: number) => { offered: number; answered: number }

/**
 * A hotline as regular as a clock: by default 20 calls in every quarter-hour from 08:00 to 20:00 and 1 in the
 * others, of which 98 in 100 are answered, spread evenly.
 */
export function steadyHotline(ratio = 0.98): CallsAt {
  let owed = 0
  return (startAtMs) => {
    const hour = new Date(startAtMs + 8 * 3_600_000).getUTCHours()
    const offered = hour >= 8 && hour < 20 ? 20 : 1
    owed += offered * (1 - ratio)
    const missed = Math.min(offered, Math.floor(owed + 1e-9))
    owed -= missed
    return { offered, answered: offered - missed }
  }
}

/** The question for a year or quarter, its series filled by a function; the watermark has passed everything. */
export function askedOf(periodName: string, callsAt: CallsAt, seriesFromAtMs?: number): StabilityQuestion {
  const period = periodOf(periodName)!
  const range = rangeOf(SHANGHAI, period)
  const fromAtMs = seriesFromAtMs ?? range.fromAtMs
  const series = emptySeries({ fromAtMs, toAtMs: range.toAtMs })
  for (let place = 0; place < series.columns.offered.length; place += 1) {
    const { offered, answered } = callsAt(fromAtMs + place * CELL_MS)
    series.columns.offered[place] = offered
    series.columns.answered[place] = answered
    series.columns.abandoned[place] = offered - answered
    series.columns.waited_ms[place] = answered * 9000
    series.columns.evidence[place] = offered
  }
  return {
    period,
    zone: SHANGHAI,
    holidays: HOLIDAYS,
    windows: WINDOWS,
    terms: TERMS,
    contractFromDay: dayOfText('2023-01-01')!,
    series,
    seriesToAtMs: range.toAtMs,
    watermarkAtMs: range.toAtMs + 2 * 3_600_000,
    settleMs: 2 * 3_600_000,
  }
}
