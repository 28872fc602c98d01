/** What a plan came to, with everything that is needed to ask it again. */
import type { Backtest, ForecastBasis } from '../../kpi/planning/forecast.ts'
import type { Estimates } from '../../kpi/planning/plan-model.ts'
import type { Roster } from '../../kpi/planning/roster.ts'
import type { SteadyTerms } from '../../kpi/planning/roster-judgement.ts'
import type { SeatsFound } from '../../kpi/planning/seats-search.ts'
import type { StaffingSource } from '../../kpi/planning/staffing.ts'
import type { StaffingCost } from '../../kpi/planning/staffing-cost.ts'
import type { WhatIf } from '../../kpi/planning/what-if.ts'
import type { PlanInputs, PlanKind } from './plan-inputs.ts'

/** Of the program: a later one may come to other numbers from the same inputs. */
export const PLAN_VERSION = 1

export interface PlanHead {
  kind: PlanKind
  version: number
  profile: string
  profileVersion: string
  /** The first seed, and how many. */
  seed: number
  seeds: number
  inputs: PlanInputs
  /** Whether a generated record is behind it, or it is itself a simulation: then it is headed 模拟数据. */
  simulated: boolean
  /** ISO, in the profile's zone. */
  from: string
  to: string
}

export interface StaffedResult extends PlanHead {
  staffing: { source: StaffingSource; isLowerBound: boolean; roster: Roster; cost: StaffingCost }
  estimates: Estimates
  quickLeavesOut: { zh: string; en: string }
}

export interface WhatIfResult extends StaffedResult {
  kind: 'what-if'
  whatIf: WhatIf
}

export interface SeatsResult extends StaffedResult {
  kind: 'seats'
  terms: SteadyTerms
  /** `least` with its hours, persons and cost; `null`: no roster does it. */
  found: SeatsFound
  cost: StaffingCost | null
  /** What the found roster comes to beside what was recorded; of the fullest one if none does it. */
  whatIf: WhatIf
}

export interface ForecastResult extends PlanHead {
  kind: 'forecast'
  backtest: Backtest
  days: {
    date: string
    dayClass: string
    basis: ForecastBasis
    expectedCount: number
    lowerCount: number
    upperCount: number
  }[]
  quarters: { startAt: string; expected: number; lower: number; upper: number }[]
}

export type PlanResult = WhatIfResult | SeatsResult | ForecastResult
