import type { TicketKpi } from './kpi.ts'

/**
 * 回访率: of the dispatched requests that are closed, the share whose citizen was asked how it went.
 *
 *     dispatched_followed_up / dispatched_closed
 *
 * Base: CLOSED tickets of the acceptance window with resolution DISPATCHED.
 * Source: Steadyline; stands beside satisfactionRate; kpi/README.md#follow-up-rate.
 */
export const followUpRate: TicketKpi = {
  id: 'followUpRate',
  nameZh: '回访率',
  nameEn: 'Follow-up rate',
  topic: 'tickets',
  counted: 'tickets',
  formula: 'dispatched_followed_up / dispatched_closed',
  numerator: '回访量: of these, tickets whose citizen was asked how it went',
  denominator: '转派并办结量: closed tickets that had been dispatched',
  base: {
    zh: '本期受理、转派并已办结的诉求',
    en: 'dispatched tickets accepted in the period that are closed',
  },
  unit: 'ratio',
  direction: 'higher-is-better',
  source: 'Steadyline; stands beside satisfactionRate; kpi/README.md#follow-up-rate',
  fractionOf: ({ dispatched_followed_up, dispatched_closed }) => ({
    numerator: dispatched_followed_up,
    denominator: dispatched_closed,
  }),
}
