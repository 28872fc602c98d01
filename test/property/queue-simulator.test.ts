/**
 * The simulated queue against the formulas, where the formulas hold: a stationary line, exponential times. Each answer
 * is the mean of independent runs and must lie within its own 99 % interval of the formula's. Seeded: the same draws
 * every time.
 */
import { describe, expect, test } from 'vitest'
import type { CallerTraits } from '../../kpi/queueing/caller-traits.ts'
import { Chance } from '../../kpi/queueing/chance.ts'
import { erlangA } from '../../kpi/queueing/erlang-a.ts'
import { erlangB } from '../../kpi/queueing/erlang-b.ts'
import { meanWaitSeconds, serviceLevel, waitProbability } from '../../kpi/queueing/erlang-c.ts'
import { emptyLoad, type QueueLoad } from '../../kpi/queueing/queue-load.ts'
import { runQueue } from '../../kpi/queueing/queue-run.ts'
import { withRedials } from '../../kpi/queueing/redials.ts'

const MINUTE_MS = 60_000
const RUNS = 30
/** Two-sided 99 % of Student's t with 29 degrees of freedom. */
const T = 2.756

interface Line {
  perMinute: number
  talkMinutes: number
  patienceMinutes: number
  seatsCount: number
  queueLengthMax?: number
  redialRatio?: number
  /** Time measured; what comes before it is left out until the line has settled. */
  minutes: number
}

const WARM_UP_MINUTES = 600

/** What one run showed of the callers who joined after the warm-up. */
interface Seen {
  calls: number
  first: number
  answered: number
  callersAnswered: number
  waitedAtAll: number
  within20s: number
  waitedMs: number
  queueLengthMs: number
}

function traitsOf(line: Line): CallerTraits {
  const none = { kind: 'constant', ms: 0 } as const
  return {
    patienceMsMean: line.patienceMinutes * MINUTE_MS,
    ring: none,
    talk: { kind: 'exponential', meanMs: line.talkMinutes * MINUTE_MS },
    wrapUp: none,
    menu: none,
    redialRatio: line.redialRatio ?? 0,
    // Long enough that a redial no longer knows the queue that it left.
    redialDelay: { kind: 'exponential', meanMs: 120 * MINUTE_MS },
    triesMax: 1_000,
  }
}

function loadOf(line: Line, toAtMs: number, chance: Chance): QueueLoad {
  const joins: number[] = []
  const gapMsMean = MINUTE_MS / line.perMinute
  for (let atMs = chance.exponential(gapMsMean); atMs < toAtMs; atMs += chance.exponential(gapMsMean)) joins.push(atMs)
  const load = emptyLoad(joins.length, 0)
  for (const [at, atMs] of joins.entries()) {
    load.joinsAtMs[at] = atMs
    load.arrivedAtMs[at] = atMs
    load.talkMs[at] = chance.exponential(line.talkMinutes * MINUTE_MS)
    load.patienceMs[at] =
      line.patienceMinutes === Infinity ? Infinity : chance.exponential(line.patienceMinutes * MINUTE_MS)
  }
  return load
}

function run(line: Line, seed: number): Seen {
  const fromAtMs = WARM_UP_MINUTES * MINUTE_MS
  const toAtMs = fromAtMs + line.minutes * MINUTE_MS
  const seen: Seen = {
    calls: 0,
    first: 0,
    answered: 0,
    callersAnswered: 0,
    waitedAtAll: 0,
    within20s: 0,
    waitedMs: 0,
    queueLengthMs: 0,
  }
  const duties = Array.from({ length: line.seatsCount }, (_, seat) => ({ seat, fromAtMs: 0, toAtMs: 2 * toAtMs }))
  const rules = { queueLengthMax: line.queueLengthMax ?? Infinity, flowOutAfterMs: Infinity, idleSeatsMin: 0 }
  const load = loadOf(line, toAtMs, new Chance(seed, line.seatsCount))
  const question = { load, duties, rules, traits: traitsOf(line), toAtMs, seed }
  const { queueLengthMs } = runQueue(question, {
    ended: (_source, tryNumber, _kind, arrivedAtMs, queuedAtMs, outcome, answeredAtMs, endedAtMs) => {
      const isAnswered = outcome === 'ANSWERED'
      const leftQueueAtMs = isAnswered ? answeredAtMs : outcome === 'NO_SEAT' ? queuedAtMs : endedAtMs
      seen.queueLengthMs += leftQueueAtMs - queuedAtMs
      if (arrivedAtMs < fromAtMs) return
      const waitMs = leftQueueAtMs - queuedAtMs
      seen.calls += 1
      if (tryNumber === 1) seen.first += 1
      if (isAnswered) seen.answered += 1
      if (waitMs > 0 || outcome === 'NO_SEAT') seen.waitedAtAll += 1
      if (isAnswered && waitMs <= 20_000) seen.within20s += 1
      seen.waitedMs += waitMs
    },
    dialled: () => {},
  })
  // The integral of the queue's length, against the waits of everybody: both over the whole run, from empty to empty.
  expect(Math.abs(queueLengthMs - seen.queueLengthMs)).toBeLessThan(1e-6 * queueLengthMs + 1)
  return { ...seen, queueLengthMs }
}

