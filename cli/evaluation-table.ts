/** The scorecard of a year as it is printed on a terminal: within 100 columns, in the words of either language. */

import type { EvaluationAnswer } from '../api/answers/evaluation-answer.ts'
import type { IndicatorAnswer } from '../api/answers/indicator-answer.ts'
import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import { STATUS_WORDS } from '../kpi/status-words.ts'
import { colours } from './colours.ts'
import type { Language } from './language.ts'
import { plainTable } from './plain-table.ts'

/** The indicators' own names come from the profile, in the contract's language. */
const WORDS = {
  zh: {
    head: ['', '三级指标', '权重', '得分', '目标值', '实际完成值', '公布值', '差（百分点）'],
    title: '年度绩效评价评分表',
    total: '总分',
    provisional: '暂计',
    grade: '等级',
    asOf: '截至',
    nothing: '尚无',
    why: '未得满分的指标',
  },
  en: {
    head: ['', 'indicator', 'weight', 'score', 'target', 'actual', 'published', 'difference'],
    title: 'scorecard',
    total: 'score',
    provisional: 'so far',
    grade: 'grade',
    asOf: 'as of',
    nothing: 'nothing yet',
    why: 'without full marks',
  },
} as const

export function evaluationTable(answer: EvaluationAnswer, language: Language): string {
  const words = WORDS[language]
  const table = plainTable(words.head, ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'])
  for (const indicator of answer.indicators) table.push(row(indicator))
  const reasons = answer.indicators.flatMap(({ code, level3, reason }) =>
    reason === null ? [] : [`  ${code} ${level3}：${reason}`],
  )
  return [
    `${answer.simulated ? colours.bold(`${SIMULATED_HEADING} · `) : ''}${answer.profileName} · ${answer.year} · ${words.title}`,
    table.toString(),
    total(answer, language),
    ...(reasons.length === 0 ? [] : [`${words.why}:`, ...reasons]),
  ].join('\n')
}

function row({
  code,
  level3,
  from,
  weight,
  score,
  targetText,
  actualText,
  published,
  differencePoints,
}: IndicatorAnswer) {
  return [
    code,
    level3,
    weight,
    score ?? '–',
    targetText ?? '',
    actualText ?? (from === 'judged' ? '' : '–'),
    published === null ? '' : `${published.percent}%`,
    differencePoints === null ? '' : signed(differencePoints),
  ]
}

function total(answer: EvaluationAnswer, language: Language): string {
  const { score, provisionalScore, maxScore, grade, status, asOf } = answer
  const words = WORDS[language]
  const sum = score === null ? `${provisionalScore} (${words.provisional}) / ${maxScore}` : `${score} / ${maxScore}`
  return [
    `${words.total} ${colours.bold(sum)}`,
    `${words.grade} ${colours.bold(grade ?? '–')}`,
    STATUS_WORDS[status][language],
    `${words.asOf} ${asOf ?? words.nothing}`,
  ].join(' · ')
}

function signed(points: number): string {
  const text = points.toFixed(2)
  if (Number(text) === 0) return '0.00' // never -0.00
  return points > 0 ? `+${text}` : text
}
