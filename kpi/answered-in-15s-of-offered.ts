import type { CallKpi } from './kpi.ts'

/**
 * 15秒接通率, of all who asked: a caller who gave up was not answered in time either.
 *
 *     answered_fast / offered
 *
 * Base: offered calls of the arrival window. The wait runs from asking for a person to the first answer; exactly the
 * threshold is in time.
 * Source: GB/T 33358-2016: an answer within 15 s; kpi/README.md#answered-in-15s-of-offered.
 */
export const answeredIn15sOfOffered: CallKpi = {
  id: 'answeredIn15sOfOffered',
  nameZh: '15秒接通率（占人工请求）',
  nameEn: 'Answered in 15 s, of offered',
  topic: 'calls',
  counted: 'calls',
  formula: 'answered_fast / offered',
  numerator: '15秒内接通量: calls answered within answerThresholdMs',
  denominator: '人工请求量: offered calls',
  base: {
    zh: '本期到达、请求人工服务的呼入电话（人工请求量）',
    en: 'calls that arrived in the period and asked for a person',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'GB/T 33358-2016: an answer within 15 s; kpi/README.md#answered-in-15s-of-offered',
  fractionOf: ({ answered_fast, offered }) => ({ numerator: answered_fast, denominator: offered }),
}
