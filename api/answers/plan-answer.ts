import Type, { type Static } from 'typebox'
import { isoOf } from '../../kpi/instant-text.ts'
import type { Zone } from '../../kpi/zone.ts'
import { PLAN_KINDS, PlanInputs } from '../planning/plan-inputs.ts'
import { PLAN_STATES, type Plan } from '../planning/plan-jobs.ts'
import type { PlanResult } from '../planning/plan-result.ts'
import { Simulated } from './shapes.ts'

export type { ForecastResult, PlanResult, SeatsResult, StaffedResult, WhatIfResult } from '../planning/plan-result.ts'
export type { PlanInputs }

const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])

const PlanFields = {
  id: Type.String(),
  kind: Type.Enum([...PLAN_KINDS]),
  inputs: PlanInputs,
  askedAt: Type.String({ description: 'ISO, in the time zone of the profile.' }),
  state: Type.Enum([...PLAN_STATES]),
  progress: Nullable(
    Type.Object({
      doneCount: Type.Integer(),
      totalCount: Nullable(Type.Integer()),
      what: Type.Enum(['calls', 'runs', 'rosters'], {
        description: 'What is counted: calls read, runs of the queue, rosters tried.',
      }),
    }),
  ),
  problem: Nullable(Type.Object({ code: Type.String(), detail: Type.String() }, { description: 'Why it failed.' })),
}

export const PlanSummary = Type.Object(PlanFields)
export type PlanSummary = Static<typeof PlanSummary>

export const PlanAnswer = Type.Object({
  ...PlanFields,
  simulated: Simulated,
  result: Nullable(
    Type.Object(
      {
        kind: Type.Enum([...PLAN_KINDS]),
        version: Type.Integer({ description: 'Of the program that came to it.' }),
        profile: Type.String(),
        profileVersion: Type.String(),
        seed: Type.Integer({ description: 'The first seed.' }),
        seeds: Type.Integer({ description: 'How many.' }),
        simulated: Type.Boolean({
          description: 'Whether generated records are behind it: then it is headed 模拟数据.',
        }),
        from: Type.String(),
        to: Type.String(),
      },
      {
        additionalProperties: true,
        description:
          'Of a what-if: staffing, estimates, whatIf. Of seats: also terms, found {least, fullest, curve} and cost. Of a forecast: backtest, days, quarters. Fields: docs/capacity.md.',
      },
    ),
  ),
})

/** As those read it who know the kinds of plans. */
export type PlanAnswer = PlanSummary & { simulated: boolean; result: PlanResult | null }

export function planSummaryOf(
  zone: Zone,
  { id, kind, inputs, askedAtMs, state, progress, problem }: Plan,
): PlanSummary {
  return { id, kind, inputs, askedAt: isoOf(zone, askedAtMs), state, progress, problem }
}

export function planAnswerOf(zone: Zone, plan: Plan): Static<typeof PlanAnswer> {
  return {
    ...planSummaryOf(zone, plan),
    simulated: plan.result?.simulated ?? false,
    result: plan.result as Static<typeof PlanAnswer>['result'],
  }
}
