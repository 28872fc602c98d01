import type { CallKpi } from './kpi.ts'

/**
 * 15秒接通率, of those who were answered: the base that published figures use.
 *
 *     answered_fast / answered
 *
 * Base: answered calls of the arrival window. It says nothing of those who were never answered, so one city could publish
 * 94.84 % beside a connection rate of 88.94 %.
 * Source: GB/T 33358-2016: an answer within 15 s; published figures use this base; kpi/README.md#answered-in-15s-of-answered.
 */
export const answeredIn15sOfAnswered: CallKpi = {
  id: 'answeredIn15sOfAnswered',
  nameZh: '15秒接通率',
  nameEn: 'Answered in 15 s, of answered',
  topic: 'calls',
  counted: 'calls',
  formula: 'answered_fast / answered',
  numerator: '15秒内接通量: calls answered within answerThresholdMs',
  denominator: '接通量: answered calls',
  base: {
    zh: '本期到达并接通的呼入电话（接通量）',
    en: 'calls that arrived in the period and were answered',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source:
    'GB/T 33358-2016: an answer within 15 s; published figures use this base; kpi/README.md#answered-in-15s-of-answered',
  fractionOf: ({ answered_fast, answered }) => ({ numerator: answered_fast, denominator: answered }),
}
