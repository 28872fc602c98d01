import type { CallKpi } from './kpi.ts'

/**
 * 参评率: of the answered calls, the share whose caller gave a rating.
 *
 *     rated / answered
 *
 * Base: answered calls of the arrival window.
 * Source: Steadyline; stands beside goodRatingRate; kpi/README.md#rating-response-rate.
 */
export const ratingResponseRate: CallKpi = {
  id: 'ratingResponseRate',
  nameZh: '参评率',
  nameEn: 'Rating response rate',
  topic: 'calls',
  counted: 'calls',
  formula: 'rated / answered',
  numerator: '参评量: answered calls that were rated',
  denominator: '接通量: answered calls',
  base: {
    zh: '本期到达并接通的呼入电话（接通量）',
    en: 'calls that arrived in the period and were answered',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'Steadyline; stands beside goodRatingRate; kpi/README.md#rating-response-rate',
  fractionOf: ({ rated, answered }) => ({ numerator: rated, denominator: answered }),
}
