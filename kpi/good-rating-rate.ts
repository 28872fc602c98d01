import type { CallKpi } from './kpi.ts'

/**
 * 好评率: of the answered calls that were rated, the share rated well.
 *
 *     rated_good / rated
 *
 * Base: rated answered calls of the arrival window. Never shown without ratingResponseRate, which says how many spoke.
 * Source: performance targets 2023; kpi/README.md#good-rating-rate.
 */
export const goodRatingRate: CallKpi = {
  id: 'goodRatingRate',
  nameZh: '好评率',
  nameEn: 'Good-rating rate',
  topic: 'calls',
  counted: 'calls',
  formula: 'rated_good / rated',
  numerator: '好评量: answered calls rated positiveRatingMin or better',
  denominator: '参评量: answered calls that were rated',
  base: {
    zh: '本期到达、接通且参与评价的呼入电话（参评量）',
    en: 'answered calls of the period that were rated',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'performance targets 2023; kpi/README.md#good-rating-rate',
  fractionOf: ({ rated_good, rated }) => ({ numerator: rated_good, denominator: rated }),
}
