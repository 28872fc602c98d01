/** The `evaluation` section of a profile: the indicators of the yearly evaluation, their weights, and what people judged. */
import Type, { type Static } from 'typebox'
import { SHORTFALL_RULES } from '../kpi/evaluation.ts'
import { KPI_IDS } from '../kpi/kpi.ts'

const strict = { additionalProperties: false }
const Text = Type.String({ minLength: 1 })
const Points = Type.Number({ minimum: 0, maximum: 1_000 })

/** The words of an indicator. */
const words = {
  code: Type.String({ pattern: '^[A-Z][0-9]{1,3}$', description: 'a capital letter and digits, such as C12' }),
  level1: Type.String({ minLength: 1, description: '一级指标' }),
  level2: Type.String({ minLength: 1, description: '二级指标' }),
  level3: Type.String({ minLength: 1, description: '三级指标' }),
  weight: Type.Number({ exclusiveMinimum: 0, maximum: 1_000, description: 'points, more than 0' }),
  explanation: Type.String({ minLength: 1, description: '指标解释' }),
  rule: Type.String({ minLength: 1, description: '评分标准' }),
}

/** Scored by people: who, and on what paper. Without a score it is still to be judged. */
const Judged = Type.Object(
  {
    ...words,
    from: Type.Literal('judged'),
    score: Type.Optional(Points),
    judgedBy: Text,
    paper: Text,
    reason: Type.Optional(Type.String({ minLength: 1, description: '扣分原因' })),
  },
  strict,
)

/** A figure that people bring: what was reached, of what was to be reached. */
const Supplied = Type.Object(
  {
    ...words,
    from: Type.Literal('supplied'),
    actual: Type.Integer({ minimum: 0, description: 'a whole number of the unit' }),
    target: Type.Integer({ minimum: 1, description: 'a whole number of the unit, 1 or more' }),
    unit: Text,
    judgedBy: Text,
    paper: Text,
    beside: Type.Optional(Type.Literal('seats', { description: 'seats: the seats seen answering stand beside it' })),
  },
  strict,
)

/** A KPI of this program, against the profile's target for it. */
const Measured = Type.Object({ ...words, from: Type.Literal('measured'), kpi: Type.Enum([...KPI_IDS]) }, strict)

export const Evaluation = Type.Object(
  {
    year: Type.Integer({ minimum: 1990, maximum: 2099, description: 'the year that was judged' }),
    shortfall: Type.Enum([...SHORTFALL_RULES], {
      description: 'proportional (weight × actual / target) or none (no points below the target)',
    }),
    decimals: Type.Integer({ minimum: 0, maximum: 6, description: 'digits of a score after the point' }),
    grades: Type.Array(Type.Object({ grade: Text, from: Points }, strict), { minItems: 1 }),
    clause: Text,
    indicators: Type.Array(Type.Union([Judged, Supplied, Measured]), { minItems: 1 }),
  },
  strict,
)
export type Evaluation = Static<typeof Evaluation>
export type EvaluationIndicator = Evaluation['indicators'][number]
