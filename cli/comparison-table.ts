/** A scenario beside the real figures, printed. */

import { headingText } from '../api/pages/scenario-heading.ts'
import { VERDICT_WORDS } from '../kpi/verdict-words.ts'
import { type CsvCell, csvText } from '../schemas/csv-text.ts'
import { colours } from './colours.ts'
import type { Language } from './language.ts'
import { plainTable } from './plain-table.ts'
import type { ComparedPeak, Comparison } from './scenario-comparison.ts'

const WORDS = {
  zh: {
    kpis: ['', '指标', '实际', '情景', '差（个百分点）', '分子 / 分母（情景）'],
    peaks: ['时段', '实际', '情景', '差（个百分点）', '与总体之差：实际', '情景', '判断：实际', '情景'],
    base: '实际',
    scenario: '情景',
    to: '至',
    out: '（不含）',
  },
  en: {
    kpis: ['', 'KPI', 'real', 'scenario', 'points', 'counted in the scenario'],
    peaks: ['period', 'real', 'scenario', 'points', 'off overall: real', 'scenario', 'verdict: real', 'scenario'],
    base: 'real',
    scenario: 'scenario',
    to: 'to',
    out: ' (out)',
  },
} as const

export function comparisonTable(comparison: Comparison, language: Language): string {
  const words = WORDS[language]
  const kpis = plainTable(words.kpis, ['left', 'left', 'right', 'right', 'right', 'right'])
  for (const { id, nameZh, base, scenario, differencePoints } of comparison.kpis) {
    const counted = `${scenario.numerator.toLocaleString('en')} / ${scenario.denominator.toLocaleString('en')}`
    kpis.push([nameZh, id, percent(base.ratio), percent(scenario.ratio), points(differencePoints), counted])
  }
  const peaks = plainTable(words.peaks, ['left', 'right', 'right', 'right', 'right', 'right', 'left', 'left'])
  for (const { period, base, scenario, differencePoints } of comparison.peaks) {
    peaks.push([
      period,
      percent(base?.ratio ?? null),
      percent(scenario?.ratio ?? null),
      points(differencePoints),
      points(base?.deviationPoints ?? null),
      points(scenario?.deviationPoints ?? null),
      verdict(base, language),
      verdict(scenario, language),
    ])
  }
  const span = ({ from, to }: Comparison['base']) => `${from.slice(0, 10)} ${words.to} ${to.slice(0, 10)}${words.out}`
  return [
    colours.bold(headingText(comparison.simulated, comparison.scenario)),
    `${words.base} ${span(comparison.base)} · ${words.scenario} ${span(comparison.shifted)}`,
    kpis.toString(),
    peaks.toString(),
  ].join('\n')
}

export function comparisonCsv(comparison: Comparison): string {
  const sides = (base: number | null | undefined, scenario: number | null | undefined): CsvCell[] => [
    base ?? null,
    scenario ?? null,
  ]
  const rows: CsvCell[][] = [
    [headingText(comparison.simulated, comparison.scenario)],
    ['实际', comparison.base.from, comparison.base.to, '情景', comparison.shifted.from, comparison.shifted.to],
    [
      '类别',
      '名称',
      '实际分子',
      '情景分子',
      '实际分母',
      '情景分母',
      '实际',
      '情景',
      '差（个百分点）',
      '实际与总体之差（个百分点）',
      '情景与总体之差（个百分点）',
    ],
    ...comparison.kpis.map(({ id, base, scenario, differencePoints }): CsvCell[] => [
      '指标',
      id,
      ...sides(base.numerator, scenario.numerator),
      ...sides(base.denominator, scenario.denominator),
      ...sides(base.ratio, scenario.ratio),
      differencePoints,
      null,
      null,
    ]),
    ...comparison.peaks.map(({ period, kind, base, scenario, differencePoints }): CsvCell[] => [
      kind === 'peak' ? '高峰' : '特殊时期',
      period,
      ...sides(base?.answeredCount, scenario?.answeredCount),
      ...sides(base?.offeredCount, scenario?.offeredCount),
      ...sides(base?.ratio, scenario?.ratio),
      differencePoints,
      ...sides(base?.deviationPoints, scenario?.deviationPoints),
    ]),
  ]
  return csvText(rows)
}

function percent(ratio: number | null): string {
  return ratio === null ? '–' : `${(ratio * 100).toFixed(2)} %`
}

function points(difference: number | null): string {
  if (difference === null) return '–'
  const text = difference.toFixed(2)
  if (Number(text) === 0) return '0.00' // never -0.00
  return difference > 0 ? `+${text}` : text
}

function verdict(peak: ComparedPeak | null, language: Language): string {
  return peak === null ? '–' : VERDICT_WORDS[peak.verdict][language]
}
