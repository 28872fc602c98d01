/** Verdicts as they were issued, each version; a later version says what changed. */
import Type, { type Static } from 'typebox'
import { isoOf } from '../../kpi/instant-text.ts'
import type { Range } from '../../kpi/range.ts'
import { ratioOf } from '../../kpi/statistics/counts.ts'
import { OWN_COUNTS, VERDICT_REASONS } from '../../kpi/streamed-verdict.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { IssuedVerdict } from '../store/issued-verdict.ts'
import { CallsForVerdict, CoverageShape, Points, VerdictShape, WindowCountFields } from './instance-answer.ts'
import { AsOf, Count, Evidence, Instant, orNull, Ratio, Simulated, StatusShape } from './shapes.ts'

const Change = Type.Object({
  field: Type.String(),
  before: Type.Union([Type.Integer(), Type.String()]),
  after: Type.Union([Type.Integer(), Type.String()]),
})

const VerdictAnswer = Type.Object({
  id: Type.String({ description: 'Period and local day, evening@2023-03-10.' }),
  period: Type.String(),
  kind: Type.Enum(['peak', 'special']),
  date: Type.String(),
  startAt: Instant,
  endAt: Instant,
  profile: Type.String(),
  profileVersion: Type.String(),
  definitions: Type.String(),
  basis: Type.Literal('year-to-date', { description: "The local year from its start to the window's own end." }),
  base: Type.Object({
    fromAt: Instant,
    toAt: Instant,
    offeredCount: Count,
    answeredCount: Count,
    ratio: Ratio,
    evidence: Evidence,
  }),
  ...WindowCountFields,
  meanWaitMs: orNull(Type.Number({ minimum: 0 })),
  ratio: Ratio,
  deviationPoints: Points,
  withinTolerance: orNull(Type.Boolean()),
  lowerPoints: Points,
  upperPoints: Points,
  leastTolerancePoints: orNull(Type.Number({ minimum: 0 })),
  verdict: VerdictShape,
  reason: Type.Enum([...VERDICT_REASONS], { description: 'first-days: fewer than 28 days of records before its end.' }),
  callsForVerdict: CallsForVerdict,
  tolerancePoints: Type.Number(),
  confidence: Type.Number(),
  coverage: CoverageShape,
  expectedCount: orNull(Type.Number()),
  evidence: Evidence,
  status: StatusShape,
  restates: orNull(
    Type.Object(
      { evidence: Evidence, baseEvidence: Evidence, changes: Type.Array(Change) },
      { description: 'The version before, and what changed since.' },
    ),
  ),
})
type VerdictAnswer = Static<typeof VerdictAnswer>

export const VerdictsAnswer = Type.Object({
  from: Instant,
  to: Instant,
  asOf: AsOf,
  simulated: Simulated,
  verdicts: Type.Array(VerdictAnswer, { description: 'By start; versions of one window in the order of their issue.' }),
})
export type VerdictsAnswer = Static<typeof VerdictsAnswer>

/** @param issued by start, window and version */
export function verdictsAnswerOf(
  answered: AnsweredProfile,
  range: Range,
  issued: readonly IssuedVerdict[],
  watermarkAtMs: number | null,
): VerdictsAnswer {
  const { zone } = answered
  return {
    from: isoOf(zone, range.fromAtMs),
    to: isoOf(zone, range.toAtMs),
    asOf: watermarkAtMs === null ? null : isoOf(zone, watermarkAtMs),
    simulated: issued.some(({ isSimulated }) => isSimulated),
    verdicts: issued.map((verdict, at) => {
      const before = issued[at - 1]
      const after = issued[at + 1]
      return verdictAnswer(
        answered,
        verdict,
        isSameWindow(before, verdict) ? before : undefined,
        isSameWindow(after, verdict),
      )
    }),
  }
}

/** Of another version of the profile, or other definitions, it is a verdict of its own. */
function isSameWindow(other: IssuedVerdict | undefined, verdict: IssuedVerdict): boolean {
  return (
    other !== undefined &&
    other.id === verdict.id &&
    other.profileVersion === verdict.profileVersion &&
    other.definitions === verdict.definitions
  )
}

function verdictAnswer(
  { zone }: AnsweredProfile,
  verdict: IssuedVerdict,
  before: IssuedVerdict | undefined,
  isRestated: boolean,
): VerdictAnswer {
  const {
    startAtMs,
    endAtMs,
    waitedMs,
    baseFromAtMs,
    baseOfferedCount,
    baseAnsweredCount,
    baseEvidence,
    isSimulated: _,
    ...said
  } = verdict
  return {
    ...said,
    startAt: isoOf(zone, startAtMs),
    endAt: isoOf(zone, endAtMs),
    basis: 'year-to-date',
    base: {
      fromAt: isoOf(zone, baseFromAtMs),
      toAt: isoOf(zone, endAtMs),
      offeredCount: baseOfferedCount,
      answeredCount: baseAnsweredCount,
      ratio: ratioOf({ offeredCount: baseOfferedCount, answeredCount: baseAnsweredCount }),
      evidence: baseEvidence,
    },
    meanWaitMs: verdict.answeredCount === 0 ? null : waitedMs / verdict.answeredCount,
    ratio: ratioOf(verdict),
    status: isRestated ? 'restated' : 'final',
    restates:
      before === undefined
        ? null
        : { evidence: before.evidence, baseEvidence: before.baseEvidence, changes: changesOf(before, verdict) },
  }
}

function changesOf(before: IssuedVerdict, after: IssuedVerdict): Static<typeof Change>[] {
  const fields = [...OWN_COUNTS, 'verdict'] as const
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }))
}
