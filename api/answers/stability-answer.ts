/** Whether the peaks of a year or a quarter hold, in one answer that can be filed. */
import type { Static } from 'typebox'
import { instantOfText, isoOf } from '../../kpi/instant-text.ts'
import type { JudgedInstance, PeakChart } from '../../kpi/judged-instances.ts'
import type { PooledWindows } from '../../kpi/pooled-windows.ts'
import { overlaps, type Range } from '../../kpi/range.ts'
import { percentOf } from '../../kpi/rounding.ts'
import type { Stability } from '../../kpi/stability.ts'
import { stabilitySentence } from '../../kpi/stability-sentence.ts'
import { ROLLING_TARGET_RATIO } from '../../kpi/statistics/rolling-24-hours.ts'
import { met } from '../../kpi/target.ts'
import type { Zone } from '../../kpi/zone.ts'
import { nameOf, windowNamesOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { JudgedPeriod } from '../judged/judged-period.ts'
import type { RecordContinuity } from '../store/stability-reader.ts'
import { continuityAnswerOf } from './continuity-answer.ts'
import { instanceAnswerOf } from './instance-answer.ts'
import { noRatioOf } from './shapes.ts'
import type { PooledAnswer, StabilityAnswer, VerdictCounts, Words } from './stability-shape.ts'
import { termsAnswerOf } from './stability-terms.ts'

/** What an answer says beyond what cells tell. */
export interface StabilityFindings {
  worst: readonly JudgedInstance[]
  /** Seats that answered in each of the worst. */
  seatsAnswering: readonly number[]
  records: RecordContinuity
}

export function stabilityAnswerOf(
  answered: AnsweredProfile,
  judged: JudgedPeriod,
  { worst, seatsAnswering, records }: StabilityFindings,
): StabilityAnswer {
  const { profile, zone } = answered
  const { stability, part, terms, period } = judged
  const names = windowNamesOf(profile)
  const said = termsAnswerOf(answered, judged, stability.status)
  const nameIn = (id: string) => names[id] ?? { zh: id, en: id }
  const pooled = (window: PooledWindows) => pooledAnswer(answered, window, nameIn(window.period))
  return {
    period: period.name,
    from: isoOf(zone, stability.range.fromAtMs),
    to: isoOf(zone, stability.range.toAtMs),
    basis: period.kind === 'quarter' ? 'quarter' : 'year',
    line: part.line,
    region: part.region,
    profileName: nameOf(profile.name),
    ...said,
    sentence: stabilitySentence(stability, { terms, report: profile.report, names, asOf: said.asOf }),
    overall: overallAnswer(answered, stability),
    pooled: stability.pooled.map(pooled),
    special: stability.special.map((window) => ({ ...pooled(window), ...bounds(answered, window.period) })),
    verdictCounts: profile.peaks.map(({ id }) => verdictCounts(stability, id, nameIn(id))),
    worst: worst.map((instance, at) => ({
      ...instanceAnswerOf(zone, instance),
      name: nameIn(instance.period),
      seatsAnsweringCount: seatsAnswering[at]!,
      why: whyOf(instance, seatsAnswering[at]!),
    })),
    charts: chartsInOrder(answered, stability).map(({ period: id, meanRatio, sigmaZ, callsToFlag }) => ({
      period: id,
      meanRatio,
      sigmaZ,
      callsToFlag,
      points: stability.instances.filter((instance) => instance.period === id).map(chartPoint),
    })),
    rolling24Hours: rollingAnswer(answered, stability),
    coverage: coverageAnswer(zone, stability),
    continuity: continuityAnswerOf(zone, stability, records),
    busyHours: stability.busyHours,
    overlaps: stability.overlaps.map(({ periods, instancesCount, sharedMs, firstDate }) => ({
      periods,
      instancesCount,
      sharedHours: sharedMs / 3_600_000,
      firstDate,
    })),
    unknownYears: stability.unknownYears,
    notes: notesIn(answered, stability.range),
  }
}

/** In the order of the profile. */
function chartsInOrder({ profile }: AnsweredProfile, { charts }: Stability): PeakChart[] {
  return profile.peaks.flatMap(({ id }) => charts.filter(({ period }) => period === id))
}

/** Storms and outages are marked, never taken out. */
function notesIn({ profile, zone }: AnsweredProfile, range: Range): StabilityAnswer['notes'] {
  const isInside = ({ from, to }: { from: string; to: string }) =>
    overlaps({ fromAtMs: instantOfText(zone, from) ?? 0, toAtMs: instantOfText(zone, to) ?? Number.MAX_VALUE }, range)
  return (profile.notes ?? []).filter(isInside).map(({ from, to, text }) => ({ from, to, text: nameOf(text) }))
}

function overallAnswer({ profile }: AnsweredProfile, { overall }: Stability): StabilityAnswer['overall'] {
  return {
    offeredCount: overall.offeredCount,
    answeredCount: overall.answeredCount,
    abandonedCount: overall.abandonedCount,
    noSeatCount: overall.noSeatCount,
    flowedOutCount: overall.flowedOutCount,
    failedCount: overall.failedCount,
    otherCount: overall.otherCount,
    ratio: overall.ratio,
    percent: percentOf({ numerator: overall.answeredCount, denominator: overall.offeredCount }, profile.report),
    metTarget: overall.metTarget,
    ...noRatioOf(overall.ratio),
  }
}

function pooledAnswer({ profile }: AnsweredProfile, window: PooledWindows, name: Static<typeof Words>): PooledAnswer {
  const { waitedMs, evidence: _, ...said } = window
  return {
    ...said,
    ...noRatioOf(window.ratio),
    name,
    meanWaitMs: window.answeredCount === 0 ? null : waitedMs / window.answeredCount,
    percent: percentOf({ numerator: window.answeredCount, denominator: window.offeredCount }, profile.report),
  }
}

function bounds({ profile }: AnsweredProfile, id: string): { from?: string; to?: string } {
  const special = profile.special?.find((window) => window.id === id)
  return special === undefined ? {} : { from: special.from, to: special.to }
}

function verdictCounts(
  { instances }: Stability,
  period: string,
  name: Static<typeof Words>,
): Static<typeof VerdictCounts> {
  const own = instances.filter((instance) => instance.period === period)
  const count = (is: (instance: JudgedInstance) => boolean) => own.filter(is).length
  return {
    period,
    name,
    instancesCount: own.length,
    stableCount: count(({ verdict }) => verdict === 'stable'),
    deviatesCount: count(({ verdict }) => verdict === 'deviates'),
    insufficientCount: count(({ verdict }) => verdict === 'insufficient'),
    outsideToleranceCount: count(({ withinTolerance }) => withinTolerance === false),
    lowSignalCount: count(({ signal }) => signal === 'low'),
    noDataCount: count(({ coverage }) => coverage.state === 'no-data'),
  }
}

/** Where the calls that nobody answered went, and who was there. */
function whyOf(instance: JudgedInstance, seats: number): Static<typeof Words> {
  const { abandonedCount, noSeatCount, flowedOutCount, failedCount, otherCount, meanWaitMs } = instance
  const losses = [
    ['放弃', 'abandoned', abandonedCount],
    ['无坐席', 'no seat', noSeatCount],
    ['流出', 'flowed out', flowedOutCount],
    ['系统故障', 'failed', failedCount],
    ['其他', 'other', otherCount],
  ] as const
  const lost = losses.filter(([, , count]) => count > 0).sort(([, , one], [, , other]) => other - one)
  const waitS = meanWaitMs === null ? null : (meanWaitMs / 1000).toFixed(0)
  return {
    zh: [
      lost.map(([zh, , count]) => `${zh}${count}`).join('、'),
      waitS === null ? '无一接通' : `平均等待${waitS}秒`,
      `接听坐席${seats}席`,
    ]
      .filter((words) => words !== '')
      .join('；'),
    en: [
      lost.map(([, en, count]) => `${count} ${en}`).join(', '),
      waitS === null ? 'none answered' : `mean wait ${waitS} s`,
      `${seats} seats answering`,
    ]
      .filter((words) => words !== '')
      .join('; '),
  }
}

function chartPoint({ date, offeredCount, ratio, limits, signal }: JudgedInstance) {
  return { date, offeredCount, ratio, lower: limits?.lower ?? null, upper: limits?.upper ?? null, signal }
}

function rollingAnswer({ profile, zone }: AnsweredProfile, { rolling24Hours: low }: Stability) {
  if (low === null) return null
  const fraction = { numerator: low.answeredCount, denominator: low.offeredCount }
  return {
    startAt: isoOf(zone, low.startAtMs),
    endAt: isoOf(zone, low.endAtMs),
    offeredCount: low.offeredCount,
    answeredCount: low.answeredCount,
    ratio: low.ratio,
    percent: percentOf(fraction, profile.report),
    target: ROLLING_TARGET_RATIO,
    met: met(fraction, ROLLING_TARGET_RATIO, 'higher-is-better'),
  }
}

function coverageAnswer(zone: Zone, { instances }: Stability): StabilityAnswer['coverage'] {
  const silent = instances.filter(({ coverage }) => coverage.state === 'no-data')
  return {
    noDataCount: silent.length,
    unknownCount: instances.filter(({ coverage }) => coverage.state === 'unknown').length,
    noData: silent.map(({ id, startAtMs, endAtMs, coverage }) => ({
      id,
      startAt: isoOf(zone, startAtMs),
      endAt: isoOf(zone, endAtMs),
      expectedCount: coverage.expectedCount,
    })),
  }
}
