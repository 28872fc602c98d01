/**
 * The question of the contract, answered for a year or a quarter: do special periods and peaks stay in line with the
 * overall rate? A pure function of the counts by cell, the profile and the watermark.
 */
import { type BusyHours, busyHoursOf } from './busy-hours.ts'
import { dayClassOf } from './calendar.ts'
import { CELL_MS } from './cell.ts'
import { type CellSeries, type CellSums, countsBetween, sumOf, sumsOf, type WindowCounts } from './cell-series.ts'
import { type Continuity, continuityOf } from './continuity.ts'
import { type Coverage, compared, coverageOf } from './coverage.ts'
import type { Holidays } from './holidays.ts'
import { type CountedInstance, type JudgedInstance, judgeInstances, type PeakChart } from './judged-instances.ts'
import type { StabilityTerms } from './judgement.ts'
import { dayOfText, type LocalDay, weekdayOf } from './local-date.ts'
import { daysOf, monthNameOf, type Period, periodOf, quarterNameOf, rangeOf } from './periods.ts'
import { judgePool, type Pool, type PooledWindows } from './pooled-windows.ts'
import type { Range } from './range.ts'
import { ratioOf } from './statistics/counts.ts'
import { leastRolling24Hours, type RollingLow } from './statistics/rolling-24-hours.ts'
import { leastStatus, type Status, statusOf } from './status.ts'
import { met } from './target.ts'
import { cellIndexOf } from './window-cells.ts'
import { overlapsOf, type WindowOverlap } from './window-overlaps.ts'
import { instancesIn, type WindowDefinitions, type WindowInstance } from './windows.ts'
import { dayRange, type Zone } from './zone.ts'

export interface StabilityQuestion {
  /** A year or a quarter. */
  period: Period
  zone: Zone
  holidays: Holidays
  windows: WindowDefinitions
  terms: StabilityTerms
  /** Quarters count from here. */
  contractFromDay: LocalDay
  /** Holds the whole period; what it holds of the time before (8 weeks or more are good) serves coverage alone. */
  series: CellSeries
  seriesToAtMs: number
  /** Of the calls; `null` before the first. */
  watermarkAtMs: number | null
  /** Settle time of calls, ms. */
  settleMs: number
}

export interface Overall extends WindowCounts {
  ratio: number | null
  /** `null` without calls or without a target. */
  metTarget: boolean | null
}

export interface Stability {
  period: Period
  range: Range
  overall: Overall
  /** Of every peak: the year (if asked for), its quarters, its months, in that order. */
  pooled: PooledWindows[]
  special: PooledWindows[]
  /** In time order, peaks and special periods. */
  instances: JudgedInstance[]
  charts: PeakChart[]
  rolling24Hours: RollingLow | null
  continuity: Continuity
  busyHours: BusyHours
  overlaps: WindowOverlap[]
  /** Years without a published notice: their workday and offday windows are not in this answer. */
  unknownYears: number[]
  status: Status
}

export function stabilityOf(question: StabilityQuestion): Stability {
  const { period, zone, holidays, windows, terms, watermarkAtMs, settleMs } = question
  const range = rangeOf(zone, period)
  const held = { fromAtMs: Math.min(question.series.fromAtMs, range.fromAtMs), toAtMs: question.seriesToAtMs }
  const cells = sumsOf(question.series, held)
  const overall = countsBetween(cells, range.fromAtMs, range.toAtMs)
  const { instances, unknownYears } = instancesIn(windows, holidays, zone, range)
  const days = coveredDays(cells, question)
  const coverages = instanceCoverages(cells, instances, days, question)
  const countedInstances = instances.map((instance, at) =>
    counted(instance, countsBetween(cells, instance.startAtMs, instance.endAtMs), coverages[at]!, question),
  )
  const special = countedInstances
    .filter((instance) => instance.kind === 'special')
    .map((instance) => judgePool(specialPool(cells, instance, days, zone), overall, terms))
  const ofSpecial = new Map(special.map((pooled) => [pooled.span, pooled]))
  const { judged, charts } = judgeInstances(countedInstances, overall, terms, ofSpecial)
  const peaks = judged.filter((instance) => instance.kind === 'peak')
  const passed = passedPart(range, watermarkAtMs)
  return {
    period,
    range,
    overall: {
      ...overall,
      ratio: ratioOf(overall),
      metTarget: met(
        { numerator: overall.answeredCount, denominator: overall.offeredCount },
        terms.targetRatio,
        'higher-is-better',
      ),
    },
    pooled: peakPools(peaks, question).map((pool) => judgePool(pool, overall, terms)),
    special,
    instances: judged,
    charts,
    rolling24Hours: leastRolling24Hours(
      cells.sums.offered,
      cells.sums.answered,
      held.fromAtMs,
      cellIndexOf(held.fromAtMs, range.fromAtMs),
      cellIndexOf(held.fromAtMs, range.toAtMs),
    ),
    continuity: continuityOf(cells, zone, passed),
    busyHours: busyHoursOf(cells, peaks, zone, passed),
    overlaps: overlapsOf(instances),
    unknownYears,
    status: statusOf(range.toAtMs, watermarkAtMs, settleMs),
  }
}

/** Field by field: copying three objects into one for each of a thousand instances costs more than judging them. */
function counted(
  instance: WindowInstance,
  counts: WindowCounts,
  coverage: Coverage,
  { watermarkAtMs, settleMs }: StabilityQuestion,
): CountedInstance {
  return {
    id: instance.id,
    period: instance.period,
    kind: instance.kind,
    date: instance.date,
    startAtMs: instance.startAtMs,
    endAtMs: instance.endAtMs,
    offeredCount: counts.offeredCount,
    answeredCount: counts.answeredCount,
    abandonedCount: counts.abandonedCount,
    noSeatCount: counts.noSeatCount,
    flowedOutCount: counts.flowedOutCount,
    failedCount: counts.failedCount,
    otherCount: counts.otherCount,
    waitedMs: counts.waitedMs,
    evidence: counts.evidence,
    coverage,
    status: statusOf(instance.endAtMs, watermarkAtMs, settleMs),
  }
}