/** Mean over the runs, and half of its 99 % interval. */
function meanOf(values: readonly number[]): { mean: number; reach: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, reach: T * Math.sqrt(variance / values.length) }
}

function runs(line: Line): Seen[] {
  return Array.from({ length: RUNS }, (_, seed) => run(line, seed))
}

/** That the formula's answer lies in the interval, and that the interval is narrow enough to say something. */
function expectWithin(values: readonly number[], expected: number): void {
  const { mean, reach } = meanOf(values)
  expect(reach).toBeLessThan(0.1 * expected + 0.002)
  expect([expected, mean - reach < expected && expected < mean + reach]).toEqual([expected, true])
}

describe('agrees with the formulas on a stationary line', () => {
  test('Erlang B: 5 and 20 seats, nobody waits', () => {
    for (const [load, seatsCount] of [
      [1.3608, 5],
      [12.0306, 20],
    ] as const) {
      const seen = runs({
        perMinute: load / 3,
        talkMinutes: 3,
        patienceMinutes: Infinity,
        seatsCount,
        queueLengthMax: 0,
        minutes: 20_000,
      })
      expectWithin(
        seen.map(({ calls, answered }) => 1 - answered / calls),
        erlangB(load, seatsCount),
      )
    }
  })

  test.each([11, 12, 13, 14])('Erlang C: %i seats, 100 calls of 180 s in 30 min', (seatsCount) => {
    const line = { arrivalsPerSecond: 100 / 1800, handlingSeconds: 180, seatsCount }
    const minutes = seatsCount === 11 ? 30_000 : 10_000
    const seen = runs({ perMinute: 10 / 3, talkMinutes: 3, patienceMinutes: Infinity, seatsCount, minutes })
    expectWithin(
      seen.map(({ calls, waitedAtAll }) => waitedAtAll / calls),
      waitProbability(line),
    )
    expectWithin(
      seen.map(({ calls, within20s }) => within20s / calls),
      serviceLevel(line, 20),
    )
    expectWithin(
      seen.map(({ calls, waitedMs }) => waitedMs / calls / 1000),
      meanWaitSeconds(line),
    )
  })

  test('Erlang A: λ 10/3, μ 1/3, θ 1/5, 14 seats', () => {
    const expected = erlangA({ arrivalRate: 10 / 3, handlingRate: 1 / 3, abandonmentRate: 1 / 5, seatsCount: 14 })
    const seen = runs({ perMinute: 10 / 3, talkMinutes: 3, patienceMinutes: 5, seatsCount: 14, minutes: 15_000 })
    expectWithin(
      seen.map(({ calls, answered }) => 1 - answered / calls),
      expected.abandonProbability,
    )
    expectWithin(
      seen.map(({ calls, waitedMs }) => waitedMs / calls / MINUTE_MS),
      expected.meanWait,
    )
    expectWithin(
      seen.map(({ calls, waitedAtAll }) => waitedAtAll / calls),
      expected.waitProbability,
    )
  })

  test.each([0, 0.3, 0.5, 0.7])('redials: ratio %f, 8 seats', (redialRatio) => {
    const line = { arrivalRate: 10 / 3, handlingRate: 1 / 3, abandonmentRate: 1 / 2, seatsCount: 8 }
    const expected = withRedials(line, redialRatio)
    const seen = runs({
      perMinute: 10 / 3,
      talkMinutes: 3,
      patienceMinutes: 2,
      seatsCount: 8,
      redialRatio,
      minutes: 6_000,
    })
    expectWithin(
      seen.map(({ calls, answered }) => answered / calls),
      expected.answeredByCall,
    )
    if (redialRatio > 0)
      expectWithin(
        seen.map(({ calls }) => calls / (6_000 * line.arrivalRate)),
        expected.trafficFactor,
      )
  })
})

/** Length of the queue over time = arrivals per time × mean wait. Each run compares the two to the last digit. */
test("Little's law holds, also while the line grows without end for an hour", () => {
  const { queueLengthMs, waitedMs } = run(
    { perMinute: 8, talkMinutes: 3, patienceMinutes: 10, seatsCount: 14, minutes: 60 },
    1,
  )
  expect(queueLengthMs).toBeGreaterThan(waitedMs)
})
