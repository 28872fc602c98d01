/** Connection rates along time: a point per quarter-hour, hour, day or month, also where nobody called. */
import Type, { type Static } from 'typebox'
import { ratioOf } from '../../kpi/fraction.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { wilsonInterval } from '../../kpi/statistics/wilson.ts'
import { leastStatus, statusOf } from '../../kpi/status.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ConnectionCell } from '../store/store-reader.ts'
import { AsOf, Count, Evidence, Instant, NoRatioFields, noRatioOf, Ratio, Simulated, StatusShape } from './shapes.ts'

export const RATE_GRAINS = ['cell', 'hour', 'day', 'month'] as const
export type RateGrain = (typeof RATE_GRAINS)[number]

const Point = Type.Object({
  startAt: Instant,
  endAt: Instant,
  offeredCount: Count,
  answeredCount: Count,
  ratio: Ratio,
  ...NoRatioFields,
  lower: Ratio,
  upper: Ratio,
  status: StatusShape,
  evidence: Evidence,
})

export const RatesAnswer = Type.Object({
  grain: Type.Enum([...RATE_GRAINS]),
  timeZone: Type.String(),
  profile: Type.String(),
  definitions: Type.String(),
  status: StatusShape,
  asOf: AsOf,
  simulated: Simulated,
  points: Type.Array(Point),
})
export type RatesAnswer = Static<typeof RatesAnswer>
type RatePoint = RatesAnswer['points'][number]

/**
 * @param boundariesAtMs start of every point and end of the last; on cell boundaries
 * @param cells          in order of time, all inside
 */
export function ratesAnswerOf(
  { profile, zone, definitions, settleMs, z }: AnsweredProfile,
  grain: RateGrain,
  boundariesAtMs: readonly number[],
  cells: readonly ConnectionCell[],
  watermarkAtMs: number | null,
): RatesAnswer {
  const points: RatePoint[] = []
  let at = 0
  let isSimulated = false
  for (let place = 0; place + 1 < boundariesAtMs.length; place += 1) {
    const startAtMs = boundariesAtMs[place]!
    const endAtMs = boundariesAtMs[place + 1]!
    const sum = { evidence: 0, offered: 0, answered: 0 }
    for (; at < cells.length && cells[at]!.cellAtMs < endAtMs; at += 1) {
      const cell = cells[at]!
      sum.evidence += cell.evidence
      sum.offered += cell.offered
      sum.answered += cell.answered
      isSimulated ||= cell.simulated > 0
    }
    const ratio = ratioOf({ numerator: sum.answered, denominator: sum.offered })
    points.push({
      startAt: isoOf(zone, startAtMs),
      endAt: isoOf(zone, endAtMs),
      offeredCount: sum.offered,
      answeredCount: sum.answered,
      ratio,
      ...noRatioOf(ratio),
      ...(ratio === null ? { lower: null, upper: null } : wilsonInterval(ratio, sum.offered, z)),
      status: statusOf(endAtMs, watermarkAtMs, settleMs.calls),
      evidence: sum.evidence,
    })
  }
  return {
    grain,
    timeZone: zone.name,
    profile: profile.id,
    definitions,
    status: leastStatus(points.map(({ status }) => status)),
    asOf: watermarkAtMs === null ? null : isoOf(zone, watermarkAtMs),
    simulated: isSimulated,
    points,
  }
}
