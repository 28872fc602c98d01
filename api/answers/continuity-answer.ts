/** Continuity of the records and of the service, as an answer writes it. Records are those of all lines and regions. */
import Type, { type Static } from 'typebox'
import { ratioOf } from '../../kpi/fraction.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import type { Stability } from '../../kpi/stability.ts'
import type { Zone } from '../../kpi/zone.ts'
import type { RecordContinuity } from '../store/stability-reader.ts'
import { Count, Instant, orNull, Ratio } from './shapes.ts'

/** Hours without an answer that are listed; a longer list is a catastrophe and its count says so. */
const UNANSWERED_HOURS_MAX = 100

export const ContinuityAnswer = Type.Object({
  longestSilence: orNull(
    Type.Object(
      { startAt: Instant, endAt: Instant, minutes: Type.Number() },
      { description: 'Quarter-hours in a row without a single record of a call.' },
    ),
  ),
  unansweredHoursCount: Count,
  unansweredHours: Type.Array(Type.Object({ startAt: Instant, endAt: Instant, offeredCount: Count }), {
    description: `Hours in which people asked for a person and none was answered; the first ${UNANSWERED_HOURS_MAX}.`,
  }),
  recordsCount: Count,
  lateRecordsCount: Type.Integer({
    minimum: 0,
    description: 'Records of calls emitted more than a day after their call had ended.',
  }),
  lateRatio: Ratio,
  lateAmendmentsCount: Type.Integer({ minimum: 0, description: 'Of these, later revisions of a known call.' }),
  acceptedTicketsCount: Count,
  ticketsOfUnknownCallsCount: Type.Integer({
    minimum: 0,
    description: 'Tickets that name a call of which there is no record.',
  }),
})
export type ContinuityAnswer = Static<typeof ContinuityAnswer>

export function continuityAnswerOf(
  zone: Zone,
  { continuity, overall }: Stability,
  records: RecordContinuity,
): ContinuityAnswer {
  const { longestSilence: silence, unansweredHours } = continuity
  const recordsCount = overall.evidence
  return {
    longestSilence:
      silence === null
        ? null
        : {
            startAt: isoOf(zone, silence.startAtMs),
            endAt: isoOf(zone, silence.endAtMs),
            minutes: (silence.endAtMs - silence.startAtMs) / 60_000,
          },
    unansweredHoursCount: unansweredHours.length,
    unansweredHours: unansweredHours.slice(0, UNANSWERED_HOURS_MAX).map(({ startAtMs, endAtMs, offeredCount }) => ({
      startAt: isoOf(zone, startAtMs),
      endAt: isoOf(zone, endAtMs),
      offeredCount,
    })),
    recordsCount,
    lateRecordsCount: records.lateRecordsCount,
    lateRatio: ratioOf({ numerator: records.lateRecordsCount, denominator: recordsCount }),
    lateAmendmentsCount: records.lateAmendmentsCount,
    acceptedTicketsCount: records.acceptedTicketsCount,
    ticketsOfUnknownCallsCount: records.ticketsOfUnknownCallsCount,
  }
}
