import { createHash } from 'node:crypto'
import { type Definitions, FORMULA_VERSION } from '../kpi/definitions.ts'
import { canonicalJson } from './canonical-json.ts'

/** The name of a series of cells: 12 hex digits of every setting that enters a count and of the formula version. */
export function definitionsHash(definitions: Definitions): string {
  const { shortAbandonMsMax, answerThresholdMs, positiveRatingMin, satisfiedMin } = definitions
  const entering = { shortAbandonMsMax, answerThresholdMs, positiveRatingMin, satisfiedMin, formula: FORMULA_VERSION }
  return createHash('sha256').update(canonicalJson(entering)).digest('hex').slice(0, 12)
}
