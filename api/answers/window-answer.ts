/** One window, and why it was as it was: beside the same time on days alike of the 8 weeks before. */
import Type, { type Static } from 'typebox'
import type { DayClass } from '../../kpi/calendar.ts'
import { instantOfText, isoOf } from '../../kpi/instant-text.ts'
import { COMPARED_WEEKS } from '../../kpi/like-windows.ts'
import { overlaps } from '../../kpi/range.ts'
import { percentOf } from '../../kpi/rounding.ts'
import { ratioOf } from '../../kpi/statistics/counts.ts'
import { CAUSES, causeOf, meanHandlingMs } from '../../kpi/window-cause.ts'
import type { Course } from '../../kpi/window-course.ts'
import { windowSentence } from '../../kpi/window-sentence.ts'
import { nameOf, windowNamesOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ExplainedWindow } from '../judged/explained-window.ts'
import { InstanceAnswer, instanceAnswerOf } from './instance-answer.ts'
import { Count, Instant, orNull, Ratio } from './shapes.ts'
import { Words } from './stability-shape.ts'
import { TermFields, termsAnswerOf } from './stability-terms.ts'

const Compared = Type.Object({
  value: orNull(Type.Number({ minimum: 0 })),
  usual: orNull(Type.Number({ minimum: 0, description: 'Mean of the windows alike; null where there are none.' })),
})

export const WindowAnswer = Type.Object({
  ...TermFields,
  ...InstanceAnswer.properties,
  name: Words,
  line: orNull(Type.String()),
  region: orNull(Type.String()),
  percent: orNull(Type.String()),
  overall: Type.Object({ offeredCount: Count, answeredCount: Count, ratio: Ratio, percent: orNull(Type.String()) }),
  previousId: orNull(Type.String({ description: 'The window of the same period before it, in its year.' })),
  nextId: orNull(Type.String()),
  sentence: Words,
  cause: Type.Enum([...CAUSES], { description: 'What stands out most beside what is usual; it proves nothing.' }),
  comparedWith: Type.Object({
    weeks: Type.Integer(),
    dayClass: orNull(Type.Enum(['workday', 'offday', 'unknown'], { description: 'null: its days are of both.' })),
    windowsCount: Count,
    from: orNull(Instant),
    to: orNull(Instant),
  }),
  measures: Type.Object(
    {
      offeredCount: Compared,
      ratio: Compared,
      seatsAnsweringCount: Compared,
      meanHandlingMs: Compared,
      meanWaitMs: Compared,
      redialsCount: Compared,
    },
    {
      description:
        'Seats: distinct ones that answered (of several days the mean). Redials: callers who called before in it.',
    },
  ),
  outcomes: Type.Array(
    Type.Object({
      outcome: Type.Enum(['answered', 'abandoned', 'noSeat', 'flowedOut', 'failed', 'other']),
      count: Count,
      usualCount: orNull(Type.Number({ minimum: 0 })),
    }),
  ),
  lines: Type.Array(
    Type.Object({
      line: Type.String(),
      name: Words,
      offeredCount: Count,
      answeredCount: Count,
      ratio: Ratio,
      usualOfferedCount: orNull(Type.Number({ minimum: 0 })),
      usualRatio: Ratio,
    }),
    { description: 'By calls in the window, most first.' },
  ),
  course: Type.Array(
    Type.Object({
      startAt: Instant,
      endAt: Instant,
      offeredCount: Count,
      answeredCount: Count,
      ratio: Ratio,
      usualOfferedCount: orNull(Type.Number({ minimum: 0 })),
      usualRatio: Ratio,
    }),
    { description: 'By quarter-hour; by hour where the window is longer than a day.' },
  ),
  notes: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), text: Words })),
})
export type WindowAnswer = Static<typeof WindowAnswer>

