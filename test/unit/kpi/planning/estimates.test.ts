import { expect, test } from 'vitest'
import type { CallOutcome } from '../../../../kpi/call.ts'
import { estimatePatience, patienceOfTotals } from '../../../../kpi/planning/patience-estimate.ts'
import { observedLimits } from '../../../../kpi/planning/queue-limits.ts'
import { placeOfOutcome, type RecordedCalls, recordedColumns } from '../../../../kpi/planning/recorded-calls.ts'
import { estimateRedials } from '../../../../kpi/planning/redials-estimate.ts'
import { seatsSeen } from '../../../../kpi/planning/seats-seen.ts'
import { observedWrapUps } from '../../../../kpi/planning/wrap-up-estimate.ts'

interface Made {
  atS: number
  outcome: CallOutcome
  /** s after `atS`, which is also the instant of asking. */
  answeredS?: number
  endedS: number
  caller?: number
  seat?: number
}

/** Calls of one hour, in seconds from its start. */
function callsOf(made: readonly Made[]): RecordedCalls {
  const columns = recordedColumns(made.length)
  for (const [at, { atS, outcome, answeredS, endedS, caller = 0, seat = -1 }] of made.entries()) {
    columns.arrivedAtMs[at] = 1000 * atS
    columns.queuedAtMs[at] = 1000 * atS
    columns.answeredAtMs[at] = answeredS === undefined ? Number.NaN : 1000 * (atS + answeredS)
    columns.endedAtMs[at] = 1000 * (atS + endedS)
    columns.outcomes[at] = placeOfOutcome(outcome)
    columns.callers[at] = caller
    columns.seats[at] = seat
  }
  return {
    ...columns,
    range: { fromAtMs: 0, toAtMs: 3_600_000 },
    lineNames: [''],
    regionNames: [''],
    simulatedCount: 0,
  }
}

//  answered after 10 s, after 20 s; hung up after 30 s, after 60 s; refused at once
//  T = 10 + 20 + 30 + 60 s, D = 2
test('patience: all waiting together over those who hung up; who was answered or refused did not', () => {
  const calls = callsOf([
    { atS: 0, outcome: 'ANSWERED', answeredS: 10, endedS: 100 },
    { atS: 1, outcome: 'ANSWERED', answeredS: 20, endedS: 100 },
    { atS: 2, outcome: 'WAITING_ABANDONED', endedS: 30 },
    { atS: 3, outcome: 'RINGING_ABANDONED', endedS: 60 },
    { atS: 4, outcome: 'NO_SEAT', endedS: 3 },
  ])
  const { msMean, abandonsCount, lowerMs, upperMs } = estimatePatience(calls, 1.959963984540054)
  expect([msMean, abandonsCount]).toEqual([60_000, 2])
  expect(lowerMs! * upperMs!).toBeCloseTo(60_000 ** 2, 0)
})

test('patience: more abandons, narrower interval; nobody hung up, nothing known', () => {
  const few = patienceOfTotals(25, 25 * 60_000, 1.96)
  const many = patienceOfTotals(2_500, 2_500 * 60_000, 1.96)
  expect(few.upperMs! / few.msMean!).toBeCloseTo(Math.exp(1.96 / 5), 12)
  expect(many.upperMs! - many.lowerMs!).toBeLessThan(few.upperMs! - few.lowerMs!)
  expect(patienceOfTotals(0, 1_000, 1.96).msMean).toBeNull()
})

test('a call soon after one that was not answered is a redial; after an answer, later, or of another caller it is not', () => {
  const lost = { outcome: 'WAITING_ABANDONED', endedS: 30 } as const
  const calls = callsOf([
    { atS: 0, ...lost, caller: 1 },
    { atS: 10, ...lost, caller: 2 },
    { atS: 200, outcome: 'ANSWERED', answeredS: 1, endedS: 60, caller: 1 },
    { atS: 400, outcome: 'ANSWERED', answeredS: 1, endedS: 60, caller: 1 },
    { atS: 2_000, outcome: 'ANSWERED', answeredS: 1, endedS: 60, caller: 2 },
    { atS: 2_100, ...lost, caller: 0 },
    { atS: 2_200, ...lost, caller: 0 },
  ])
  const { isRedial, ratio, unansweredCount } = estimateRedials(calls)
  expect([...isRedial]).toEqual([0, 0, 1, 0, 0, 0, 0])
  expect([ratio, unansweredCount]).toEqual([0.5, 2])
})

//  seat 7:  [ talks until 100 ]  writes …  [ 140 takes B, who has waited since 50 ]   [ … 300 takes C at once
test('a pause that ends with a caller from the queue is the wrap-up; one that ends otherwise says nothing', () => {
  const calls = callsOf([
    { atS: 0, outcome: 'ANSWERED', answeredS: 2, endedS: 100, seat: 7 },
    { atS: 50, outcome: 'ANSWERED', answeredS: 90, endedS: 150, seat: 7 },
    { atS: 298, outcome: 'ANSWERED', answeredS: 2, endedS: 60, seat: 7 },
  ])
  expect(observedWrapUps(calls, 2_000, 'inbound')).toEqual([38_000])
})

test('limits: what the refused found waiting, and when others were passed on', () => {
  const waiting = [0, 1, 2].map((atS) => ({ atS, outcome: 'FLOWED_OUT', endedS: 100 }) as const)
  const { queueLengthMax, flowOutAfterMs } = observedLimits(
    callsOf([...waiting, { atS: 5, outcome: 'NO_SEAT', endedS: 3 }]),
  )
  expect([queueLengthMax, flowOutAfterMs]).toEqual([3, 100_000])
  expect(observedLimits(callsOf([])).queueLengthMax).toBe(Infinity)
})

//  00:00      00:15      00:30
//  seat 1 --------- 16 min
//  seat 2 --- 5 min
test('a seat is seen in every quarter-hour in which it speaks', () => {
  const calls = callsOf([
    { atS: 0, outcome: 'ANSWERED', answeredS: 1, endedS: 960, seat: 1 },
    { atS: 1, outcome: 'ANSWERED', answeredS: 1, endedS: 300, seat: 2 },
  ])
  expect([...seatsSeen(calls)]).toEqual([2, 1, 0, 0])
})
