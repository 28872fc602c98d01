/** Statements 定版报表 as they are printed on a terminal. */

import type { StatementAnswer, StatementSummary } from '../api/answers/statement-answer.ts'
import type { StatementDiffAnswer } from '../api/answers/statement-diff-answer.ts'
import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import { STATUS_WORDS } from '../kpi/status-words.ts'
import { colours } from './colours.ts'
import { evaluationTable } from './evaluation-table.ts'
import type { Language } from './language.ts'
import { plainTable } from './plain-table.ts'

/** Changed records that a table shows; JSON has them all. */
const RECORDS_SHOWN_MAX = 50

const WORDS = {
  zh: {
    title: '定版报表',
    list: ['编号', '期间', '版次', '状态', '话务记录', '工单记录', '最后发出时间'],
    kpis: ['指标', '实际值', '分子 / 分母', '公布值', '状态'],
    figures: ['指标', '定版', '现值', '差（百分点）'],
    records: ['', '编号', '时间', '定版', '现在', '改变的指标'],
    kinds: { call: '话务', ticket: '工单' },
    none: '尚无定版报表。',
    same: '自定版以来无变化。',
    more: '更多记录见 --format json',
  },
  en: {
    title: 'statement',
    list: ['id', 'period', 'revision', 'status', 'call facts', 'ticket facts', 'last emitted'],
    kpis: ['KPI', 'measured', 'numerator / denominator', 'published', 'status'],
    figures: ['KPI', 'issued', 'now', 'difference (points)'],
    records: ['', 'id', 'at', 'issued', 'now', 'figures it moved'],
    kinds: { call: 'call', ticket: 'ticket' },
    none: 'No statement has been issued.',
    same: 'Nothing has changed since it was issued.',
    more: 'all of them: --format json',
  },
} as const

export function statementsTable(statements: readonly StatementSummary[], language: Language): string {
  const words = WORDS[language]
  if (statements.length === 0) return words.none
  const table = plainTable(words.list, ['left', 'left', 'right', 'left', 'right', 'right', 'left'])
  for (const { id, period, revision, status, evidence, lastEmittedAt } of statements) {
    const ticketFacts = evidence.tickets + evidence.dueTickets
    table.push([
      id,
      period,
      revision,
      STATUS_WORDS[status][language],
      evidence.calls,
      ticketFacts,
      lastEmittedAt ?? '–',
    ])
  }
  const isSimulated = statements.some(({ simulated }) => simulated)
  return `${isSimulated ? `${colours.bold(SIMULATED_HEADING)}\n` : ''}${table.toString()}`
}

export function statementTable(statement: StatementAnswer, language: Language): string {
  const words = WORDS[language]
  const { id, sha256, simulated, profileName, period, from, to, status } = statement
  const table = plainTable(words.kpis, ['left', 'right', 'right', 'right', 'left'])
  for (const kpi of statement.kpis) {
    table.push([
      language === 'zh' ? kpi.nameZh : kpi.nameEn,
      kpi.percent === null ? '–' : `${kpi.percent} %`,
      `${kpi.numerator.toLocaleString('en')} / ${kpi.denominator.toLocaleString('en')}`,
      kpi.published === null ? '' : `${kpi.published.percent} %`,
      STATUS_WORDS[kpi.status][language],
    ])
  }
  return [
    `${simulated ? colours.bold(`${SIMULATED_HEADING} · `) : ''}${profileName} · ${period} · ${words.title}`,
    `${id} · ${STATUS_WORDS[status][language]} · [${from}, ${to})`,
    `SHA-256 ${sha256}`,
    table.toString(),
    ...(statement.evaluation === null ? [] : ['', evaluationTable(statement.evaluation, language)]),
  ].join('\n')
}

export function differenceTable(difference: StatementDiffAnswer, language: Language): string {
  const words = WORDS[language]
  const { id, period, simulated, kpis, records, isComplete } = difference
  const heading = `${simulated ? colours.bold(`${SIMULATED_HEADING} · `) : ''}${period} · ${words.title} ${id}`
  if (kpis.length === 0 && records.length === 0) return `${heading}\n${words.same}`
  const figures = plainTable(words.figures, ['left', 'right', 'right', 'right'])
  const figure = ({ numerator, denominator, percent }: (typeof kpis)[number]['now']) =>
    `${percent === null ? '–' : `${percent} %`}  ${numerator.toLocaleString('en')} / ${denominator.toLocaleString('en')}`
  for (const { id: kpi, nameZh, issued, now, differencePoints } of kpis) {
    const name = language === 'zh' ? nameZh : kpi
    figures.push([name, figure(issued), figure(now), differencePoints === null ? '–' : differencePoints.toFixed(4)])
  }
  const list = plainTable(words.records, ['left', 'left', 'left', 'left', 'left', 'left'])
  const revision = (side: (typeof records)[number]['now']) => (side === null ? '–' : `r${side.revision}`)
  for (const record of records.slice(0, RECORDS_SHOWN_MAX)) {
    const { kind, id: recordId, at, issued, now, kpis: moved } = record
    list.push([words.kinds[kind], recordId, at, revision(issued), revision(now), moved.join('\n') || '–'])
  }
  const isCut = records.length > RECORDS_SHOWN_MAX || !isComplete
  return [heading, figures.toString(), list.toString(), ...(isCut ? [words.more] : [])].join('\n')
}
