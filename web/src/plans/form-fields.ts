/** The numbers that a plan can be asked for: how the form calls them, how the address does, and what the API takes. */
import type { PlanInputs } from '../../../api/answers/plan-answer.ts'
import type { Words } from '../language/language.ts'
import type { PlanKind } from './plan-words.ts'

type NumberInput = {
  [Name in keyof PlanInputs]-?: NonNullable<PlanInputs[Name]> extends number ? Name : never
}[keyof PlanInputs]

export interface NumberField {
  /** In the address, and of the input of the API. */
  name: NumberInput
  kinds: readonly PlanKind[]
  label: Words
  unit: Words
  /** `change`: 10 is a factor of 1.10; `percent`: 10 is 0.10; `plain`: 10 is 10. */
  form: 'change' | 'percent' | 'plain'
  min: number
  max: number
  isWhole: boolean
  /** What holds where nothing is typed. */
  usual: Words
  /** Asked for seldom: folded away. */
  isSeldom: boolean
}

const RUN: readonly PlanKind[] = ['what-if', 'seats']
const WHAT_IF: readonly PlanKind[] = ['what-if']
const SEATS: readonly PlanKind[] = ['seats']
const PERCENT = { zh: '%', en: '%' }
const SECONDS = { zh: '秒', en: 's' }
const NONE = { zh: '', en: '' }
const AS_RECORDED = { zh: '按实际', en: 'as recorded' }
const NO_CHANGE = { zh: '0', en: '0' }
const said = (text: string): Words => ({ zh: text, en: text })

const OFTEN = { isSeldom: false, isWhole: false } as const
const SELDOM = { isSeldom: true, isWhole: false } as const

export const NUMBER_FIELDS: readonly NumberField[] = [
  {
    ...OFTEN,
    name: 'volume',
    kinds: RUN,
    label: { zh: '话务量变化', en: 'Calls, change' },
    unit: PERCENT,
    form: 'change',
    min: -99,
    max: 900,
    usual: NO_CHANGE,
  },
  {
    ...OFTEN,
    name: 'handling',
    kinds: RUN,
    label: { zh: '通话与话后时长变化', en: 'Talk and wrap-up, change' },
    unit: PERCENT,
    form: 'change',
    min: -99,
    max: 900,
    usual: NO_CHANGE,
  },
  {
    ...OFTEN,
    name: 'patienceSeconds',
    kinds: RUN,
    label: { zh: '平均耐心', en: 'Mean patience' },
    unit: SECONDS,
    form: 'plain',
    min: 1,
    max: 86_400,
    usual: AS_RECORDED,
  },
  {
    ...OFTEN,
    name: 'tolerancePoints',
    kinds: SEATS,
    label: { zh: '容许偏差', en: 'Tolerance' },
    unit: { zh: '个百分点', en: 'points' },
    form: 'plain',
    min: 0,
    max: 100,
    usual: NONE,
  },
  {
    ...OFTEN,
    name: 'floor',
    kinds: SEATS,
    label: { zh: '总体与各高峰下限', en: 'Floor, overall and peaks' },
    unit: PERCENT,
    form: 'percent',
    min: 0,
    max: 100,
    usual: { zh: '实际接通率', en: 'recorded rate' },
  },
  {
    ...OFTEN,
    name: 'rollingFloor',
    kinds: SEATS,
    label: { zh: '任意连续24小时下限', en: 'Floor of any 24 hours' },
    unit: PERCENT,
    form: 'percent',
    min: 0,
    max: 100,
    usual: said('95'),
  },
  {
    ...OFTEN,
    name: 'weeks',
    kinds: ['forecast'],
    label: { zh: '预测', en: 'Ahead' },
    unit: { zh: '周', en: 'weeks' },
    form: 'plain',
    isWhole: true,
    min: 1,
    max: 53,
    usual: said('4'),
  },
  {
    ...OFTEN,
    name: 'costPerPerson',
    kinds: RUN,
    label: { zh: '每人年费用', en: 'Cost of a person, a year' },
    unit: { zh: '元', en: 'CNY' },
    form: 'plain',
    min: 0,
    max: 1e9,
    usual: { zh: '不计', en: 'left out' },
  },
  {
    ...SELDOM,
    name: 'hoursPerPerson',
    kinds: RUN,
    label: { zh: '每人每周工时', en: 'Paid hours of a person, a week' },
    unit: { zh: '小时', en: 'h' },
    form: 'plain',
    min: 1,
    max: 168,
    usual: said('40'),
  },
  {
    ...SELDOM,
    name: 'shrinkage',
    kinds: RUN,
    label: { zh: '其中不在席', en: 'Of these not at the seat' },
    unit: PERCENT,
    form: 'percent',
    min: 0,
    max: 95,
    usual: said('30'),
  },
  {
    ...SELDOM,
    name: 'redialRatio',
    kinds: RUN,
    label: { zh: '未接通者重拨比例', en: 'Call again if not answered' },
    unit: PERCENT,
    form: 'percent',
    min: 0,
    max: 99,
    usual: AS_RECORDED,
  },
  {
    ...SELDOM,
    name: 'wrapUpSeconds',
    kinds: RUN,
    label: { zh: '平均话后处理', en: 'Mean wrap-up' },
    unit: SECONDS,
    form: 'plain',
    min: 0,
    max: 3_600,
    usual: AS_RECORDED,
  },
  {
    ...SELDOM,
    name: 'queueLengthMax',
    kinds: RUN,
    label: { zh: '排队上限', en: 'Callers who may wait' },
    unit: { zh: '人', en: 'at once' },
    form: 'plain',
    isWhole: true,
    min: 0,
    max: 100_000,
    usual: AS_RECORDED,
  },
  {
    ...SELDOM,
    name: 'outboundIdleSeats',
    kinds: RUN,
    label: { zh: '外呼时留空坐席', en: 'Seats that outbound leaves idle' },
    unit: NONE,
    form: 'plain',
    isWhole: true,
    min: 0,
    max: 999,
    usual: { zh: '按方案', en: 'of the profile' },
  },
  {
    ...SELDOM,
    name: 'seatsMax',
    kinds: SEATS,
    label: { zh: '坐席上限', en: 'Seats at once, at most' },
    unit: NONE,
    form: 'plain',
    isWhole: true,
    min: 1,
    max: 999,
    usual: said('60'),
  },
  {
    ...SELDOM,
    name: 'seeds',
    kinds: WHAT_IF,
    label: { zh: '重复次数', en: 'Runs' },
    unit: NONE,
    form: 'plain',
    isWhole: true,
    min: 1,
    max: 200,
    usual: said('20'),
  },
  {
    ...SELDOM,
    name: 'seeds',
    kinds: SEATS,
    label: { zh: '重复次数', en: 'Runs' },
    unit: NONE,
    form: 'plain',
    isWhole: true,
    min: 1,
    max: 200,
    usual: said('8'),
  },
  {
    ...SELDOM,
    name: 'seed',
    kinds: RUN,
    label: { zh: '随机种子', en: 'Seed' },
    unit: NONE,
    form: 'plain',
    isWhole: true,
    min: 0,
    max: 1_000_000_000,
    usual: said('1'),
  },
]
