import type { CallKpi } from './kpi.ts'

/**
 * 接通率: of the calls that asked for a person, the share that a person answered.
 *
 *     answered / offered
 *
 * Base: offered calls of the arrival window; short abandons as the profile says. Calls blocked before the platform
 * are not in it.
 * Source: service contract 2023, service clause; kpi/README.md#connection-rate.
 *
 * The ratio is `null` when nobody asked: an empty night has no rate, 0 would page someone and 1 would flatter us.
 */
export const connectionRate: CallKpi = {
  id: 'connectionRate',
  nameZh: '接通率',
  nameEn: 'Connection rate',
  topic: 'calls',
  counted: 'calls',
  formula: 'answered / offered',
  numerator: '接通量: answered calls',
  denominator: '人工请求量: offered calls',
  base: {
    zh: '本期到达、请求人工服务的呼入电话（人工请求量）',
    en: 'calls that arrived in the period and asked for a person',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'service contract 2023, service clause; kpi/README.md#connection-rate',
  fractionOf: ({ answered, offered }) => ({ numerator: answered, denominator: offered }),
}
