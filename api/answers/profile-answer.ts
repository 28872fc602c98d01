/** The names and rules of the profile that is answered for: pages show names where answers hold ids. */
import Type, { type Static } from 'typebox'
import { nameOf, windowDefinitionsOf, windowNamesOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { Words } from './stability-shape.ts'

const LocalDate = Type.String({ description: 'YYYY-MM-DD in the time zone of the profile.' })
const Days = Type.Union([Type.String(), Type.Array(Type.String())], {
  description: 'workday, offday, all, or names of weekdays.',
})

export const ProfileAnswer = Type.Object({
  id: Type.String(),
  name: Words,
  version: Type.String(),
  definitions: Type.String({ description: 'Hash of every setting that enters a count.' }),
  timeZone: Type.String(),
  contract: Type.Object({ from: LocalDate, to: LocalDate }, { description: 'from in, to out.' }),
  lines: Type.Array(Type.Object({ number: Type.String(), name: Words })),
  regions: Type.Array(Type.Object({ code: Type.String(), name: Words })),
  peaks: Type.Array(
    Type.Object({ id: Type.String(), name: Words, days: Days, from: Type.String(), to: Type.String() }),
  ),
  special: Type.Array(
    Type.Object(
      { id: Type.String(), name: Words, from: Type.String(), to: Type.String() },
      { description: 'to is out.' },
    ),
  ),
  notes: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), text: Words })),
  stability: Type.Object({
    tolerancePoints: Type.Number({ minimum: 0, description: 'Percentage points.' }),
    confidence: Type.Number(),
  }),
  answerThresholdMs: Type.Integer({ minimum: 0 }),
  hasEvaluation: Type.Boolean({ description: 'Whether the profile has indicators to score.' }),
})
export type ProfileAnswer = Static<typeof ProfileAnswer>

export function profileAnswerOf({ profile, version, definitions }: AnsweredProfile): ProfileAnswer {
  const { peaks, special = [] } = windowDefinitionsOf(profile)
  const names = windowNamesOf(profile)
  return {
    id: profile.id,
    name: nameOf(profile.name),
    version,
    definitions,
    timeZone: profile.timeZone,
    contract: { from: profile.contract.from, to: profile.contract.to },
    lines: profile.lines.map(({ number, name }) => ({ number, name: nameOf(name) })),
    regions: Object.entries(profile.regions).map(([code, name]) => ({ code, name: nameOf(name) })),
    peaks: peaks.map(({ id, days, from, to }) => ({
      id,
      name: names[id]!,
      days: typeof days === 'string' ? days : [...days],
      from,
      to,
    })),
    special: special.map(({ id, from, to }) => ({ id, name: names[id]!, from, to })),
    notes: (profile.notes ?? []).map(({ from, to, text }) => ({ from, to, text: nameOf(text) })),
    stability: { tolerancePoints: profile.stability.tolerancePoints, confidence: profile.stability.confidence },
    answerThresholdMs: profile.definitions.answerThresholdMs,
    hasEvaluation: profile.evaluation !== undefined,
  }
}
