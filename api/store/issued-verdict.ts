import type { WindowCounts } from '../../kpi/cell-series.ts'
import type { CoverageState } from '../../kpi/coverage.ts'
import type { Verdict } from '../../kpi/statistics/verdict.ts'
import type { VerdictReason } from '../../kpi/streamed-verdict.ts'
import type { WindowInstance } from '../../kpi/windows.ts'

/** A verdict as it was issued when its window became final, or when its window's calls changed afterwards. */
export interface IssuedVerdict extends WindowInstance, WindowCounts {
  profile: string
  profileVersion: string
  definitions: string
  /** Start of the base, which ends with the window. */
  baseFromAtMs: number
  baseOfferedCount: number
  baseAnsweredCount: number
  baseEvidence: number
  deviationPoints: number | null
  lowerPoints: number | null
  upperPoints: number | null
  withinTolerance: boolean | null
  leastTolerancePoints: number | null
  verdict: Verdict
  reason: VerdictReason
  callsForVerdict: number | null
  coverage: CoverageState
  expectedCount: number | null
  tolerancePoints: number
  confidence: number
  isSimulated: boolean
}
