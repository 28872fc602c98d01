/**
 * The verdict on one window, given once, when the window becomes final while the stream runs.
 *
 * Its base is fixed: the cells of the local year from its start to the window's own end, so the same facts always give
 * the same verdict. Everything here is a function of those cells and of the profile; no clock, and nothing later than
 * the window's end.
 *
 *     1 January                          window
 *     [ . . . . . . . base . . . . . . . [ W  [
 */
import { dayClassOf } from './calendar.ts'
import { type CellSeries, type CellSums, countsBetween, sumsOf, type WindowCounts } from './cell-series.ts'
import { type CoverageState, type CoveredWindow, coverageOf } from './coverage.ts'
import type { Holidays } from './holidays.ts'
import { type Judgement, judge, type StabilityTerms } from './judgement.ts'
import { DAY_MS, dayOf, dayOfText, weekdayOf, yearOf } from './local-date.ts'
import { daysOf } from './periods.ts'
import type { Range } from './range.ts'
import { dispersionOf, spreadOf } from './statistics/laney.ts'
import { STREAM_DAYS_MIN } from './statistics/verdict.ts'
import { runningSums, sumBetween } from './window-cells.ts'
import { type WindowDefinitions, type WindowInstance, wholeInstancesIn } from './windows.ts'
import { dayRange, dayStartAtMs, type Zone } from './zone.ts'

/** Why a verdict is `insufficient`, where it is not the number of calls: too early in the year's records, or no calls. */
export const VERDICT_REASONS = ['none', 'first-days', 'no-calls'] as const
export type VerdictReason = (typeof VERDICT_REASONS)[number]

export interface StreamedVerdict extends WindowInstance, WindowCounts {
  judgement: Judgement
  reason: VerdictReason
  coverage: CoverageState
  /** Calls expected by the like windows before it in the base; `null` where there are none. */
  expectedCount: number | null
  baseFromAtMs: number
  base: WindowCounts
  isSimulated: boolean
}

export interface StreamedQuestion {
  /** Local year whose windows are asked for: those that start on one of its days. */
  year: number
  zone: Zone
  holidays: Holidays
  windows: WindowDefinitions
  terms: StabilityTerms
  /** From the start of the year; holds every window that is final. */
  series: CellSeries
  seriesToAtMs: number
  /** Generated records by cell, as long as the series. */
  simulated: ArrayLike<number>
  /** Watermark less the settle time: windows that end until then (in) are final. */
  finalUntilAtMs: number
}

/** The verdicts on every final window of a year, in order of their start. */
export function streamedVerdictsOf(question: StreamedQuestion): StreamedVerdict[] {
  const { series, seriesToAtMs, simulated } = question
  const cells = sumsOf(series, { fromAtMs: series.fromAtMs, toAtMs: seriesToAtMs })
  const simulatedSums = runningSums(simulated)
  const firstAtMs = firstRecordAtMs(cells)
  const alike: CoveredByClass = new Map()
  return finalInstances(question).map((instance) => {
    const counts = countsBetween(cells, instance.startAtMs, instance.endAtMs)
    const base = countsBetween(cells, series.fromAtMs, instance.endAtMs)
    const judgement = judge(counts, base, question.terms, dispersionIn(cells, instance, question))
    const isEarly = instance.endAtMs - firstAtMs < STREAM_DAYS_MIN * DAY_MS
    return {
      ...instance,
      ...counts,
      judgement: isEarly ? { ...judgement, verdict: 'insufficient' } : judgement,
      reason: counts.offeredCount === 0 ? 'no-calls' : isEarly ? 'first-days' : 'none',
      ...coverageIn(counts.offeredCount, instance, alike, question),
      baseFromAtMs: series.fromAtMs,
      base,
      isSimulated: sumBetween(simulatedSums, series.fromAtMs, series.fromAtMs, instance.endAtMs) > 0,
    }
  })
}

/** The local year's start to the end of the last of its windows: what a verdict of the year may ask for. */
export function yearOfWindows(
  question: Pick<StreamedQuestion, 'year' | 'zone' | 'holidays' | 'windows'>,
): Range & { instances: WindowInstance[] } {
  const { year, zone, holidays, windows } = question
  const range = { fromAtMs: dayStartAtMs(zone, dayOf(year, 1, 1)), toAtMs: dayStartAtMs(zone, dayOf(year + 1, 1, 1)) }
  const whole = wholeInstancesIn(windows, holidays, zone, range).instances
  const instances = whole.filter(({ date }) => yearOf(dayOfText(date)!) === year)
  return { ...range, toAtMs: Math.max(range.toAtMs, ...instances.map(({ endAtMs }) => endAtMs)), instances }
}

/** Whether a verdict is to be issued again: only if the window's own calls changed, or what is said of them. */
export function differs(
  issued: Pick<WindowCounts, (typeof OWN_COUNTS)[number]> & { verdict: string },
  now: StreamedVerdict,
): boolean {
  return issued.verdict !== now.judgement.verdict || OWN_COUNTS.some((name) => issued[name] !== now[name])
}

/** The counts of a window whose change restates its verdict. */
export const OWN_COUNTS = [
  'offeredCount',
  'answeredCount',
  'abandonedCount',
  'noSeatCount',
  'flowedOutCount',
  'failedCount',
  'otherCount',
] as const satisfies readonly (keyof WindowCounts)[]

function finalInstances(question: StreamedQuestion): WindowInstance[] {
  return yearOfWindows(question).instances.filter(({ endAtMs }) => endAtMs <= question.finalUntilAtMs)
}

/** A special period's days may differ by more than chance; a single peak keeps its own n. */
function dispersionIn(cells: CellSums, instance: WindowInstance, { zone, terms }: StreamedQuestion): number {
  if (instance.kind === 'peak' || terms.overdispersion === 'none') return 1
  const days = daysOf(zone, { fromAtMs: instance.startAtMs, toAtMs: instance.endAtMs })
  const sequence = days.map((day) => {
    const { fromAtMs, toAtMs } = dayRange(zone, day)
    return countsBetween(cells, Math.max(fromAtMs, instance.startAtMs), Math.min(toAtMs, instance.endAtMs))
  })
  return dispersionOf(spreadOf(sequence))
}

type CoveredByClass = Map<string, CoveredWindow[]>

/** Windows of one class that are looked back at: 8 with calls among them, and some without. */
const COMPARED_MAX = 24

/** Compared with the windows before it alone: a verdict must not change because of what comes later. */
function coverageIn(
  receivedCount: number,
  instance: WindowInstance,
  alike: CoveredByClass,
  { holidays }: StreamedQuestion,
): { coverage: CoverageState; expectedCount: number | null } {
  const day = dayOfText(instance.date)!
  const comparedWith = `${instance.period} ${weekdayOf(day)} ${dayClassOf(holidays, day)}`
  const covered = [...(alike.get(comparedWith) ?? []), { comparedWith, receivedCount, isOver: true }].slice(
    -COMPARED_MAX,
  )
  alike.set(comparedWith, covered)
  const { state, expectedCount } = coverageOf(covered).at(-1)!
  return { coverage: state, expectedCount }
}

function firstRecordAtMs({ range, sums }: CellSums): number {
  const at = sums.evidence.findIndex((sum) => sum > 0)
  const cellMs = (range.toAtMs - range.fromAtMs) / (sums.evidence.length - 1)
  return at < 0 ? Number.POSITIVE_INFINITY : range.fromAtMs + (at - 1) * cellMs
}
