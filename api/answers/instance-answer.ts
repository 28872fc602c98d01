/** One window on one day, judged: as every answer about peaks writes it. */
import Type, { type Static } from 'typebox'
import { COVERAGE_STATES } from '../../kpi/coverage.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import type { JudgedInstance } from '../../kpi/judged-instances.ts'
import { VERDICTS } from '../../kpi/statistics/verdict.ts'
import type { Zone } from '../../kpi/zone.ts'
import { Count, Evidence, Instant, NoRatioFields, noRatioOf, orNull, Ratio, StatusShape } from './shapes.ts'

export const Points = orNull(Type.Number({ description: 'Percentage points 个百分点; null without calls.' }))
export const VerdictShape = Type.Enum([...VERDICTS], {
  description: 'stable 未偏离, deviates 偏离, insufficient 样本量不足.',
})
export const CoverageShape = Type.Enum([...COVERAGE_STATES], {
  description: 'no-data 无数据: nothing came though 20 calls or more were expected; open: not over yet.',
})
export const CallsForVerdict = orNull(
  Type.Number({
    minimum: 0,
    description: 'Calls at which this rate would have a verdict; null if no number would do.',
  }),
)

/** The calls of a window, by what became of them. */
export const WindowCountFields = {
  offeredCount: Count,
  answeredCount: Count,
  abandonedCount: Count,
  noSeatCount: Count,
  flowedOutCount: Count,
  failedCount: Count,
  otherCount: Count,
}

/** What is said of a window beside the overall rate. */
export const JudgementFields = {
  ratio: Ratio,
  deviationPoints: Points,
  withinTolerance: orNull(
    Type.Boolean({ description: 'deviation at or above minus the tolerance: plain arithmetic.' }),
  ),
  lowerPoints: Points,
  upperPoints: Points,
  leastTolerancePoints: orNull(
    Type.Number({ minimum: 0, description: 'It would be stable for any tolerance from here on.' }),
  ),
  verdict: VerdictShape,
  callsForVerdict: CallsForVerdict,
  restRatio: Ratio,
  gapToRestPoints: Points,
  metTarget: orNull(Type.Boolean()),
}

export const InstanceAnswer = Type.Object({
  id: Type.String({ description: 'Period and local day, evening@2023-03-10.' }),
  period: Type.String(),
  kind: Type.Enum(['peak', 'special']),
  date: Type.String(),
  startAt: Instant,
  endAt: Instant,
  ...WindowCountFields,
  meanWaitMs: orNull(Type.Number({ minimum: 0, description: 'Of answered calls.' })),
  ...JudgementFields,
  ...NoRatioFields,
  signal: Type.Enum(['low', 'none'], { description: "low: strictly below the p′ limits of its period's sequence." }),
  adjustedP: orNull(Type.Number({ minimum: 0, maximum: 1, description: 'Benjamini–Hochberg, over this list.' })),
  coverage: CoverageShape,
  expectedCount: orNull(Type.Number({ minimum: 0 })),
  status: StatusShape,
  evidence: Evidence,
})
export type InstanceAnswer = Static<typeof InstanceAnswer>

/** Field by field: an answer has a thousand of these. */
export function instanceAnswerOf(zone: Zone, instance: JudgedInstance): InstanceAnswer {
  return {
    id: instance.id,
    period: instance.period,
    kind: instance.kind,
    date: instance.date,
    startAt: isoOf(zone, instance.startAtMs),
    endAt: isoOf(zone, instance.endAtMs),
    offeredCount: instance.offeredCount,
    answeredCount: instance.answeredCount,
    abandonedCount: instance.abandonedCount,
    noSeatCount: instance.noSeatCount,
    flowedOutCount: instance.flowedOutCount,
    failedCount: instance.failedCount,
    otherCount: instance.otherCount,
    meanWaitMs: instance.meanWaitMs,
    ratio: instance.ratio,
    ...noRatioOf(instance.ratio),
    deviationPoints: instance.deviationPoints,
    withinTolerance: instance.withinTolerance,
    lowerPoints: instance.lowerPoints,
    upperPoints: instance.upperPoints,
    leastTolerancePoints: instance.leastTolerancePoints,
    verdict: instance.verdict,
    callsForVerdict: instance.callsForVerdict,
    restRatio: instance.restRatio,
    gapToRestPoints: instance.gapToRestPoints,
    metTarget: instance.metTarget,
    signal: instance.signal,
    adjustedP: instance.adjustedP,
    coverage: instance.coverage.state,
    expectedCount: instance.coverage.expectedCount,
    status: instance.status,
    evidence: instance.evidence,
  }
}
