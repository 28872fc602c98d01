/** Weekdays as columns and rows are headed by them. */
import type { HeatmapAnswer } from '../../../api/answers/heatmap-answer.ts'
import type { Words } from '../language/language.ts'

export type Weekday = HeatmapAnswer['cells'][number]['weekday']

export const WEEKDAY_WORDS: Readonly<Record<Weekday, Words>> = {
  monday: { zh: '周一', en: 'Mon' },
  tuesday: { zh: '周二', en: 'Tue' },
  wednesday: { zh: '周三', en: 'Wed' },
  thursday: { zh: '周四', en: 'Thu' },
  friday: { zh: '周五', en: 'Fri' },
  saturday: { zh: '周六', en: 'Sat' },
  sunday: { zh: '周日', en: 'Sun' },
}

/** Monday first. */
export const WEEKDAYS = Object.keys(WEEKDAY_WORDS) as readonly Weekday[]
