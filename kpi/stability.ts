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
import { daysOf, monthNameOf, type Period, quarterNameOf, rangeOf } from './periods.ts'
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
  const counted = { fromAtMs: Math.min(question.series.fromAtMs, range.fromAtMs), toAtMs: question.seriesToAtMs }
  const cells = sumsOf(question.series, counted)
  const overall = countsBetween(cells, range.fromAtMs, range.toAtMs)
  const { instances, unknownYears } = instancesIn(windows, holidays, zone, range)
  const days = coveredDays(cells, question)
  const coverages = instanceCoverages(cells, instances, days, question)
  const countedInstances = instances.map(
    (instance, at): CountedInstance => ({
      ...instance,
      ...countsBetween(cells, instance.startAtMs, instance.endAtMs),
      coverage: coverages[at]!,
      status: statusOf(instance.endAtMs, watermarkAtMs, settleMs),
    }),
  )
  const { judged, charts } = judgeInstances(countedInstances, overall, terms)
  const peaks = judged.filter((instance) => instance.kind === 'peak')
  const special = judged.filter((instance) => instance.kind === 'special')
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
    special: special.map((instance) => judgePool(specialPool(cells, instance, days, zone), overall, terms)),
    instances: judged,
    charts,
    rolling24Hours: leastRolling24Hours(
      cells.sums.offered,
      cells.sums.answered,
      counted.fromAtMs,
      cellIndexOf(counted.fromAtMs, range.fromAtMs),
      cellIndexOf(counted.fromAtMs, range.toAtMs),
    ),
    continuity: continuityOf(cells, zone, passed),
    busyHours: busyHoursOf(cells, peaks, zone, passed),
    overlaps: overlapsOf(instances),
    unknownYears,
    status: statusOf(range.toAtMs, watermarkAtMs, settleMs),
  }
}

/** What the watermark has passed of a range, in whole cells: the rest is still to come. */
function passedPart(range: Range, watermarkAtMs: number | null): Range {
  const passedAtMs = Math.floor((watermarkAtMs ?? range.fromAtMs) / CELL_MS) * CELL_MS
  return { fromAtMs: range.fromAtMs, toAtMs: Math.min(range.toAtMs, Math.max(range.fromAtMs, passedAtMs)) }
}

/** The pools of every peak, in the order of the profile: the year, its quarters, its months. */
function peakPools(peaks: readonly JudgedInstance[], question: StabilityQuestion): Pool[] {
  const { period, windows, contractFromDay } = question
  return windows.peaks.flatMap(({ id }) => {
    const own = peaks.filter((instance) => instance.period === id)
    const spans = new Map<string, JudgedInstance[]>([[period.name, own]])
    const spanNames: ((day: LocalDay) => string)[] = [monthNameOf]
    if (period.kind === 'year') spanNames.unshift((day) => quarterNameOf(day, contractFromDay))
    for (const nameOf of spanNames) {
      for (const instance of own) {
        // The part of New Year's night that belongs to this year is of its first month.
        const name = nameOf(Math.max(dayOfText(instance.date)!, period.fromDay))
        if (name === period.name) continue
        const members = spans.get(name)
        if (members === undefined) spans.set(name, [instance])
        else members.push(instance)
      }
    }
    return [...spans].map(([span, members]) => peakPool(id, span, members))
  })
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

function specialPool(cells: CellSums, instance: JudgedInstance, days: CoveredDays, zone: Zone): Pool {
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
