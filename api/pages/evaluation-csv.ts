import { type CsvCell, type CsvOptions, csvText } from '../../schemas/csv-text.ts'
import type { EvaluationAnswer } from '../answers/evaluation-answer.ts'
import type { IndicatorAnswer } from '../answers/indicator-answer.ts'
import { SIMULATED_HEADING } from './simulated-heading.ts'

const COLUMNS: readonly [string, (indicator: IndicatorAnswer) => CsvCell][] = [
  ['指标代码', ({ code }) => code],
  ['一级指标', ({ level1 }) => level1],
  ['二级指标', ({ level2 }) => level2],
  ['三级指标', ({ level3 }) => level3],
  ['权重', ({ weight }) => weight],
  ['得分', ({ score }) => score],
  ['目标值', ({ targetText }) => targetText],
  ['实际完成值', ({ actualText }) => actualText],
  ['分子', ({ numerator }) => numerator],
  ['分母', ({ denominator }) => denominator],
  ['公布值', ({ published }) => (published === null ? null : `${published.percent}%`)],
  ['与公布值之差（个百分点）', ({ differencePoints }) => differencePoints],
  ['公布来源', ({ published }) => published?.source ?? null],
  ['指标解释', ({ explanation }) => explanation],
  ['评分标准', ({ rule }) => rule],
  ['扣分原因', ({ reason }) => reason],
  ['佐证', ({ source }) => source],
  ['评定', ({ judgedBy }) => judgedBy],
  ['证据记录数', ({ evidence }) => evidence],
]

/** The scorecard as a table for people: a row per indicator, then the sum. */
export function evaluationCsv(answer: EvaluationAnswer, options: CsvOptions = {}): string {
  const sum: Record<string, CsvCell> = {
    指标代码: answer.score === null ? '合计（暂计）' : '合计',
    权重: answer.maxScore,
    得分: answer.score ?? answer.provisionalScore,
    评分标准: answer.grade === null ? null : `等级：${answer.grade}`,
    佐证: `截至 ${answer.asOf ?? '尚无'}`,
  }
  const rows = [
    ...(answer.simulated ? [[SIMULATED_HEADING]] : []),
    COLUMNS.map(([title]) => title),
    ...answer.indicators.map((indicator) => COLUMNS.map(([, cellOf]) => cellOf(indicator))),
    COLUMNS.map(([title]) => sum[title] ?? null),
  ]
  return csvText(rows, options)
}
