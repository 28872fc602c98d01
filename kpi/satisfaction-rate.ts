import type { TicketKpi } from './kpi.ts'

/**
 * 满意率: of the accepted requests whose citizen answered, the share that was satisfied.
 *
 *     satisfied / satisfaction_given
 *
 * Base: accepted tickets of the acceptance window with a satisfaction; WITHDRAWN stays in, VOID does not. Never shown
 * without followUpRate.
 * Source: performance targets 2023; kpi/README.md#satisfaction-rate.
 */
export const satisfactionRate: TicketKpi = {
  id: 'satisfactionRate',
  nameZh: '满意率',
  nameEn: 'Satisfaction rate',
  topic: 'tickets',
  counted: 'tickets',
  formula: 'satisfied / satisfaction_given',
  numerator: '满意量: tickets with satisfaction satisfiedMin or better',
  denominator: '有满意度评价的受理量: accepted tickets whose citizen answered',
  base: {
    zh: '本期受理且有满意度评价的诉求（含撤回，不含作废）',
    en: 'tickets accepted in the period whose citizen said how satisfied they are; withdrawn ones stay in',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'performance targets 2023; kpi/README.md#satisfaction-rate',
  fractionOf: ({ satisfied, satisfaction_given }) => ({ numerator: satisfied, denominator: satisfaction_given }),
}
