/** A call as answers show it: the fields of call.v1.avsc, instants as ISO text. */
import Type, { type Static } from 'typebox'
import { CALL_OUTCOMES, type Call, DIRECTIONS } from '../../kpi/call.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import type { Zone } from '../../kpi/zone.ts'
import { Instant, orNull } from './shapes.ts'

export const CallAnswer = Type.Object({
  callId: Type.String(),
  revision: Type.Integer(),
  arrivedAt: Instant,
  line: Type.String(),
  region: Type.String(),
  direction: Type.Enum([...DIRECTIONS]),
  caller: Type.String({ description: 'A pseudonym; empty if withheld.' }),
  queuedAt: orNull(Instant),
  answeredAt: orNull(Instant),
  endedAt: Instant,
  agent: orNull(Type.String()),
  outcome: Type.Enum([...CALL_OUTCOMES]),
  rating: orNull(Type.Integer()),
  emittedAt: Instant,
})
export type CallAnswer = Static<typeof CallAnswer>

export function callAnswerOf(zone: Zone, call: Call): CallAnswer {
  const iso = (atMs: number | null) => (atMs === null ? null : isoOf(zone, atMs))
  const { arrivedAtMs, queuedAtMs, answeredAtMs, endedAtMs, emittedAtMs, ...plain } = call
  return {
    ...plain,
    arrivedAt: isoOf(zone, arrivedAtMs),
    queuedAt: iso(queuedAtMs),
    answeredAt: iso(answeredAtMs),
    endedAt: isoOf(zone, endedAtMs),
    emittedAt: isoOf(zone, emittedAtMs),
  }
}
