/** Words that several parts of these pages say. */
import type { PlanSummary } from '../../../api/answers/plan-answer.ts'
import type { Names } from '../answers/profile.ts'
import { periodText } from '../figures/period-name.ts'
import type { Language, Words } from '../language/language.ts'

export type PlanKind = PlanSummary['kind']
export type PlanState = PlanSummary['state']

export const KIND_WORDS: Readonly<Record<PlanKind, Words>> = {
  'what-if': { zh: '假设推演', en: 'What if' },
  seats: { zh: '最少坐席', en: 'Least seats' },
  forecast: { zh: '话务预测', en: 'Forecast' },
}

export const KIND_QUESTIONS: Readonly<Record<PlanKind, Words>> = {
  'what-if': {
    zh: '换一种坐席、话务量或通话时长，同样的来电会接通多少？',
    en: 'The same callers with other seats, more calls or longer ones: how many would have been answered?',
  },
  seats: {
    zh: '每个高峰都不偏离、且不低于下限，最少需要多少坐席？',
    en: 'The least roster that keeps every peak within tolerance and above the floor.',
  },
  forecast: {
    zh: '今后几周每一刻钟预计有多少人工请求？',
    en: 'How many calls to expect in each quarter-hour of the next weeks.',
  },
}

export const STATE_WORDS: Readonly<Record<PlanState, Words>> = {
  waiting: { zh: '排队中', en: 'waiting' },
  running: { zh: '计算中', en: 'running' },
  done: { zh: '完成', en: 'done' },
  failed: { zh: '失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}

export const STATE_TONES: Readonly<Record<PlanState, string>> = {
  waiting: 'unsure',
  running: 'unsure',
  done: 'good',
  failed: 'bad',
  cancelled: '',
}

export const OVERALL = { zh: '总体', en: 'Overall' }
export const PEAK = { zh: '高峰', en: 'Peak' }
export const RECORDED = { zh: '实际', en: 'Recorded' }
export const PREDICTED = { zh: '推演', en: 'Predicted' }
export const INTERVAL = { zh: '区间', en: 'Interval' }
export const CHANGE = { zh: '变化（个百分点）', en: 'Change (points)' }
export const FROM_OVERALL = { zh: '与总体之差（个百分点）', en: 'From overall (points)' }
export const OFFERED = { zh: '人工请求', en: 'Offered' }
export const SEATS = { zh: '坐席', en: 'Seats' }
export const SEATS_MEAN = { zh: '平均坐席', en: 'Seats, mean' }
export const SEAT_HOURS = { zh: '坐席小时/周', en: 'Seat hours a week' }
export const PERSONS = { zh: '折合人数', en: 'Persons' }
export const MOST_SEATS = { zh: '最多同时坐席', en: 'Seats at once, at most' }
export const COST = { zh: '年费用', en: 'Cost a year' }
export const LEAST_24_HOURS = { zh: '最低连续24小时', en: 'Least 24 hours' }
export const MEAN_WAIT = { zh: '平均等待', en: 'Mean wait' }
export const REDIALS = { zh: '重复来电', en: 'Redials' }
export const HOUR = { zh: '时', en: 'Hour' }
export const RATE = { zh: '接通率', en: 'Rate' }
export const WORKDAY = { zh: '工作日', en: 'Workday' }
export const OFFDAY = { zh: '休息日', en: 'Day off' }

export function isOver({ state }: Pick<PlanSummary, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running'
}

/** What did not hold, as a search names it: `tolerance evening 2023-07`, `floor overall`, `rolling`. */
export function failingText(what: string, names: Names, language: Language): string {
  const [rule, period = '', month] = what.split(' ')
  if (rule === 'rolling') return LEAST_24_HOURS[language]
  const name = period === 'overall' ? OVERALL[language] : names.window(period)
  const where = month === undefined ? name : `${name} ${periodText(month, language)}`
  if (rule === 'tolerance') return { zh: `${where}偏离`, en: `${where} deviates` }[language]
  return { zh: `${where}低于下限`, en: `${where} below the floor` }[language]
}

/** `08:15` of the 33rd quarter-hour of a day. */
export function quarterText(quarter: number): string {
  return `${String(quarter >> 2).padStart(2, '0')}:${String(15 * (quarter & 3)).padStart(2, '0')}`
}
