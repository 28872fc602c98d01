/** The KPIs of a year, a quarter or a month, each with its base, its status and the periods to compare it with. */
import Type, { type Static } from 'typebox'
import { type Fraction, ratioOf } from '../../kpi/fraction.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { fractionIn, KPI_IDS, type Kpi, type KpiId } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import { type Period, rangeOf } from '../../kpi/periods.ts'
import { percentOf } from '../../kpi/rounding.ts'
import { leastStatus, type Status, statusOf } from '../../kpi/status.ts'
import { met } from '../../kpi/target.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type CountedPeriod, lesserWatermark, type Watermarks } from '../store/store-reader.ts'
import { AsOf, Count, Evidence, Instant, orNull, Ratio, Simulated, StatusShape } from './shapes.ts'

const Compared = orNull(
  Type.Object(
    { numerator: Count, denominator: Count, ratio: Ratio },
    { description: 'null if nothing was recorded there.' },
  ),
)

const KpiAnswer = Type.Object({
  id: Type.Enum([...KPI_IDS]),
  nameZh: Type.String(),
  nameEn: Type.String(),
  numerator: Count,
  denominator: Count,
  ratio: Ratio,
  percent: orNull(Type.String({ description: 'The exact quotient in percent, rounded as the profile says.' })),
  reason: Type.Optional(Type.String({ description: 'Why there is no ratio.' })),
  target: Ratio,
  met: orNull(Type.Boolean({ description: 'Decided on the exact quotient.' })),
  published: orNull(
    Type.Object(
      { percent: Type.String(), source: Type.String() },
      { description: "What was published for the contract's own period." },
    ),
  ),
  base: Type.Object({ zh: Type.String(), en: Type.String() }),
  status: StatusShape,
  previous: Compared,
  yearBefore: Compared,
})

export const PeriodAnswer = Type.Object({
  period: Type.String(),
  from: Instant,
  to: Instant,
  timeZone: Type.String(),
  profile: Type.String(),
  profileVersion: Type.String(),
  definitions: Type.String({ description: 'Hash of every setting that enters a count.' }),
  status: StatusShape,
  asOf: AsOf,
  evidence: Type.Object({ calls: Evidence, tickets: Evidence }),
  simulated: Simulated,
  kpis: Type.Array(KpiAnswer),
})
export type PeriodAnswer = Static<typeof PeriodAnswer>

export interface ComparedPeriods {
  asked: CountedPeriod
  /** The period of the same kind just before 环比. */
  previous: CountedPeriod
  /** The same period one year earlier 同比. */
  yearBefore: CountedPeriod
}

export function periodAnswerOf(
  answered: AnsweredProfile,
  period: Period,
  counted: ComparedPeriods,
  watermarks: Watermarks,
  restated: ReadonlySet<KpiId>,
): PeriodAnswer {
  const { profile, version, definitions, zone } = answered
  const { fromAtMs, toAtMs } = rangeOf(zone, period)
  const asOfAtMs = lesserWatermark(watermarks)
  const kpis = KPIS.map((kpi) => kpiAnswer(answered, period, kpi, counted, statusOfKpi(kpi)))
  function statusOfKpi({ id, topic }: Kpi): Status {
    const watermarkAtMs = topic === 'calls' ? watermarks.callsAtMs : watermarks.ticketsAtMs
    const status = statusOf(toAtMs, watermarkAtMs, answered.settleMs[topic])
    return status === 'final' && restated.has(id) ? 'restated' : status
  }
  return {
    period: period.name,
    from: isoOf(zone, fromAtMs),
    to: isoOf(zone, toAtMs),
    timeZone: zone.name,
    profile: profile.id,
    profileVersion: version,
    definitions,
    status: leastStatus(kpis.map(({ status }) => status)),
    asOf: asOfAtMs === null ? null : isoOf(zone, asOfAtMs),
    evidence: counted.asked.evidence,
    simulated: [counted.asked, counted.previous, counted.yearBefore].some(({ isSimulated }) => isSimulated),
    kpis,
  }
}

function kpiAnswer(
  { profile, contractFromDay, contractToDay }: AnsweredProfile,
  period: Period,
  kpi: Kpi,
  { asked, previous, yearBefore }: ComparedPeriods,
  status: Status,
): PeriodAnswer['kpis'][number] {
  const fraction = fractionIn(asked, kpi)
  const target = profile.targets[kpi.id] ?? null
  const isContract = period.fromDay === contractFromDay && period.toDay === contractToDay
  return {
    id: kpi.id,
    nameZh: kpi.nameZh,
    nameEn: kpi.nameEn,
    ...fraction,
    ratio: ratioOf(fraction),
    percent: percentOf(fraction, profile.report),
    ...(fraction.denominator === 0 ? { reason: `分母为 0 / the denominator is 0: ${kpi.denominator}` } : {}),
    target,
    met: met(fraction, target, kpi.direction),
    published: (isContract ? profile.published?.[kpi.id] : null) ?? null,
    base: kpi.base,
    status,
    previous: compared(previous, kpi),
    yearBefore: compared(yearBefore, kpi),
  }
}

function compared(counted: CountedPeriod, kpi: Kpi): (Fraction & { ratio: number | null }) | null {
  if (!hasRecords(counted, kpi)) return null
  const fraction = fractionIn(counted, kpi)
  return { ...fraction, ratio: ratioOf(fraction) }
}

/** Whether anything was recorded that the KPI could be about; tickets due in a period may all be accepted outside it. */
function hasRecords({ evidence, due }: CountedPeriod, kpi: Kpi): boolean {
  return kpi.counted === 'due' ? due.due > 0 : evidence[kpi.topic] > 0
}
