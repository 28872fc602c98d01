import type { TicketKpi } from './kpi.ts'

/**
 * 办结率, 全口径: of the requests accepted and not withdrawn, the share closed by now.
 *
 *     closed / (accepted - withdrawn)
 *
 * Base: all accepted tickets of the acceptance window but WITHDRAWN and VOID ones. The base is part of the name: one city
 * published 99.67 % (all) and 97.48 % (dispatched only).
 * Source: performance targets 2023; kpi/README.md#closure-rate.
 */
export const closureRate: TicketKpi = {
  id: 'closureRate',
  nameZh: '办结率（全口径）',
  nameEn: 'Closure rate, of all accepted',
  topic: 'tickets',
  counted: 'tickets',
  formula: 'closed / (accepted - withdrawn)',
  numerator: '办结量: closed tickets',
  denominator: '受理量减撤回量: accepted tickets that were not withdrawn',
  base: {
    zh: '本期受理的全部诉求（全口径，不含撤回和作废），不论何时办结',
    en: 'all tickets accepted in the period but withdrawn and void ones, whenever they were closed',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'performance targets 2023; kpi/README.md#closure-rate',
  fractionOf: ({ closed, accepted, withdrawn }) => ({ numerator: closed, denominator: accepted - withdrawn }),
}
