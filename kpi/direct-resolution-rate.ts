import type { TicketKpi } from './kpi.ts'

/**
 * 直接办复率: of the requests accepted, the share that the hotline settled itself.
 *
 *     direct / accepted
 *
 * Base: accepted tickets of the acceptance window; WITHDRAWN stays in, VOID does not.
 * Source: performance targets 2023; kpi/README.md#direct-resolution-rate.
 */
export const directResolutionRate: TicketKpi = {
  id: 'directResolutionRate',
  nameZh: '直接办复率',
  nameEn: 'Direct resolution rate',
  topic: 'tickets',
  counted: 'tickets',
  formula: 'direct / accepted',
  numerator: '直接办复量: tickets settled by the hotline itself',
  denominator: '受理量: accepted tickets',
  base: {
    zh: '本期受理的诉求（含撤回，不含作废）',
    en: 'tickets accepted in the period; withdrawn ones stay in, void ones do not',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'performance targets 2023; kpi/README.md#direct-resolution-rate',
  fractionOf: ({ direct, accepted }) => ({ numerator: direct, denominator: accepted }),
}