export function windowAnswerOf(answered: AnsweredProfile, explained: ExplainedWindow): WindowAnswer {
  const { profile, zone } = answered
  const { judged, instance, window, usual, parts, likesCount } = explained
  const { overall } = judged.stability
  const classes = new Set(parts.map(({ dayClass }) => dayClass))
  const dayClass = classes.size === 1 ? ([...classes][0] as DayClass) : null
  const coverage = instance.coverage.state
  const cause = causeOf({ window, usual, coverage, tolerancePoints: judged.terms.tolerancePoints })
  const likes = parts.flatMap((part) => part.likes)
  const percent = (counts: { offeredCount: number; answeredCount: number }) =>
    percentOf({ numerator: counts.answeredCount, denominator: counts.offeredCount }, profile.report)
  return {
    ...termsAnswerOf(answered, judged, instance.status),
    ...instanceAnswerOf(zone, instance),
    name: windowNamesOf(profile)[instance.period] ?? { zh: instance.period, en: instance.period },
    line: judged.part.line,
    region: judged.part.region,
    percent: percent(instance),
    overall: {
      offeredCount: overall.offeredCount,
      answeredCount: overall.answeredCount,
      ratio: overall.ratio,
      percent: percent(overall),
    },
    previousId: explained.previousId,
    nextId: explained.nextId,
    cause,
    sentence: windowSentence({
      cause,
      window,
      usual,
      likesCount,
      dayClass,
      expectedCount: instance.coverage.expectedCount,
      isOpen: instance.status === 'open',
      lineName: (line) => lineName(answered, line),
    }),
    comparedWith: {
      weeks: COMPARED_WEEKS,
      dayClass,
      windowsCount: likesCount,
      from: likes.length === 0 ? null : isoOf(zone, Math.min(...likes.map(({ fromAtMs }) => fromAtMs))),
      to: likes.length === 0 ? null : isoOf(zone, Math.max(...likes.map(({ toAtMs }) => toAtMs))),
    },
    measures: measuresOf(window, usual),
    outcomes: outcomesOf(window, usual),
    lines: linesOf(answered, window, usual),
    course: explained.points.map(({ startAtMs, endAtMs, ...point }) => ({
      startAt: isoOf(zone, startAtMs),
      endAt: isoOf(zone, endAtMs),
      ...point,
    })),
    notes: notesOf(answered, instance),
  }
}

function measuresOf(window: Course, usual: Course | null): WindowAnswer['measures'] {
  const both = (of: (course: Course) => number | null) => ({
    value: of(window),
    usual: usual === null ? null : of(usual),
  })
  return {
    offeredCount: both(({ offeredCount }) => offeredCount),
    ratio: both(ratioOf),
    seatsAnsweringCount: both(({ seatsCount }) => seatsCount),
    meanHandlingMs: both(meanHandlingMs),
    meanWaitMs: both(({ waitedMs, answeredCount }) => (answeredCount === 0 ? null : waitedMs / answeredCount)),
    redialsCount: both(({ redialsCount }) => redialsCount),
  }
}

const OUTCOMES = [
  ['answered', 'answeredCount'],
  ['abandoned', 'abandonedCount'],
  ['noSeat', 'noSeatCount'],
  ['flowedOut', 'flowedOutCount'],
  ['failed', 'failedCount'],
  ['other', 'otherCount'],
] as const

function outcomesOf(window: Course, usual: Course | null): WindowAnswer['outcomes'] {
  return OUTCOMES.map(([outcome, field]) => ({ outcome, count: window[field], usualCount: usual?.[field] ?? null }))
}

function linesOf(answered: AnsweredProfile, window: Course, usual: Course | null): WindowAnswer['lines'] {
  const numbers = new Set([...window.lines.keys(), ...(usual?.lines.keys() ?? [])])
  const none = { offeredCount: 0, answeredCount: 0 }
  return [...numbers]
    .map((line) => {
      const now = window.lines.get(line) ?? none
      const before = usual === null ? null : (usual.lines.get(line) ?? none)
      return {
        line,
        name: lineName(answered, line),
        ...now,
        ratio: ratioOf(now),
        usualOfferedCount: before?.offeredCount ?? null,
        usualRatio: before === null ? null : ratioOf(before),
      }
    })
    .sort((one, other) => other.offeredCount - one.offeredCount || one.line.localeCompare(other.line))
}

function lineName({ profile }: AnsweredProfile, number: string) {
  const line = profile.lines.find((known) => known.number === number)
  const { zh, en } = line === undefined ? { zh: '', en: '' } : nameOf(line.name)
  return { zh: `${number} ${zh}`.trim(), en: `${number} ${en}`.trim() }
}

function notesOf({ profile, zone }: AnsweredProfile, { startAtMs, endAtMs }: { startAtMs: number; endAtMs: number }) {
  const own = { fromAtMs: startAtMs, toAtMs: endAtMs }
  return (profile.notes ?? [])
    .filter(({ from, to }) =>
      overlaps({ fromAtMs: instantOfText(zone, from) ?? 0, toAtMs: instantOfText(zone, to) ?? Number.MAX_VALUE }, own),
    )
    .map(({ from, to, text }) => ({ from, to, text: nameOf(text) }))
}
