/**
 * Questions about an earlier time: what the figures were, made of the records emitted until then.
 *
 * Exact once the watermark has passed that instant. A source that delivers late still changes the answer; what was
 * really known at a time is recorded by a statement alone.
 */
import Type, { type Static } from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { Watermarks } from '../store/store-reader.ts'
import { askedInstant } from './asked-range.ts'

export const AsOfQuery = Type.Object(
  {
    asOf: Type.Optional(
      Type.String({
        maxLength: 40,
        description: 'Count only what was emitted until then (in). A date, a local time, or a time with its offset.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** @returns `null` if the question is about now */
export function askedAsOf({ zone }: AnsweredProfile, { asOf }: Static<typeof AsOfQuery>): number | null {
  return asOf === undefined ? null : askedInstant(zone, 'asOf', asOf)
}

/** How far the figures of an earlier time have seen: to that time, or not even that far. */
export function watermarksAsOf({ callsAtMs, ticketsAtMs }: Watermarks, asOfAtMs: number | null): Watermarks {
  const until = (watermarkAtMs: number | null) =>
    watermarkAtMs === null || asOfAtMs === null ? watermarkAtMs : Math.min(watermarkAtMs, asOfAtMs)
  return { callsAtMs: until(callsAtMs), ticketsAtMs: until(ticketsAtMs) }
}
