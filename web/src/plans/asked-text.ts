/** What a plan was asked for, in one line for people: what differs from the recorded period, then the period. */
import type { PlanSummary } from '../../../api/answers/plan-answer.ts'
import type { Names, ProfileAnswer } from '../answers/profile.ts'
import { dateAfter } from '../figures/period-name.ts'
import type { Language } from '../language/language.ts'
import { typedOf } from './asked-plan.ts'
import { NUMBER_FIELDS } from './form-fields.ts'
import { SEATS } from './plan-words.ts'

const ALL_DAY = { zh: '全部时段', en: 'all day' }
const AS_IT_WAS = { zh: '一切照旧', en: 'as it was' }
const ROSTERS: Readonly<Record<string, Record<Language, string>>> = {
  profile: { zh: '方案班次', en: 'the profile’s shifts' },
  seen: { zh: '通话中见到的坐席', en: 'seats seen on calls' },
  given: { zh: '给定排班', en: 'a given roster' },
}
const FITTED = { zh: '同形随机来电', en: 'arrivals of the same shape' }
const LOG_NORMAL = { zh: '对数正态时长', en: 'log-normal times' }

/** What a plan costs, and how often it is run, does not tell plans apart. */
const LEFT_OUT = new Set(['costPerPerson', 'hoursPerPerson', 'shrinkage', 'seeds', 'seed'])

export function askedText({ kind, inputs }: PlanSummary, names: Names, language: Language): string {
  const parts = (inputs.seatFactors ?? []).map(({ period, factor }) => {
    const name = period === 'all' ? ALL_DAY[language] : names.window(period)
    return `${name} ${SEATS[language].toLowerCase()} ${signed(100 * (factor - 1))}%`
  })
  if (inputs.roster !== undefined) {
    parts.push(ROSTERS[typeof inputs.roster === 'string' ? inputs.roster : 'given']![language])
  }
  const isAsked = (name: string, at: number) => NUMBER_FIELDS.findIndex((field) => field.name === name) === at
  for (const field of NUMBER_FIELDS.filter(({ name }, at) => isAsked(name, at))) {
    const value = inputs[field.name]
    if (value === undefined || LEFT_OUT.has(field.name)) continue
    const typed = typedOf(field, value)
    const unit = field.unit[language]
    const shown = field.form === 'change' ? signed(typed) : typed.toLocaleString('en-US')
    parts.push(
      `${field.label[language].replace(/,? ?(变化|change)$/, '')} ${shown}${unit === '%' ? '' : ' '}${unit}`.trim(),
    )
  }
  if (inputs.arrivals === 'fitted') parts.push(FITTED[language])
  if (inputs.handlingTimes === 'log-normal') parts.push(LOG_NORMAL[language])
  if (parts.length === 0 && kind === 'what-if') parts.push(AS_IT_WAS[language])
  return parts.join(language === 'zh' ? '，' : ', ')
}

/** The days of the recorded period, the last one in; of a forecast its first day. */
export function daysText({ kind, inputs: { from, to } }: PlanSummary, { contract }: ProfileAnswer): string {
  const first = (from ?? (kind === 'forecast' ? contract.to : contract.from)).slice(0, 10)
  if (kind === 'forecast') return first
  return `${first} – ${dateAfter((to ?? contract.to).slice(0, 10), -1)}`
}

function signed(change: number): string {
  const size = Number(Math.abs(change).toPrecision(6))
  return `${change < 0 ? '−' : '+'}${size}`
}
