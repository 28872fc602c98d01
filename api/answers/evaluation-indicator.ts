/** One row of the scorecard: what an indicator asks, what was reached, and what that earns. */
import { type ScoringRule, scoreOf } from '../../kpi/evaluation.ts'
import { type Fraction, ratioOf } from '../../kpi/fraction.ts'
import { fractionIn, type KpiId } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import { percentOf } from '../../kpi/rounding.ts'
import { isSettled, type Status } from '../../kpi/status.ts'
import { STATUS_WORDS } from '../../kpi/status-words.ts'
import type { EvaluationIndicator } from '../../schemas/evaluation.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { CountedPeriod } from '../store/store-reader.ts'
import type { IndicatorAnswer } from './indicator-answer.ts'

type Judged = Extract<EvaluationIndicator, { from: 'judged' }>
type Supplied = Extract<EvaluationIndicator, { from: 'supplied' }>
type Measured = Extract<EvaluationIndicator, { from: 'measured' }>

export interface EvaluatedYear {
  answered: AnsweredProfile
  year: number
  /** Whether judgements and supplied figures of the profile are of this year. */
  isJudgedYear: boolean
  /** Whether the year is that of the contract, of which figures were published. */
  isContract: boolean
  counted: CountedPeriod
  restated: ReadonlySet<KpiId>
  statusOfTopic: Readonly<Record<'calls' | 'tickets', Status>>
}

/** The target of a supplied figure: all of what was to be reached. */
const ALL = 1

export function indicatorAnswerOf(indicator: EvaluationIndicator, of: EvaluatedYear): IndicatorAnswer {
  if (indicator.from === 'judged') return judgedAnswer(indicator, of)
  if (indicator.from === 'supplied') return suppliedAnswer(indicator, of)
  return measuredAnswer(indicator, of)
}

/** What every row says, with nothing reached yet. */
function words(indicator: EvaluationIndicator): IndicatorAnswer {
  const { code, level1, level2, level3, weight, from, explanation, rule } = indicator
  return {
    ...{ code, level1, level2, level3, weight, from, explanation, rule },
    score: null,
    target: null,
    targetText: null,
    actual: null,
    actualText: null,
    numerator: null,
    denominator: null,
    published: null,
    differencePoints: null,
    kpi: null,
    status: null,
    reason: null,
    source: '',
    judgedBy: null,
    evidence: null,
  }
}

function judgedAnswer(indicator: Judged, { year, isJudgedYear }: EvaluatedYear): IndicatorAnswer {
  const answer = { ...words(indicator), source: indicator.paper, judgedBy: indicator.judgedBy }
  if (!isJudgedYear) return { ...answer, reason: `${year}年度尚未评定` }
  if (indicator.score === undefined) return { ...answer, reason: '尚未评定' }
  const lost = indicator.score < indicator.weight ? (indicator.reason ?? '评定扣分，未写明原因') : null
  return { ...answer, score: indicator.score, reason: lost }
}

function suppliedAnswer(indicator: Supplied, { answered, year, isJudgedYear }: EvaluatedYear): IndicatorAnswer {
  const { actual, target, unit, weight, paper, judgedBy } = indicator
  const answer = { ...words(indicator), target: ALL, targetText: `${target}${unit}`, source: paper, judgedBy }
  if (!isJudgedYear) return { ...answer, reason: `${year}年度尚未提供` }
  const fraction = { numerator: actual, denominator: target }
  const score = scoreOf({ fraction, status: 'final' }, weight, ALL, scoringRuleOf(answered))
  return {
    ...answer,
    ...fraction,
    score,
    actual: ratioOf(fraction),
    actualText: `${actual}${unit}`,
    reason: lostReason(answered, fraction, ALL, weight, score),
  }
}

function measuredAnswer(indicator: Measured, of: EvaluatedYear): IndicatorAnswer {
  const { answered, counted } = of
  const { profile, definitions } = answered
  const kpi = KPIS.find(({ id }) => id === indicator.kpi)!
  const fraction = fractionIn(counted, kpi)
  const topicStatus = of.statusOfTopic[kpi.topic]
  const status = topicStatus === 'final' && of.restated.has(kpi.id) ? 'restated' : topicStatus
  const target = profile.targets[kpi.id]!
  const score = scoreOf({ fraction, status }, indicator.weight, target, scoringRuleOf(answered))
  const published = of.isContract ? (profile.published?.[kpi.id] ?? null) : null
  const ratio = ratioOf(fraction)
  return {
    ...words(indicator),
    ...fraction,
    score,
    target,
    targetText: `${percentOfTarget(answered, target)}%`,
    actual: ratio,
    actualText: ratio === null ? null : `${percentOf(fraction, profile.report)}%`,
    published,
    differencePoints: published === null || ratio === null ? null : pointsBetween(ratio, published.percent),
    kpi: kpi.id,
    status,
    reason: unsettledReason(fraction, status) ?? lostReason(answered, fraction, target, indicator.weight, score),
    source: `本系统统计，口径：${kpi.base.zh}；定义 ${definitions}`,
    evidence: counted.evidence[kpi.topic],
  }
}

function scoringRuleOf({ profile }: AnsweredProfile): ScoringRule {
  const { shortfall, decimals } = profile.evaluation!
  return { shortfall, decimals, rounding: profile.report.rounding }
}

function unsettledReason({ denominator }: Fraction, status: Status): string | null {
  if (!isSettled(status)) return `统计期${STATUS_WORDS[status].zh}，尚未定版，暂不计分`
  return denominator === 0 ? '分母为0，无法计分' : null
}

function lostReason(
  answered: AnsweredProfile,
  fraction: Fraction,
  target: number,
  weight: number,
  score: number | null,
): string | null {
  if (score === null || score >= weight) return null
  const { decimals } = scoringRuleOf(answered)
  const lost = Number((weight - score).toFixed(decimals))
  const actual = percentOf(fraction, answered.profile.report)
  return `实际完成值${actual}%，低于目标值${percentOfTarget(answered, target)}%，扣${lost}分`
}

/** A target in percent with the digits of the report: 0.8 as 80.00. */
function percentOfTarget({ profile }: AnsweredProfile, target: number): string {
  return (100 * target).toFixed(profile.report.decimals)
}

/** Percentage points by which a ratio lies above what was published; six digits are more than any print shows. */
function pointsBetween(ratio: number, publishedPercent: string): number {
  return Number((100 * ratio - Number(publishedPercent)).toFixed(6))
}
