/**
 * Windows pooled for the verdicts that a report leads with: all instances of a period in a month, a quarter or a
 * year, and each special period with its local days as the sequence.
 */
import { addWindowCounts, type WindowCounts } from './cell-series.ts'
import { type Judgement, judge, type StabilityTerms } from './judgement.ts'
import type { Counts } from './statistics/counts.ts'
import { dispersionOf, spreadOf } from './statistics/laney.ts'
import type { Status } from './status.ts'
import type { WindowKind } from './windows.ts'

export interface PooledWindows extends WindowCounts, Judgement {
  /** Id of the definition, `evening`. */
  period: string
  kind: WindowKind
  /** What is pooled: `2023`, `2023-Q3`, `2023-07`; of a special period its instance's id. */
  span: string
  /** Instances pooled; of a special period its local days. */
  instancesCount: number
  /** Of these, those over without a single call though 20 or more were expected. */
  noDataCount: number
  /** σ_z of the sequence; 1 where the terms ask for no overdispersion, or it cannot be told. */
  sigmaZ: number
  status: Status
}

export interface Pool {
  period: string
  kind: WindowKind
  span: string
  /** In time order, not overlapping. */
  members: readonly WindowCounts[]
  noDataCount: number
  status: Status
}

/** Judges what is pooled as one window whose calls are as scattered as its members show. */
export function judgePool(pool: Pool, overall: Counts, terms: StabilityTerms): PooledWindows {
  const counts = addWindowCounts(pool.members)
  const spread = terms.overdispersion === 'laney' ? spreadOf(pool.members) : { meanRatio: null, sigmaZ: 1 }
  return {
    period: pool.period,
    kind: pool.kind,
    span: pool.span,
    instancesCount: pool.members.length,
    noDataCount: pool.noDataCount,
    ...counts,
    ...judge(counts, overall, terms, dispersionOf(spread)),
    sigmaZ: spread.sigmaZ,
    status: pool.status,
  }
}
