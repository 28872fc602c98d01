/** The shape of the answer about a year's or a quarter's peaks. */
import Type, { type Static } from 'typebox'
import { ContinuityAnswer } from './continuity-answer.ts'
import { InstanceAnswer, JudgementFields, WindowCountFields } from './instance-answer.ts'
import { Count, Instant, NoRatioFields, orNull, Ratio, StatusShape } from './shapes.ts'
import { TermFields } from './stability-terms.ts'

export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
const Percent = orNull(Type.String({ description: 'The exact quotient in percent, rounded as the profile says.' }))

const PooledAnswer = Type.Object({
  period: Type.String(),
  name: Words,
  kind: Type.Enum(['peak', 'special']),
  span: Type.String({ description: 'What is pooled: a year, a quarter, a month; of a special period its id.' }),
  from: Type.Optional(Type.String({ description: 'Of a special period: first day or moment, in.' })),
  to: Type.Optional(Type.String({ description: 'Out.' })),
  instancesCount: Count,
  noDataCount: Count,
  ...WindowCountFields,
  meanWaitMs: orNull(Type.Number({ minimum: 0 })),
  percent: Percent,
  ...JudgementFields,
  ...NoRatioFields,
  sigmaZ: Type.Number({
    description: "Laney's σ_z: how much more the days differ than chance alone explains; 1 if not.",
  }),
  status: StatusShape,
})

export const VerdictCounts = Type.Object({
  period: Type.String(),
  name: Words,
  instancesCount: Count,
  stableCount: Count,
  deviatesCount: Count,
  insufficientCount: Count,
  outsideToleranceCount: Count,
  lowSignalCount: Count,
  noDataCount: Count,
})

const WallHour = orNull(
  Type.Object({ from: Type.String(), to: Type.String(), meanOfferedCount: Type.Number(), daysCount: Count }),
)

export const StabilityAnswer = Type.Object({
  period: Type.String(),
  from: Instant,
  to: Instant,
  basis: Type.Enum(['year', 'quarter'], { description: 'What the windows are held against: the whole of it.' }),
  line: orNull(Type.String()),
  region: orNull(Type.String()),
  profileName: Words,
  ...TermFields,
  sentence: Words,
  overall: Type.Object({
    ...WindowCountFields,
    ratio: Ratio,
    ...NoRatioFields,
    percent: Percent,
    metTarget: orNull(Type.Boolean()),
  }),
  pooled: Type.Array(PooledAnswer, { description: 'Every peak by year, quarter and month.' }),
  special: Type.Array(PooledAnswer),
  verdictCounts: Type.Array(VerdictCounts, { description: 'How the single instances of each peak were found.' }),
  worst: Type.Array(
    Type.Object({ ...InstanceAnswer.properties, name: Words, seatsAnsweringCount: Count, why: Words }),
    { description: 'The instances that lie most surely below the rest, and what became of their calls.' },
  ),
  charts: Type.Array(
    Type.Object({
      period: Type.String(),
      meanRatio: Ratio,
      sigmaZ: Type.Number(),
      callsToFlag: orNull(
        Type.Integer({ description: 'With fewer calls a low signal is a hint and no flag (ASTM E2587).' }),
      ),
      points: Type.Array(
        Type.Object({
          date: Type.String(),
          offeredCount: Count,
          ratio: Ratio,
          lower: Ratio,
          upper: Ratio,
          signal: Type.Enum(['low', 'none']),
        }),
      ),
    }),
    {
      description: "Laney's p′ chart of each peak: three different lines are the limits, the target and the standard.",
    },
  ),
  rolling24Hours: orNull(
    Type.Object(
      {
        startAt: Instant,
        endAt: Instant,
        offeredCount: Count,
        answeredCount: Count,
        ratio: Ratio,
        percent: Percent,
        target: Ratio,
        met: orNull(Type.Boolean()),
      },
      {
        description:
          'The earliest of the 24 hours with the least rate. GB/T 33358-2016 asks for 95 % over any of them.',
      },
    ),
  ),
  coverage: Type.Object({
    noDataCount: Count,
    unknownCount: Count,
    noData: Type.Array(
      Type.Object({ id: Type.String(), startAt: Instant, endAt: Instant, expectedCount: orNull(Type.Number()) }),
    ),
  }),
  continuity: ContinuityAnswer,
  busyHours: Type.Object({
    timeConsistent: WallHour,
    meanOfDailyBusiest: orNull(Type.Number()),
    shareInPeaks: Ratio,
    busiestOutside: WallHour,
  }),
  overlaps: Type.Array(
    Type.Object({
      periods: Type.Array(Type.String()),
      instancesCount: Count,
      sharedHours: Type.Number(),
      firstDate: Type.String(),
    }),
  ),
  unknownYears: Type.Array(Type.Integer()),
  notes: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), text: Words })),
})
export type StabilityAnswer = Static<typeof StabilityAnswer>
export type PooledAnswer = Static<typeof PooledAnswer>
