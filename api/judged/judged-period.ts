/** Reads and judges a year or a quarter: what every answer about peaks is made of. */

import type { Holidays } from '../../kpi/holidays.ts'
import type { StabilityTerms } from '../../kpi/judgement.ts'
import { type Period, rangeOf } from '../../kpi/periods.ts'
import { type Stability, stabilityOf } from '../../kpi/stability.ts'
import type { WindowDefinitions } from '../../kpi/windows.ts'
import { dayStartAtMs } from '../../kpi/zone.ts'
import { holidaysOf, stabilityTermsOf, windowDefinitionsOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { CountedSeries, StabilityReader } from '../store/stability-reader.ts'
import type { CallPart, StoreReader } from '../store/store-reader.ts'

/** Days before a period by which its coverage is measured: ten weeks, so that holidays among them leave eight. */
const LEAD_DAYS = 70

export interface JudgedPeriod {
  period: Period
  part: CallPart
  stability: Stability
  terms: StabilityTerms
  watermarkAtMs: number | null
  isSimulated: boolean
}

export interface StabilityReaders {
  reader: StoreReader
  stability: StabilityReader
}

export async function judgedPeriod(
  answered: AnsweredProfile,
  { reader, stability }: StabilityReaders,
  period: Period,
  part: CallPart,
): Promise<JudgedPeriod> {
  const range = rangeOf(answered.zone, period)
  const held = { fromAtMs: dayStartAtMs(answered.zone, period.fromDay - LEAD_DAYS), toAtMs: range.toAtMs }
  const [counted, { callsAtMs }] = await Promise.all([stability.callSeries(held, part), reader.watermarks()])
  return judgedFrom(answered, period, part, counted, callsAtMs)
}

/** The same from counts that were read already. */
export function judgedFrom(
  answered: AnsweredProfile,
  period: Period,
  part: CallPart,
  { series, isSimulated }: CountedSeries,
  watermarkAtMs: number | null,
): JudgedPeriod {
  const { zone, contractFromDay, settleMs } = answered
  const { windows, terms, holidays } = questionOf(answered)
  const stability = stabilityOf({
    period,
    zone,
    holidays,
    windows,
    terms,
    contractFromDay,
    series,
    seriesToAtMs: rangeOf(zone, period).toAtMs,
    watermarkAtMs,
    settleMs: settleMs.calls,
  })
  return { period, part, stability, terms, watermarkAtMs, isSimulated }
}

/** What the profile asks of its peaks. */
function questionOf(answered: AnsweredProfile): {
  windows: WindowDefinitions
  terms: StabilityTerms
  holidays: Holidays
} {
  const { profile } = answered
  return { windows: windowDefinitionsOf(profile), terms: stabilityTermsOf(profile), holidays: holidaysOf(profile) }
}
