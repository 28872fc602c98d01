/** The shape of one row of the scorecard. */
import Type, { type Static } from 'typebox'
import { KPI_IDS } from '../../kpi/kpi.ts'
import { Count, Evidence, orNull, Ratio, StatusShape } from './shapes.ts'

export const IndicatorAnswer = Type.Object({
  code: Type.String(),
  level1: Type.String({ description: '一级指标' }),
  level2: Type.String({ description: '二级指标' }),
  level3: Type.String({ description: '三级指标' }),
  weight: Type.Number({ minimum: 0 }),
  from: Type.Enum(['judged', 'supplied', 'measured']),
  score: orNull(Type.Number({ minimum: 0, description: 'null while it cannot be known; reason says why.' })),
  target: Ratio,
  targetText: orNull(Type.String({ description: '目标值' })),
  actual: orNull(Type.Number({ minimum: 0, description: 'A ratio; supplied figures may exceed 1.' })),
  actualText: orNull(Type.String({ description: '实际完成值' })),
  numerator: orNull(Count),
  denominator: orNull(Count),
  published: orNull(Type.Object({ percent: Type.String(), source: Type.String() })),
  differencePoints: orNull(Type.Number({ description: 'Measured minus published, percentage points.' })),
  kpi: orNull(Type.Enum([...KPI_IDS])),
  status: orNull(StatusShape),
  explanation: Type.String({ description: '指标解释' }),
  rule: Type.String({ description: '评分标准' }),
  reason: orNull(Type.String({ description: '扣分原因, or why there is no score.' })),
  source: Type.String({ description: '佐证' }),
  judgedBy: orNull(Type.String({ description: 'Who judged or supplied it.' })),
  evidence: orNull(Evidence),
})
export type IndicatorAnswer = Static<typeof IndicatorAnswer>
