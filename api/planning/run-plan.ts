/** Carries out a plan: what was recorded in, the answer out. Seeds run in threads of their own. */

import { CELL_MS } from '../../kpi/cell.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { dayOfText, textOfDay } from '../../kpi/local-date.ts'
import { backtest, forecastDays } from '../../kpi/planning/forecast.ts'
import { AS_RECORDED, type Assumptions, planModel } from '../../kpi/planning/plan-model.ts'
import { type PlanWindows, planWindows } from '../../kpi/planning/plan-windows.ts'
import { countsOf } from '../../kpi/planning/predicted-rate.ts'
import { QUICK_LEAVES_OUT } from '../../kpi/planning/quick-answers.ts'
import type { RecordedCalls } from '../../kpi/planning/recorded-calls.ts'
import { type Roster, rosterOfDuties } from '../../kpi/planning/roster.ts'
import { rosterBlocks } from '../../kpi/planning/roster-blocks.ts'
import { searchSeats } from '../../kpi/planning/seats-search.ts'
import { recordedCounts } from '../../kpi/planning/seed-counts.ts'
import { rosterDuties, type Staffing, staffingOf } from '../../kpi/planning/staffing.ts'
import { type StaffingTerms, staffingCost, USUAL_TERMS } from '../../kpi/planning/staffing-cost.ts'
import { whatIf } from '../../kpi/planning/what-if.ts'
import type { Duty } from '../../kpi/queueing/duties.ts'
import { ratioOf } from '../../kpi/statistics/counts.ts'
import { ROLLING_TARGET_RATIO } from '../../kpi/statistics/rolling-24-hours.ts'
import { dayStartAtMs } from '../../kpi/zone.ts'
import { dayCounts, lastDayWithCalls } from './day-counts.ts'
import type { PlanContext } from './plan-context.ts'
import type { PlanInputs, PlanKind } from './plan-inputs.ts'
import {
  type ForecastResult,
  PLAN_VERSION,
  type PlanHead,
  type PlanResult,
  type SeatsResult,
  type WhatIfResult,
} from './plan-result.ts'
import { SeedPool } from './seed-pool.ts'

export interface PlanWork {
  kind: PlanKind
  inputs: PlanInputs
  calls: RecordedCalls
  context: PlanContext
  /** Threads for seeds. */
  threadsCount: number
  onProgress: (doneCount: number, totalCount: number | null, what: 'runs' | 'rosters') => void
}

/** With the recorded period made ready to be run again. */
type ModelledWork = PlanWork & ReturnType<typeof planModel>

const SEEDS_USUAL = { 'what-if': 20, seats: 8, forecast: 0 } as const
const SEATS_MAX_USUAL = 60
const TRIALS_MAX = 2_000
/** A roster holds if it does in this share of the runs. */
const HOLDS_SHARE = 0.95
const WEEKS_USUAL = 4
const BACKTEST_WEEKS = 8

/** Seeds of a plan: what it costs is their number times the calls. */
export function seedsOf(kind: PlanKind, inputs: PlanInputs): number[] {
  const count = inputs.seeds ?? SEEDS_USUAL[kind]
  return Array.from({ length: count }, (_, at) => (inputs.seed ?? 1) + at)
}

export async function runPlan(work: PlanWork): Promise<PlanResult> {
  if (work.kind === 'forecast') return forecast(work)
  const { answered } = work.context
  const planned = { ...work, ...planModel(work.calls, assumptionsOf(work)) }
  const pool = new SeedPool(planned.model, answered.profile.definitions.shortAbandonMsMax, work.threadsCount)
  try {
    return work.kind === 'what-if' ? await whatIfPlan(planned, pool) : await seatsPlan(planned, pool)
  } finally {
    await pool.close()
  }
}

/** The duties that a plan of these inputs starts from. */
export function planStaffing({ calls, context, inputs }: Pick<PlanWork, 'calls' | 'context' | 'inputs'>): Staffing {
  const { profile } = context.answered
  return staffingOf({
    calls,
    calendar: context.calendar,
    classOf: context.classOf,
    roster: (inputs.roster as Roster | 'profile' | 'seen' | undefined) ?? null,
    shifts: profile.simulation?.seats.shifts ?? null,
    factors: inputs.seatFactors ?? [],
  })
}

export function assumptionsOf({ calls, context, inputs }: Pick<PlanWork, 'calls' | 'context' | 'inputs'>): Assumptions {
  const { simulation } = context.answered.profile
  const isGenerated = calls.simulatedCount > 0 && simulation !== undefined
  return {
    volume: inputs.volume ?? 1,
    handling: inputs.handling ?? 1,
    patienceMsMean: inputs.patienceSeconds === undefined ? null : inputs.patienceSeconds * 1000,
    redialRatio: inputs.redialRatio ?? null,
    wrapUpMsMean: inputs.wrapUpSeconds === undefined ? null : inputs.wrapUpSeconds * 1000,
    queueLengthMax: inputs.queueLengthMax ?? null,
    handlingTimes: inputs.handlingTimes ?? 'empirical',
    arrivals: inputs.arrivals ?? 'recorded',
    idleSeatsMin:
      inputs.outboundIdleSeats ?? (isGenerated ? simulation.followUps.idleSeatsMin : AS_RECORDED.idleSeatsMin),
  }
}

