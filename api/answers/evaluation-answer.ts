/** The scorecard of a year: every indicator with its points, the sum, the grade, and what is behind them. */
import Type, { type Static } from 'typebox'
import { gradeOf, sumOfPoints } from '../../kpi/evaluation.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import type { KpiId } from '../../kpi/kpi.ts'
import { type Period, rangeOf } from '../../kpi/periods.ts'
import { leastStatus, statusOf } from '../../kpi/status.ts'
import type { Evaluation } from '../../schemas/evaluation.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type CountedPeriod, lesserWatermark, type SeatsOfMonth, type Watermarks } from '../store/store-reader.ts'
import { type EvaluatedYear, indicatorAnswerOf } from './evaluation-indicator.ts'
import { IndicatorAnswer } from './indicator-answer.ts'
import { AsOf, Count, Instant, orNull, Simulated, StatusShape } from './shapes.ts'

export const EvaluationAnswer = Type.Object({
  year: Type.Integer(),
  from: Instant,
  to: Instant,
  profile: Type.String(),
  profileName: Type.String(),
  profileVersion: Type.String(),
  definitions: Type.String(),
  score: orNull(Type.Number({ description: 'null as long as one indicator has none.' })),
  provisionalScore: Type.Number({ description: 'The sum of the scores that are there.' }),
  maxScore: Type.Number(),
  grade: orNull(Type.String({ description: '等级' })),
  status: StatusShape,
  asOf: AsOf,
  simulated: Simulated,
  clause: Type.Object(
    { text: Type.String(), answer: Type.String({ description: 'Where it is answered.' }) },
    { description: 'The term of the contract that earns no points.' },
  ),
  seatsByMonth: Type.Array(
    Type.Object({ month: Type.String(), seats: Count }, { description: 'Distinct seats seen answering.' }),
  ),
  indicators: Type.Array(IndicatorAnswer),
})
export type EvaluationAnswer = Static<typeof EvaluationAnswer>

/** Everything that was read of a year. */
export interface ReadYear {
  year: number
  period: Period
  counted: CountedPeriod
  watermarks: Watermarks
  seatsByMonth: SeatsOfMonth[]
  /** KPIs that differ from what was issued; none for a statement itself. */
  restated: ReadonlySet<KpiId>
}

export function evaluationAnswerOf(
  answered: AnsweredProfile,
  evaluation: Evaluation,
  read: ReadYear,
): EvaluationAnswer {
  const { profile, zone } = answered
  const { fromAtMs, toAtMs } = rangeOf(zone, read.period)
  const evaluated = evaluatedYear(answered, evaluation, read, toAtMs)
  const indicators = evaluation.indicators.map((indicator) => indicatorAnswerOf(indicator, evaluated))
  const scores = indicators.map(({ score }) => score).filter((score) => score !== null)
  const provisionalScore = sumOfPoints(scores, evaluation.decimals)
  const score = scores.length === indicators.length ? provisionalScore : null
  const asOfAtMs = lesserWatermark(read.watermarks)
  return {
    year: read.year,
    from: isoOf(zone, fromAtMs),
    to: isoOf(zone, toAtMs),
    profile: profile.id,
    profileName: typeof profile.name === 'string' ? profile.name : profile.name.zh,
    profileVersion: answered.version,
    definitions: answered.definitions,
    score,
    provisionalScore,
    maxScore: sumOfPoints(
      indicators.map(({ weight }) => weight),
      evaluation.decimals,
    ),
    grade: score === null ? null : gradeOf(score, evaluation.grades),
    status: leastStatus(indicators.map(({ status }) => status).filter((status) => status !== null)),
    asOf: asOfAtMs === null ? null : isoOf(zone, asOfAtMs),
    simulated: read.counted.isSimulated,
    clause: { text: evaluation.clause, answer: `/v1/stability/${read.year}` },
    seatsByMonth: read.seatsByMonth,
    indicators,
  }
}

function evaluatedYear(
  answered: AnsweredProfile,
  evaluation: Evaluation,
  { year, period, counted, watermarks, restated }: ReadYear,
  toAtMs: number,
): EvaluatedYear {
  return {
    answered,
    year,
    counted,
    restated,
    isJudgedYear: evaluation.year === year,
    isContract: period.fromDay === answered.contractFromDay && period.toDay === answered.contractToDay,
    statusOfTopic: {
      calls: statusOf(toAtMs, watermarks.callsAtMs, answered.settleMs.calls),
      tickets: statusOf(toAtMs, watermarks.ticketsAtMs, answered.settleMs.tickets),
    },
  }
}
