import type { DueKpi } from './kpi.ts'

/**
 * 办结率, 应办结: of the requests due in the period, the share closed by now.
 *
 *     due closed / due
 *
 * Base: tickets whose `due_at` lies in the window, neither VOID nor WITHDRAWN; `accepted_at` may lie outside.
 * Source: published practice: cases due as the base (23,974 / 24,932); kpi/README.md#closure-rate-of-due.
 */
export const closureRateOfDue: DueKpi = {
  id: 'closureRateOfDue',
  nameZh: '办结率（应办结）',
  nameEn: 'Closure rate, of due',
  topic: 'tickets',
  counted: 'due',
  formula: 'due closed / due',
  numerator: '应办结中已办结量: due tickets that are closed',
  denominator: '应办结量: tickets due in the period',
  base: {
    zh: '本期到期的诉求（应办结，不含撤回和作废），不论何时受理',
    en: 'tickets due in the period but withdrawn and void ones, whenever they were accepted',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'published practice: cases due as the base (23,974 / 24,932); kpi/README.md#closure-rate-of-due',
  fractionOf: ({ closed, due }) => ({ numerator: closed, denominator: due }),
}
