import type { DueKpi } from './kpi.ts'

/**
 * 按时办结率: of the requests due in the period, the share closed no later than due.
 *
 *     due closed on time / due
 *
 * Base: as closureRateOfDue. Closed exactly at `due_at` is on time; CLOSED without `closed_at` is not.
 * Source: published practice: cases due as the base; kpi/README.md#on-time-closure-rate.
 */
export const onTimeClosureRate: DueKpi = {
  id: 'onTimeClosureRate',
  nameZh: '按时办结率',
  nameEn: 'On-time closure rate',
  topic: 'tickets',
  counted: 'due',
  formula: 'due closed on time / due',
  numerator: '按时办结量: due tickets closed at or before their due instant',
  denominator: '应办结量: tickets due in the period',
  base: {
    zh: '本期到期的诉求（应办结，不含撤回和作废），不论何时受理',
    en: 'tickets due in the period but withdrawn and void ones, whenever they were accepted',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'published practice: cases due as the base; kpi/README.md#on-time-closure-rate',
  fractionOf: ({ on_time, due }) => ({ numerator: on_time, denominator: due }),
}
