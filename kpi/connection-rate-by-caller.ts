import type { CallerKpi } from './kpi.ts'

/**
 * 按主叫接通率: of the people who tried on a day, the share that reached a person that day.
 *
 *     answered_callers / callers
 *
 * Base: distinct caller × local day of arrival with an offered call, all lines and regions together; each call from a
 * withheld number counts alone. Not additive: a narrower question counts anew.
 * Source: Steadyline; redials of an abandoned caller are one wish, not several; kpi/README.md#connection-rate-by-caller.
 */
export const connectionRateByCaller: CallerKpi = {
  id: 'connectionRateByCaller',
  nameZh: '按主叫接通率',
  nameEn: 'Connection rate by caller',
  topic: 'calls',
  counted: 'callers',
  formula: 'answered_callers / callers',
  numerator: '有接通的主叫人日: caller-days with at least one answered call',
  denominator: '主叫人日: caller-days with an offered call',
  base: {
    zh: '本期每个主叫号码每个自然日计一次；隐藏号码每次呼入各计一次',
    en: 'each caller once per local day of arrival; each call from a withheld number by itself',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source:
    'Steadyline; redials of an abandoned caller are one wish, not several; kpi/README.md#connection-rate-by-caller',
  fractionOf: ({ answered_callers, callers }) => ({ numerator: answered_callers, denominator: callers }),
}