/** What the watermark has passed of a range, in whole cells: the rest is still to come. */
function passedPart(range: Range, watermarkAtMs: number | null): Range {
  const passedAtMs = Math.floor((watermarkAtMs ?? range.fromAtMs) / CELL_MS) * CELL_MS
  return { fromAtMs: range.fromAtMs, toAtMs: Math.min(range.toAtMs, Math.max(range.fromAtMs, passedAtMs)) }
}

/** The pools of every peak, in the order of the profile: the period itself, its quarters if it is a year, its months. */
function peakPools(peaks: readonly JudgedInstance[], question: StabilityQuestion): Pool[] {
  const spans = spansOf(question)
  return question.windows.peaks.flatMap(({ id }) => {
    const own = peaks.filter((instance) => instance.period === id)
    // The part of New Year's night that belongs to this year is of its first month.
    const days = own.map((instance) => Math.max(dayOfText(instance.date)!, question.period.fromDay))
    return spans.map(({ name, fromDay, toDay }) => {
      const members = own.filter((_instance, at) => fromDay <= days[at]! && days[at]! < toDay)
      return peakPool(id, name, members)
    })
  })
}

/** The period and the quarters and months in it, as far as they lie inside. */
function spansOf({ period, contractFromDay }: StabilityQuestion): Omit<Period, 'kind'>[] {
  const spans: Omit<Period, 'kind'>[] = [period]
  const nameOfs = [(day: LocalDay) => quarterNameOf(day, contractFromDay), monthNameOf]
  for (const nameOf of period.kind === 'year' ? nameOfs : nameOfs.slice(1)) {
    for (let fromDay = period.fromDay; fromDay < period.toDay; ) {
      const name = nameOf(fromDay)
      const toDay = Math.min(periodOf(name, contractFromDay)!.toDay, period.toDay)
      if (name !== period.name) spans.push({ name, fromDay, toDay })
      fromDay = toDay
    }
  }
  return spans
}

function peakPool(period: string, span: string, members: readonly JudgedInstance[]): Pool {
  return {
    period,
    kind: 'peak',
    span,
    members,
    noDataCount: members.filter((member) => member.coverage.state === 'no-data').length,
    status: members.length === 0 ? 'open' : leastStatus(members.map((member) => member.status)),
  }
}

function specialPool(cells: CellSums, instance: CountedInstance, days: CoveredDays, zone: Zone): Pool {
  const inside = daysOf(zone, { fromAtMs: instance.startAtMs, toAtMs: instance.endAtMs })
  const members = inside.map((day) => {
    const { fromAtMs, toAtMs } = dayRange(zone, day)
    return countsBetween(cells, Math.max(fromAtMs, instance.startAtMs), Math.min(toAtMs, instance.endAtMs))
  })
  return {
    period: instance.period,
    kind: 'special',
    span: instance.id,
    members,
    noDataCount: inside.filter((day) => days.get(day)?.state === 'no-data').length,
    status: instance.status,
  }
}

type CoveredDays = ReadonlyMap<LocalDay, Coverage>

/** Coverage of every whole local day of the series. */
function coveredDays(cells: CellSums, question: StabilityQuestion): CoveredDays {
  const { zone, holidays, watermarkAtMs } = question
  const days = daysOf(zone, cells.range)
  const coverages = coverageOf(
    days.map((day) => {
      const { fromAtMs, toAtMs } = dayRange(zone, day)
      return {
        comparedWith: `${weekdayOf(day)} ${dayClassOf(holidays, day)}`,
        receivedCount: sumOf(cells, 'offered', fromAtMs, toAtMs),
        isOver: watermarkAtMs !== null && watermarkAtMs >= toAtMs,
      }
    }),
  )
  return new Map(days.map((day, at) => [day, coverages[at]!]))
}

/** Coverage of each instance of the period: of a peak by its like, those before the period included; of a special period by its days. */
function instanceCoverages(
  cells: CellSums,
  instances: readonly WindowInstance[],
  days: CoveredDays,
  question: StabilityQuestion,
): Coverage[] {
  const { zone, holidays, windows, watermarkAtMs } = question
  const range = rangeOf(zone, question.period)
  const before = { fromAtMs: cells.range.fromAtMs, toAtMs: range.fromAtMs }
  const earlier = instancesIn({ peaks: windows.peaks }, holidays, zone, before).instances
  const all = [...earlier, ...instances]
  const covered = all.map(({ period, date, startAtMs, endAtMs }) => {
    const day = dayOfText(date)!
    return {
      comparedWith: `${period} ${weekdayOf(day)} ${dayClassOf(holidays, day)}`,
      receivedCount: sumOf(cells, 'offered', startAtMs, endAtMs),
      isOver: watermarkAtMs !== null && watermarkAtMs >= endAtMs,
    }
  })
  const byLike = coverageOf(covered)
  return instances.map((instance, at) => {
    const place = earlier.length + at
    if (instance.kind === 'peak') return byLike[place]!
    const inside = daysOf(zone, { fromAtMs: instance.startAtMs, toAtMs: instance.endAtMs })
    const expected = inside.map((day) => days.get(day)?.expectedCount ?? null)
    const isKnown = expected.some((count) => count !== null)
    return compared(covered[place]!, isKnown ? expected.reduce<number>((sum, count) => sum + (count ?? 0), 0) : null)
  })
}
