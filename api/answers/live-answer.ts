/** What the live stream says: three kinds of events, each with a JSON of its own. */
import Type, { type Static } from 'typebox'
import { isoOf } from '../../kpi/instant-text.ts'
import { ratioOf } from '../../kpi/statistics/counts.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { DayEvidence } from '../live/live-reader.ts'
import { type ConnectionCell, lesserWatermark, type Watermarks } from '../store/store-reader.ts'
import { AsOf, Count, Evidence, Instant, orNull, Ratio } from './shapes.ts'
import { VerdictsAnswer } from './verdicts-answer.ts'

export const LiveFreshness = Type.Object({
  asOf: AsOf,
  watermarks: Type.Object({ calls: orNull(Instant), tickets: orNull(Instant) }),
  years: Type.Array(
    Type.Object({ year: Type.String(), evidence: Type.Object({ calls: Evidence, tickets: Evidence }) }),
    {
      description: 'Distinct facts of every local year that has any: what an answer was made of, if it says the same.',
    },
  ),
})
export type LiveFreshness = Static<typeof LiveFreshness>

export const LiveCells = Type.Object({
  changedCount: Count,
  days: Type.Array(Type.String({ description: 'Local days in which a call or a ticket was counted.' })),
  cells: Type.Array(
    Type.Object({
      startAt: Instant,
      offeredCount: Count,
      answeredCount: Count,
      ratio: Ratio,
      evidence: Evidence,
    }),
    {
      description: 'Quarter-hours whose calls were counted anew, as they are now; the latest of them if they are many.',
    },
  ),
})
export type LiveCells = Static<typeof LiveCells>

export const LiveVerdicts = Type.Pick(VerdictsAnswer, ['verdicts'])
export type LiveVerdicts = Static<typeof LiveVerdicts>

export type LiveEvent =
  | { name: 'freshness'; content: LiveFreshness }
  | { name: 'cells'; content: LiveCells }
  | { name: 'verdicts'; content: LiveVerdicts }

/** Most cells that one event names: four days of them. A page that is told of more asks anew. */
const CELLS_MAX = 384

export function liveFreshness(
  { zone }: AnsweredProfile,
  watermarks: Watermarks,
  evidence: readonly DayEvidence[],
): LiveFreshness {
  const iso = (atMs: number | null) => (atMs === null ? null : isoOf(zone, atMs))
  const years = new Map<string, { calls: number; tickets: number }>()
  for (const { day, calls, tickets } of evidence) {
    const year = years.get(day.slice(0, 4)) ?? { calls: 0, tickets: 0 }
    years.set(day.slice(0, 4), { calls: year.calls + calls, tickets: year.tickets + tickets })
  }
  return {
    asOf: iso(lesserWatermark(watermarks)),
    watermarks: { calls: iso(watermarks.callsAtMs), tickets: iso(watermarks.ticketsAtMs) },
    years: [...years].map(([year, ofYear]) => ({ year, evidence: ofYear })),
  }
}

/** @param cells in order of time, those that were counted anew */
export function liveCells(
  { zone }: AnsweredProfile,
  days: readonly string[],
  cells: readonly ConnectionCell[],
): LiveCells {
  return {
    changedCount: cells.length,
    days: [...days],
    cells: cells.slice(-CELLS_MAX).map(({ cellAtMs, offered, answered, evidence }) => ({
      startAt: isoOf(zone, cellAtMs),
      offeredCount: offered,
      answeredCount: answered,
      ratio: ratioOf({ offeredCount: offered, answeredCount: answered }),
      evidence,
    })),
  }
}
