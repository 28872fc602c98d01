/** A scenario beside the real figures: every KPI and every peak, with the difference in percentage points. */
import { answeredProfileOf } from '../api/answered-profile.ts'
import { judgedPeriod } from '../api/judged/judged-period.ts'
import { ClickHouseReader } from '../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../api/store/clickhouse-rows.ts'
import { ClickHouseStability } from '../api/store/clickhouse-stability.ts'
import type { CountedPeriod } from '../api/store/store-reader.ts'
import { isoOf } from '../kpi/instant-text.ts'
import { fractionIn } from '../kpi/kpi.ts'
import { KPIS } from '../kpi/kpis.ts'
import { type Period, rangeOf } from '../kpi/periods.ts'
import type { PooledWindows } from '../kpi/pooled-windows.ts'
import type { Stability } from '../kpi/stability.ts'
import type { Profile } from '../schemas/profile.ts'

const QUERY_MS_MAX = 60_000

/** Where the figures of one side are read. */
export interface ComparedStore {
  url: string
  database: string
  topics: { calls: string; tickets: string }
}

export interface ComparedRate {
  numerator: number
  denominator: number
  ratio: number | null
}

export interface ComparedPeak {
  offeredCount: number
  answeredCount: number
  ratio: number | null
  deviationPoints: number | null
  withinTolerance: boolean | null
  verdict: PooledWindows['verdict']
}

export interface Comparison {
  scenario: string
  simulated: boolean
  base: { from: string; to: string }
  shifted: { from: string; to: string }
  kpis: {
    id: string
    nameZh: string
    nameEn: string
    base: ComparedRate
    scenario: ComparedRate
    differencePoints: number | null
  }[]
  /** Pooled over the period; null where the period of that side has no such window. */
  peaks: {
    period: string
    kind: string
    base: ComparedPeak | null
    scenario: ComparedPeak | null
    differencePoints: number | null
  }[]
}

export interface ComparisonOptions {
  profile: Profile
  scenario: string
  base: ComparedStore & { period: Period }
  shifted: ComparedStore & { period: Period }
}

export async function comparisonOf({ profile, scenario, base, shifted }: ComparisonOptions): Promise<Comparison> {
  const answered = answeredProfileOf(profile)
  const ofPeriod = ({ period }: { period: Period }) => {
    const { fromAtMs, toAtMs } = rangeOf(answered.zone, period)
    return { from: isoOf(answered.zone, fromAtMs), to: isoOf(answered.zone, toAtMs) }
  }
  const [one, other] = await Promise.all([sideOf(profile, base), sideOf(profile, shifted)])
  return {
    scenario,
    simulated: one.counted.isSimulated || other.counted.isSimulated,
    base: ofPeriod(base),
    shifted: ofPeriod(shifted),
    kpis: KPIS.map((kpi) => {
      const [before, after] = [rateOf(fractionIn(one.counted, kpi)), rateOf(fractionIn(other.counted, kpi))]
      const { id, nameZh, nameEn } = kpi
      return { id, nameZh, nameEn, base: before, scenario: after, differencePoints: pointsBetween(before, after) }
    }),
    peaks: peaksOf(one, other),
  }
}

interface Side {
  counted: CountedPeriod
  stability: Stability
}

async function sideOf(
  profile: Profile,
  { url, database, topics, period }: ComparedStore & { period: Period },
): Promise<Side> {
  const answered = answeredProfileOf(profile)
  const rows = new ClickHouseRows(url, database, QUERY_MS_MAX)
  try {
    const reader = new ClickHouseReader(rows, answered, topics)
    const readers = { reader, stability: new ClickHouseStability(rows, answered) }
    const counted = await reader.countedPeriod(period, null)
    const { stability } = await judgedPeriod(answered, readers, period, { line: null, region: null })
    return { counted, stability }
  } finally {
    await rows.close()
  }
}

function peaksOf(one: Side, other: Side): Comparison['peaks'] {
  const [before, after] = [windowsOf(one), windowsOf(other)]
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.map((name) => {
    const [base, scenario] = [before.get(name) ?? null, after.get(name) ?? null]
    const { period, kind } = (base ?? scenario)!
    return {
      period,
      kind,
      base: base === null ? null : peakOf(base),
      scenario: scenario === null ? null : peakOf(scenario),
      differencePoints: base === null || scenario === null ? null : pointsBetween(base, scenario),
    }
  })
}

/** Each peak pooled over the whole period, and each special period. */
function windowsOf({ stability }: Side): Map<string, PooledWindows> {
  const whole = stability.pooled.filter(({ span }) => span === stability.period.name)
  return new Map([...whole, ...stability.special].map((window) => [window.period, window]))
}

function peakOf({
  offeredCount,
  answeredCount,
  ratio,
  deviationPoints,
  withinTolerance,
  verdict,
}: PooledWindows): ComparedPeak {
  return { offeredCount, answeredCount, ratio, deviationPoints, withinTolerance, verdict }
}

function rateOf({ numerator, denominator }: { numerator: number; denominator: number }): ComparedRate {
  return { numerator, denominator, ratio: denominator === 0 ? null : numerator / denominator }
}

/** The second less the first, percentage points; null where one of them is no rate. */
function pointsBetween(one: { ratio: number | null }, other: { ratio: number | null }): number | null {
  return one.ratio === null || other.ratio === null ? null : (other.ratio - one.ratio) * 100
}
