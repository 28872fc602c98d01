/** Every instance of a period of time beside the overall rate, with what explains it. */
import type { WindowCounts } from './cell-series.ts'
import type { Coverage } from './coverage.ts'
import { type Judgement, judge, type StabilityTerms } from './judgement.ts'
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts'
import { type Counts, restOf } from './statistics/counts.ts'
import { callsToFlagMin, controlLimits, type Spread, spreadOf } from './statistics/laney.ts'
import { pooledZTest } from './statistics/pooled-z-test.ts'
import type { Status } from './status.ts'
import type { WindowInstance } from './windows.ts'

export interface CountedInstance extends WindowInstance, WindowCounts {
  coverage: Coverage
  status: Status
}

export interface JudgedInstance extends CountedInstance, Judgement {
  /** Mean wait of answered calls, ms; `null` where none was answered. */
  meanWaitMs: number | null
  /** `low` if it lies strictly below the p′ limits of its period's sequence; whether that may alarm, the number of calls says. */
  signal: 'low' | 'none'
  /** p′ limits at its number of calls, ratios; `null` without calls, and for special periods, which have no sequence. */
  limits: { lower: number; upper: number } | null
  /** Two-sided p of its rate against the rest, adjusted by Benjamini–Hochberg over the list; `null` without calls. */
  adjustedP: number | null
}

/** The chart that the instances of one peak are drawn in. */
export interface PeakChart extends Spread {
  period: string
  /** Fewest calls at which a point outside the limits may be flagged; `null` where none may: no calls, or a mean of 0 or 1. */
  callsToFlag: number | null
}

/**
 * Judges instances given in time order.
 *
 * A peak's sequence is all of its instances in the list. The family of the adjusted p is the instances with calls.
 *
 * @param special judgements of special periods by instance id: they are pooled from their local days, and every answer
 *   has to say the same of them
 */
export function judgeInstances(
  instances: readonly CountedInstance[],
  overall: Counts,
  terms: StabilityTerms,
  special: ReadonlyMap<string, Judgement>,
): { judged: JudgedInstance[]; charts: PeakChart[] } {
  const spreads = new Map<string, Spread>()
  for (const { period, kind } of instances) {
    if (kind !== 'peak' || spreads.has(period)) continue
    spreads.set(period, spreadOf(instances.filter((instance) => instance.period === period)))
  }
  const adjustedPs = adjustedPsOf(instances, overall)
  const judged = instances.map((instance) =>
    judgedBeside(
      instance,
      special.get(instance.id) ?? judge(instance, overall, terms),
      spreads.get(instance.period),
      adjustedPs.get(instance),
    ),
  )
  return { judged, charts: [...spreads].map(chartOf) }
}

function chartOf([period, spread]: [string, Spread]): PeakChart {
  const calls = spread.meanRatio === null ? Number.POSITIVE_INFINITY : callsToFlagMin(spread.meanRatio)
  return { period, ...spread, callsToFlag: Number.isFinite(calls) ? calls : null }
}

/** The adjusted p of each instance with calls; these are the family, so a shorter list has other values. */
export function adjustedPsOf<Instance extends Counts>(
  instances: readonly Instance[],
  overall: Counts,
): Map<Instance, number> {
  const called = instances.filter((instance) => instance.offeredCount > 0)
  const adjusted = benjaminiHochberg(called.map((instance) => pooledZTest(instance, restOf(instance, overall)).p))
  return new Map(called.map((instance, at) => [instance, adjusted[at]!]))
}

/** Field by field, as in stability.ts: a list of a thousand is built for every answer. */
function judgedBeside(
  instance: CountedInstance,
  judgement: Judgement,
  spread: Spread | undefined,
  adjustedP: number | undefined,
): JudgedInstance {
  const limits = spread === undefined ? null : controlLimits(spread, instance.offeredCount)
  return {
    id: instance.id,
    period: instance.period,
    kind: instance.kind,
    date: instance.date,
    startAtMs: instance.startAtMs,
    endAtMs: instance.endAtMs,
    offeredCount: instance.offeredCount,
    answeredCount: instance.answeredCount,
    abandonedCount: instance.abandonedCount,
    noSeatCount: instance.noSeatCount,
    flowedOutCount: instance.flowedOutCount,
    failedCount: instance.failedCount,
    otherCount: instance.otherCount,
    waitedMs: instance.waitedMs,
    evidence: instance.evidence,
    coverage: instance.coverage,
    status: instance.status,
    ratio: judgement.ratio,
    deviationPoints: judgement.deviationPoints,
    lowerPoints: judgement.lowerPoints,
    upperPoints: judgement.upperPoints,
    withinTolerance: judgement.withinTolerance,
    leastTolerancePoints: judgement.leastTolerancePoints,
    verdict: judgement.verdict,
    callsForVerdict: judgement.callsForVerdict,
    restRatio: judgement.restRatio,
    gapToRestPoints: judgement.gapToRestPoints,
    metTarget: judgement.metTarget,
    meanWaitMs: instance.answeredCount === 0 ? null : instance.waitedMs / instance.answeredCount,
    signal: limits !== null && judgement.ratio! < limits.lower ? 'low' : 'none',
    limits,
    adjustedP: adjustedP ?? null,
  }
}
