/** The stability of a year or quarter as it is printed on a terminal. */
import Table from 'cli-table3'
import type { PooledAnswer, StabilityAnswer } from '../api/answers/stability-shape.ts'
import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import { percentText, signedPoints } from '../api/pages/stability-words.ts'
import type { Verdict } from '../kpi/statistics/verdict.ts'
import { STATUS_WORDS } from '../kpi/status-words.ts'
import { VERDICT_WORDS } from '../kpi/verdict-words.ts'
import { colours } from './colours.ts'
import type { Language } from './language.ts'

const WORDS = {
  zh: {
    pooled: ['时段', '场次', '人工请求量', '接通率', '差（个百分点）', '区间', '其余接通率', '达到目标', '判断'],
    single: ['单场', '场次', '未偏离', '偏离', '样本量不足', '超出容许偏差', '低信号', '无数据'],
    worst: ['最低的场次', '人工请求量', '接通率', '差', '判断', '原因'],
    month: '按月与总体之差（个百分点）',
    yes: '是',
    no: '否',
    overall: '总体接通率',
    target: '目标',
    rolling: '连续24小时最低',
    standard: '国标要求95%',
    asOf: '截至',
    nothing: '尚无',
    noData: '无数据',
    silence: '最长无记录（分钟）',
    late: '晚一天以上的记录',
    unknown: '所指话务无记录的工单',
  },
  en: {
    pooled: [
      'period',
      'instances',
      'offered',
      'rate',
      'difference (points)',
      'interval',
      'rest',
      'target met',
      'verdict',
    ],
    single: [
      'single instances',
      'all',
      'stable',
      'deviates',
      'insufficient',
      'outside tolerance',
      'low signal',
      'no data',
    ],
    worst: ['worst instances', 'offered', 'rate', 'points', 'verdict', 'why'],
    month: 'by month, difference (points)',
    yes: 'yes',
    no: 'no',
    overall: 'overall rate',
    target: 'target',
    rolling: 'least 24 hours',
    standard: 'the standard asks for 95 %',
    asOf: 'as of',
    nothing: 'nothing yet',
    noData: 'no data',
    silence: 'longest silence (minutes)',
    late: 'records over a day late',
    unknown: 'tickets whose call is unknown',
  },
} as const

export function stabilityTable(answer: StabilityAnswer, language: Language): string {
  const words = WORDS[language]
  return [
    answer.simulated ? colours.bold(SIMULATED_HEADING) : '',
    `${answer.profileName[language]} · ${answer.period} · ${STATUS_WORDS[answer.status][language]} · ${words.asOf} ${answer.asOf ?? words.nothing}`,
    colours.bold(answer.sentence[language]),
    readings(answer, language),
    pooledTable(answer, language),
    monthTable(answer, language),
    singleTable(answer, language),
    worstTable(answer, language),
    continuity(answer, language),
    `${answer.profile} ${answer.profileVersion} · ${answer.definitions} · ${answer.base[language]}`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function readings({ overall, target }: StabilityAnswer, language: Language): string {
  const words = WORDS[language]
  const met = overall.metTarget === null ? '' : overall.metTarget ? ` ✓` : ` ✗`
  const targetText = target === null ? '' : ` · ${words.target} ≥ ${Number((100 * target).toPrecision(12))}%${met}`
  return `${words.overall} ${overall.percent ?? '–'}% (${overall.answeredCount} / ${overall.offeredCount})${targetText}`
}

function pooledTable(answer: StabilityAnswer, language: Language): string {
  const words = WORDS[language]
  const rows = [...answer.pooled.filter(({ span }) => span === answer.period), ...answer.special].map(
    (window: PooledAnswer) => [
      window.name[language],
      `${window.instancesCount}${window.noDataCount === 0 ? '' : ` (${window.noDataCount} ${words.noData})`}`,
      String(window.offeredCount),
      window.percent === null ? '–' : `${window.percent}%`,
      signedPoints(window.deviationPoints),
      window.lowerPoints === null ? '–' : `${signedPoints(window.lowerPoints)} … ${signedPoints(window.upperPoints)}`,
      percentText(window.restRatio),
      window.metTarget === null ? '–' : window.metTarget ? words.yes : words.no,
      coloured(window.verdict, language),
    ],
  )
  return tableOf(words.pooled, rows, [0, 8])
}

function monthTable(answer: StabilityAnswer, language: Language): string {
  const months = [...new Set(answer.pooled.map(({ span }) => span))].filter((span) => /^\d{4}-\d{2}$/.test(span))
  const rows = answer.verdictCounts.map(({ period, name }) => [
    name[language],
    ...months.map((month) => {
      const window = answer.pooled.find((candidate) => candidate.period === period && candidate.span === month)
      return window === undefined ? '–' : paint(window.verdict, signedPoints(window.deviationPoints))
    }),
  ])
  return tableOf([WORDS[language].month, ...months.map((month) => month.slice(5))], rows, [0])
}

function singleTable({ verdictCounts }: StabilityAnswer, language: Language): string {
  const rows = verdictCounts.map((counts) => [
    counts.name[language],
    ...[
      counts.instancesCount,
      counts.stableCount,
      counts.deviatesCount,
      counts.insufficientCount,
      counts.outsideToleranceCount,
      counts.lowSignalCount,
      counts.noDataCount,
    ].map(String),
  ])
  return tableOf(WORDS[language].single, rows, [0])
}

function worstTable({ worst }: StabilityAnswer, language: Language): string {
  if (worst.length === 0) return ''
  const rows = worst.map((instance) => [
    `${instance.startAt.slice(0, 16).replace('T', ' ')} ${instance.name[language]}`,
    String(instance.offeredCount),
    percentText(instance.ratio),
    signedPoints(instance.deviationPoints),
    coloured(instance.verdict, language),
    instance.why[language],
  ])
  return tableOf(WORDS[language].worst, rows, [0, 4, 5])
}

function continuity({ rolling24Hours: low, continuity: found }: StabilityAnswer, language: Language): string {
  const words = WORDS[language]
  const rolling =
    low === null
      ? ''
      : `${words.rolling} ${low.percent}% (${low.startAt.slice(0, 16).replace('T', ' ')}; ${words.standard}: ${low.met ? '✓' : '✗'}) · `
  return `${rolling}${words.silence} ${found.longestSilence?.minutes ?? 0} · ${words.late} ${found.lateRecordsCount} (${percentText(found.lateRatio)}) · ${words.unknown} ${found.ticketsOfUnknownCallsCount}`
}

function coloured(verdict: Verdict, language: Language): string {
  return paint(verdict, VERDICT_WORDS[verdict][language])
}

function paint(verdict: Verdict, text: string): string {
  if (verdict === 'deviates') return colours.red(text)
  return verdict === 'insufficient' ? colours.yellow(text) : text
}

/** @param left columns of words; all others are numbers */
function tableOf(head: readonly string[], rows: readonly string[][], left: readonly number[]): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, at) => (left.includes(at) ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  })
  table.push(...rows)
  return table.toString()
}
