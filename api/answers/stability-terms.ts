/** What every answer about peaks says of itself: whose profile, which definitions, how sure, how far. */
import Type, { type Static } from 'typebox'
import { isoOf } from '../../kpi/instant-text.ts'
import { KPIS } from '../../kpi/kpis.ts'
import type { Status } from '../../kpi/status.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { JudgedPeriod } from '../judged/judged-period.ts'
import { AsOf, Evidence, Ratio, Simulated, StatusShape } from './shapes.ts'

export const TermFields = {
  profile: Type.String(),
  profileVersion: Type.String(),
  definitions: Type.String({ description: 'Hash of every setting that enters a count.' }),
  definition: Type.Object({
    formula: Type.String(),
    shortAbandonMsMax: Type.Integer({ description: '0 switches the rule off.' }),
  }),
  base: Type.Object({ zh: Type.String(), en: Type.String() }),
  tolerancePoints: Type.Number({ description: 'Percentage points that a window may lie below the overall rate.' }),
  confidence: Type.Number(),
  overdispersion: Type.Enum(['laney', 'none']),
  target: Ratio,
  timeZone: Type.String(),
  status: StatusShape,
  asOf: AsOf,
  evidence: Type.Object({ calls: Evidence }),
  simulated: Simulated,
}
const TermsShape = Type.Object(TermFields)
export type StabilityTermsAnswer = Static<typeof TermsShape>

const CONNECTION_RATE = KPIS.find(({ id }) => id === 'connectionRate')!

export function termsAnswerOf(
  { profile, version, definitions, zone }: AnsweredProfile,
  { stability, terms, watermarkAtMs, isSimulated }: JudgedPeriod,
  status: Status,
): StabilityTermsAnswer {
  return {
    profile: profile.id,
    profileVersion: version,
    definitions,
    definition: { formula: CONNECTION_RATE.formula, shortAbandonMsMax: profile.definitions.shortAbandonMsMax },
    base: CONNECTION_RATE.base,
    tolerancePoints: terms.tolerancePoints,
    confidence: terms.confidence,
    overdispersion: terms.overdispersion,
    target: terms.targetRatio,
    timeZone: zone.name,
    status,
    asOf: watermarkAtMs === null ? null : isoOf(zone, watermarkAtMs),
    evidence: { calls: stability.overall.evidence },
    simulated: isSimulated,
  }
}
