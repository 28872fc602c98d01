import Type, { type Static } from 'typebox'
import { PLAN_KINDS, PlanInputs } from '../planning/plan-inputs.ts'
import { PLAN_STATES, type Plan } from '../planning/plan-jobs.ts'

const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])

const PlanFields = {
  id: Type.String(),
  kind: Type.Enum([...PLAN_KINDS]),
  inputs: PlanInputs,
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

export function planSummaryOf({ id, kind, inputs, state, progress, problem }: Plan): PlanSummary {
  return { id, kind, inputs, state, progress, problem }
}

export function planAnswerOf(plan: Plan): Static<typeof PlanAnswer> {
  return { ...planSummaryOf(plan), result: plan.result as Static<typeof PlanAnswer>['result'] }
}
