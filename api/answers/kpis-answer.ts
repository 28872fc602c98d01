/** The dictionary as an answer: what every KPI means, and its target in this profile. */
import Type, { type Static } from 'typebox'
import { KPI_IDS } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { Ratio } from './shapes.ts'

export const KpisAnswer = Type.Array(
  Type.Object({
    id: Type.Enum([...KPI_IDS]),
    nameZh: Type.String(),
    nameEn: Type.String(),
    formula: Type.String({ description: 'In the names of the counts.' }),
    numerator: Type.String(),
    denominator: Type.String(),
    base: Type.Object({ zh: Type.String(), en: Type.String() }),
    unit: Type.Literal('ratio'),
    direction: Type.Enum(['higher-is-better', 'lower-is-better']),
    target: Ratio,
    source: Type.String(),
  }),
)
export type KpisAnswer = Static<typeof KpisAnswer>

export function kpisAnswerOf({ profile }: AnsweredProfile): KpisAnswer {
  return KPIS.map((kpi) => ({
    id: kpi.id,
    nameZh: kpi.nameZh,
    nameEn: kpi.nameEn,
    formula: kpi.formula,
    numerator: kpi.numerator,
    denominator: kpi.denominator,
    base: kpi.base,
    unit: kpi.unit,
    direction: kpi.direction,
    target: profile.targets[kpi.id] ?? null,
    source: kpi.source,
  }))
}
