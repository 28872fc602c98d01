import type { CallKpi } from './kpi.ts'

/**
 * 放弃率: of the calls that asked for a person, the share that hung up while waiting or ringing.
 *
 *     abandoned / offered
 *
 * Base: offered calls of the arrival window; short abandons as the profile says. Not 1 − connection rate: a call may also
 * have met no seat, flowed out or failed.
 * Source: Steadyline; stands beside connectionRate; kpi/README.md#abandonment-rate.
 */
export const abandonmentRate: CallKpi = {
  id: 'abandonmentRate',
  nameZh: '放弃率',
  nameEn: 'Abandonment rate',
  topic: 'calls',
  counted: 'calls',
  formula: 'abandoned / offered',
  numerator: '放弃量: abandoned calls',
  denominator: '人工请求量: offered calls',
  base: {
    zh: '本期到达、请求人工服务的呼入电话（人工请求量）',
    en: 'calls that arrived in the period and asked for a person',
  },
  unit: 'ratio',
  direction: 'lower-is-better',
  source: 'Steadyline; stands beside connectionRate; kpi/README.md#abandonment-rate',
  fractionOf: ({ abandoned, offered }) => ({ numerator: abandoned, denominator: offered }),
}