async function whatIfPlan(work: ModelledWork, pool: SeedPool): Promise<WhatIfResult> {
  const staffing = planStaffing(work)
  const seeds = seedsOf('what-if', work.inputs)
  let doneCount = 0
  const runs = await pool.run(staffing.duties, seeds, () => {
    doneCount += 1
    work.onProgress(doneCount, seeds.length, 'runs')
  })
  return {
    ...headOf(work),
    kind: 'what-if',
    ...staffed(work, staffing),
    whatIf: comparison(work, staffing.duties, runs),
  }
}

async function seatsPlan(work: ModelledWork, pool: SeedPool): Promise<SeatsResult> {
  const { calls, context, inputs, model } = work
  const staffing = planStaffing(work)
  const seatsMax = inputs.seatsMax ?? SEATS_MAX_USUAL
  const recorded = recordedCounts(calls, context.answered.profile.definitions.shortAbandonMsMax)
  const terms = {
    tolerancePoints: inputs.tolerancePoints ?? context.answered.profile.stability.tolerancePoints,
    floor: inputs.floor ?? ratioOf(countsOf(recorded)) ?? 0,
    rollingFloor: inputs.rollingFloor ?? ROLLING_TARGET_RATIO,
  }
  const dutiesOf = (roster: Roster) => rosterDuties(roster, calls.range, context.calendar, context.classOf)
  const seeds = seedsOf('seats', inputs)
  const found = await searchSeats(
    {
      blocks: rosterBlocks(model, context.calendar, context.classOf, seatsMax),
      windows: windowsOf(work),
      terms,
      seatsMax,
      seeds,
      seedsAtOnce: pool.threadsCount,
      trialsMax: TRIALS_MAX,
      holdsShare: HOLDS_SHARE,
    },
    (roster, some) => pool.run(dutiesOf(roster), some),
    (trialsCount) => work.onProgress(trialsCount, null, 'rosters'),
  )
  const duties = dutiesOf((found.least ?? found.fullest).roster)
  const runs = await pool.run(duties, seeds)
  return {
    ...headOf(work),
    kind: 'seats',
    ...staffed(work, staffing),
    terms,
    found,
    cost: found.least === null ? null : staffingCost(duties, calls.range, costTerms(inputs)),
    whatIf: comparison(work, duties, runs),
  }
}

function forecast(work: PlanWork): ForecastResult {
  const { calls, context, inputs } = work
  const { zone } = context.answered
  const days = dayCounts(calls, context)
  const firstDay = inputs.from === undefined ? lastDayWithCalls(days) + 1 : dayOfText(inputs.from.slice(0, 10))!
  const question = {
    days,
    calendar: context.calendar,
    classOf: context.classOf,
    specialOf: context.specialOf,
    z: context.answered.z,
  }
  const weeks = inputs.weeks ?? WEEKS_USUAL
  const forecasts = forecastDays(question, firstDay, 7 * weeks)
  return {
    ...headOf(work),
    kind: 'forecast',
    from: isoOf(zone, dayStartAtMs(zone, firstDay)),
    to: isoOf(zone, dayStartAtMs(zone, firstDay + 7 * weeks)),
    backtest: backtest(question, firstDay, BACKTEST_WEEKS),
    days: forecasts.map(({ day, quarters: _quarters, ...rest }) => ({ date: textOfDay(day), ...rest })),
    quarters: forecasts.flatMap(({ day, quarters }) =>
      quarters.map((quarter, at) => ({ startAt: isoOf(zone, dayStartAtMs(zone, day) + at * CELL_MS), ...quarter })),
    ),
  }
}

function headOf({ kind, inputs, calls, context }: PlanWork): PlanHead {
  const { profile, version, zone } = context.answered
  return {
    kind,
    version: PLAN_VERSION,
    profile: profile.id,
    profileVersion: version,
    seed: inputs.seed ?? 1,
    seeds: seedsOf(kind, inputs).length,
    inputs,
    simulated: calls.simulatedCount > 0,
    from: isoOf(zone, calls.range.fromAtMs),
    to: isoOf(zone, calls.range.toAtMs),
  }
}

function staffed(work: ModelledWork, { source, isLowerBound, duties }: Staffing) {
  const { calls, context, inputs } = work
  const roster = rosterOfDuties(duties, calls.range, context.calendar.zone, context.classOf)
  return {
    staffing: { source, isLowerBound, roster, cost: staffingCost(duties, calls.range, costTerms(inputs)) },
    estimates: work.estimates,
    quickLeavesOut: QUICK_LEAVES_OUT,
  }
}

function comparison(work: ModelledWork, duties: readonly Duty[], seeds: Awaited<ReturnType<SeedPool['run']>>) {
  const { calls, context } = work
  const { definitions, stability } = context.answered.profile
  return whatIf({
    model: work.model,
    windows: windowsOf(work),
    duties,
    recorded: recordedCounts(calls, definitions.shortAbandonMsMax),
    seeds,
    confidence: stability.confidence,
  })
}

function windowsOf({ calls, context }: PlanWork): PlanWindows {
  return planWindows(context.calendar, calls.range)
}

function costTerms({ hoursPerPerson, shrinkage, costPerPerson }: PlanInputs): StaffingTerms {
  return {
    hoursPerPerson: hoursPerPerson ?? USUAL_TERMS.hoursPerPerson,
    shrinkage: shrinkage ?? USUAL_TERMS.shrinkage,
    costPerPerson: costPerPerson ?? USUAL_TERMS.costPerPerson,
  }
}
