/** The demonstration year, played again with the staffing that generated it: does it come out as it was? Takes some seconds. */
import { beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { planContextOf } from '../../api/planning/plan-context.ts'
import { assumptionsOf, planStaffing } from '../../api/planning/run-plan.ts'
import type { Call } from '../../kpi/call.ts'
import { type Estimates, planModel } from '../../kpi/planning/plan-model.ts'
import { planWindows } from '../../kpi/planning/plan-windows.ts'
import { placeOfOutcome, type RecordedCalls } from '../../kpi/planning/recorded-calls.ts'
import { recordedCounts, runSeed } from '../../kpi/planning/seed-counts.ts'
import { type WhatIf, whatIf } from '../../kpi/planning/what-if.ts'
import { simulate } from '../../producers/hotline/simulate.ts'
import { columnsOf } from '../../producers/recorded-capture.ts'
import { at, panjin } from '../unit/producers/panjin.ts'

const RANGE = { fromAtMs: at('2023-01-01'), toAtMs: at('2024-01-01') }
const SEEDS = [1, 2]
const YEAR_MS_MAX = 600_000

let estimates: Estimates
let played: WhatIf

/** Winners that asked for a person, and outbound calls, as records say them. */
function generatedYear(): RecordedCalls {
  const winners = new Map<string, Call>()
  for (const { topic, record } of simulate({ profile: panjin, seed: 1, ...RANGE, scale: 1 })) {
    if (topic !== 'calls') continue
    const known = winners.get(record.callId)
    if (known === undefined || record.revision > known.revision) winners.set(record.callId, record)
  }
  const calls = [...winners.values()]
    .filter(({ direction, queuedAtMs }) => direction === 'OUTBOUND' || queuedAtMs !== null)
    .sort((one, other) => one.arrivedAtMs - other.arrivedAtMs)
    .map((call) => ({
      ...call,
      queuedAtMs: call.queuedAtMs ?? Number.NaN,
      answeredAtMs: call.answeredAtMs ?? Number.NaN,
      outcome: placeOfOutcome(call.outcome),
      isOutbound: call.direction === 'OUTBOUND',
      seat: call.agent,
      isSimulated: true,
    }))
  return { ...columnsOf(calls), range: RANGE }
}

beforeAll(() => {
  const context = planContextOf(answeredProfileOf(panjin))
  const calls = generatedYear()
  const work = { calls, context, inputs: {} }
  const { model, ...found } = planModel(calls, assumptionsOf(work))
  estimates = found.estimates
  const { duties } = planStaffing(work)
  const seeds = SEEDS.map((seed) => runSeed(model, duties, seed, panjin.definitions.shortAbandonMsMax))
  const recorded = recordedCounts(calls, panjin.definitions.shortAbandonMsMax)
  played = whatIf({ model, windows: planWindows(context.calendar, RANGE), duties, recorded, seeds, confidence: 0.95 })
}, YEAR_MS_MAX)

test('the rate of the year and of every peak is within 0.3 points', () => {
  expect(played.overall.recorded.offeredCount).toBeGreaterThan(400_000)
  const peaks = played.peaks.filter(({ kind }) => kind === 'peak')
  expect(peaks.map(({ period }) => period)).toEqual(['weekday-morning', 'weekday-afternoon', 'evening'])
  for (const { period, changePoints } of [{ period: 'overall', changePoints: played.overall.changePoints }, ...peaks]) {
    expect([period, Math.abs(changePoints!) < 0.3]).toEqual([period, true])
  }
})

test('patience, wrap-up, redials and the queue come out of the records as they were put in', () => {
  const { queue, seats, menu } = panjin.simulation!
  const { patience, wrapUpMsMean, redials, limits } = estimates
  expect(patience.lowerMs! < queue.patienceMsMean && queue.patienceMsMean < patience.upperMs!).toBe(true)
  expect(Math.abs(wrapUpMsMean / seats.wrapUpMsMean - 1)).toBeLessThan(0.04)
  // A redial that ends in the menu asks for nobody.
  const asks = 1 - menu.completedRatio - menu.abandonedRatio - menu.blacklistedRatio - menu.testRatio
  expect(Math.abs(redials.ratio - queue.redialRatio * asks)).toBeLessThan(0.02)
  expect(limits).toEqual({ queueLengthMax: queue.lengthMax, flowOutAfterMs: queue.flowOutAfterMs })
})
