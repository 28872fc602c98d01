import type { CallKpi } from './kpi.ts'

/**
 * 呼出接通率: of the calls that the hotline made, the share that was answered.
 *
 *     outbound_answered / outbound
 *
 * Base: outbound calls of the arrival window, without TEST, BLACKLISTED and VOID. Waiting plays no part.
 * Source: Steadyline; follow-up calls share the seats of the hotline; kpi/README.md#outbound-connected-rate.
 */
export const outboundConnectedRate: CallKpi = {
  id: 'outboundConnectedRate',
  nameZh: '呼出接通率',
  nameEn: 'Outbound connected rate',
  topic: 'calls',
  counted: 'calls',
  formula: 'outbound_answered / outbound',
  numerator: '呼出接通量: outbound calls that were answered',
  denominator: '呼出量: outbound calls',
  base: {
    zh: '本期呼出电话（不含测试、黑名单和作废）',
    en: 'outbound calls of the period, without tests, blacklisted and void ones',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'Steadyline; follow-up calls share the seats of the hotline; kpi/README.md#outbound-connected-rate',
  fractionOf: ({ outbound_answered, outbound }) => ({ numerator: outbound_answered, denominator: outbound }),
}
