/** The year's KPIs as `up` prints them, measured beside published and target, and the scorecard. */
import { setTimeout as rest } from 'node:timers/promises'
import type { EvaluationAnswer } from '../../api/answers/evaluation-answer.ts'
import type { PeriodAnswer } from '../../api/answers/period-answer.ts'
import { SIMULATED_HEADING } from '../../api/pages/simulated-heading.ts'
import { STATUS_WORDS } from '../../kpi/status-words.ts'
import { colours } from '../colours.ts'
import { evaluationTable } from '../evaluation-table.ts'
import type { Language } from '../language.ts'
import { plainTable } from '../plain-table.ts'

/** Two minutes in all. */
const BUSY_TRIES_MAX = 120
const BUSY_REST_MS = 1_000

const WORDS = {
  zh: {
    head: ['', '指标', '实际值', '分子 / 分母', '公布值', '目标', '状态'],
    facts: '条记录',
    asOf: '截至',
    nothing: '尚无',
  },
  en: {
    head: ['', 'KPI', 'measured', 'counted', 'published', 'target', 'status'],
    facts: 'facts',
    asOf: 'as of',
    nothing: 'nothing yet',
  },
} as const

/** Asks the API for the scorecard of a year and says it as a table, in one string. */
export async function scorecard(api: string, year: string, language: Language): Promise<string> {
  return evaluationTable(await askedJson<EvaluationAnswer>(`${api}/v1/evaluations/${year}`), language)
}

/** Asks the API for a year and says it as a table, in one string. */
export async function yearTable(api: string, year: string, language: Language): Promise<string> {
  const answer = await askedJson<PeriodAnswer>(`${api}/v1/years/${year}`)
  const words = WORDS[language]
  const table = plainTable(words.head, ['left', 'left', 'right', 'right', 'right', 'right', 'left'])
  for (const kpi of answer.kpis) {
    const target =
      kpi.target === null ? '' : `≥ ${(kpi.target * 100).toFixed(0)} %${kpi.met === null ? '' : kpi.met ? ' ✓' : ' ✗'}`
    table.push([
      kpi.nameZh,
      kpi.id,
      kpi.percent === null ? '–' : `${kpi.percent} %`,
      `${kpi.numerator.toLocaleString('en')} / ${kpi.denominator.toLocaleString('en')}`,
      kpi.published === null ? '' : `${kpi.published.percent} %`,
      target,
      STATUS_WORDS[kpi.status][language],
    ])
  }
  const heading = `${answer.simulated ? colours.bold(`${SIMULATED_HEADING} · `) : ''}${answer.profile} · ${answer.period}`
  const facts = `${(answer.evidence.calls + answer.evidence.tickets).toLocaleString('en')} ${words.facts}`
  const status = STATUS_WORDS[answer.status][language]
  return `${heading}\n${table.toString()}\n${status} · ${words.asOf} ${answer.asOf ?? words.nothing} · ${facts}`
}

/** An API that has just started on a busy machine says 503, ask again: that is no reason for `up` to end. */
async function askedJson<Answer>(url: string, triesMax = BUSY_TRIES_MAX): Promise<Answer> {
  const answer = await fetch(url)
  if (answer.status === 503 && triesMax > 1) {
    await answer.arrayBuffer()
    await rest(BUSY_REST_MS)
    return askedJson(url, triesMax - 1)
  }
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
  return (await answer.json()) as Answer
}
