import { describe, expect, test } from 'vitest'
import { erlangA } from '../../../../kpi/queueing/erlang-a.ts'
import { erlangB, loadAtBlocking } from '../../../../kpi/queueing/erlang-b.ts'
import {
  meanWaitSeconds,
  seatsForServiceLevel,
  serviceLevel,
  waitProbability,
} from '../../../../kpi/queueing/erlang-c.ts'
import { withRedials } from '../../../../kpi/queueing/redials.ts'

test.each([
  [5, 1.3608],
  [10, 4.4612],
  [20, 12.0306],
  [50, 37.9014],
  [100, 84.0642],
])('Erlang B: %i seats carry %f Erlang at a blocking of 1 %%', (seats, load) => {
  expect(loadAtBlocking(0.01, seats)).toBeCloseTo(load, 4)
  expect(erlangB(loadAtBlocking(0.01, seats), seats)).toBeCloseTo(0.01, 12)
})

test('Erlang B without seats loses everybody, without calls nobody', () => {
  expect([erlangB(5, 0), erlangB(0, 5)]).toEqual([1, 0])
})

describe('Erlang C: 100 calls in 30 min of 180 s each, to be answered within 20 s', () => {
  test.each([
    [11, 0.6821, 0.3896, 122.78],
    [12, 0.4494, 0.6402, 40.44],
    [13, 0.2853, 0.7956, 17.12],
    [14, 0.1741, 0.8884, 7.84],
  ])('%i seats: P(wait) %f, service level %f, mean wait %f s', (seatsCount, wait, level, meanWait) => {
    const line = { arrivalsPerSecond: 100 / 1800, handlingSeconds: 180, seatsCount }
    expect(waitProbability(line)).toBeCloseTo(wait, 4)
    expect(serviceLevel(line, 20)).toBeCloseTo(level, 4)
    expect(meanWaitSeconds(line)).toBeCloseTo(meanWait, 2)
  })

  test('10 seats for a load of 10 are no stable line', () => {
    const line = { arrivalsPerSecond: 100 / 1800, handlingSeconds: 180, seatsCount: 10 }
    expect([waitProbability(line), serviceLevel(line, 20), meanWaitSeconds(line)]).toEqual([
      1,
      0,
      Number.POSITIVE_INFINITY,
    ])
  })

  test('the search starts at the least stable number: 11 are enough for a load of 10.6 and 30 % in 5 min', () => {
    expect(seatsForServiceLevel(10.6 / 360, 360, 300, 0.3)).toBe(11)
  })
})

describe('Erlang A', () => {
  test('λ 10/3 per min, μ 1/3, θ 1/5, 14 seats', () => {
    const answer = erlangA({ arrivalRate: 10 / 3, handlingRate: 1 / 3, abandonmentRate: 1 / 5, seatsCount: 14 })
    expect(answer.waitProbability).toBeCloseTo(0.14526, 6)
    expect(answer.abandonProbability).toBeCloseTo(0.013984, 6)
    expect(answer.meanWait).toBeCloseTo(0.069919, 6)
    expect(answer.occupancyRatio).toBeCloseTo(0.704297, 6)
  })

  test('λ 48, μ 1, θ ½ and λ 55, μ 1, θ 1, 50 seats', () => {
    const half = erlangA({ arrivalRate: 48, handlingRate: 1, abandonmentRate: 0.5, seatsCount: 50 })
    expect(half.waitProbability).toBeCloseTo(0.467774, 6)
    expect(half.abandonProbability).toBeCloseTo(0.030912, 6)
    expect(half.meanWait).toBeCloseTo(0.061824, 6)
    const overloaded = erlangA({ arrivalRate: 55, handlingRate: 1, abandonmentRate: 1, seatsCount: 50 })
    expect(overloaded.waitProbability).toBeCloseTo(0.767795, 6)
    expect(overloaded.abandonProbability).toBeCloseTo(0.110301, 6)
  })

  test('θ = μ: the number in the system is Poisson, at 50/50 P(wait) is 0.518808315472', () => {
    const answer = erlangA({ arrivalRate: 50, handlingRate: 1, abandonmentRate: 1, seatsCount: 50 })
    expect(answer.waitProbability).toBeCloseTo(0.518808315472, 12)
  })

  test('without patience it is Erlang B, with endless patience Erlang C', () => {
    const line = { arrivalRate: 10, handlingRate: 1, seatsCount: 12 }
    expect(erlangA({ ...line, abandonmentRate: 1e9 }).abandonProbability).toBeCloseTo(erlangB(10, 12), 6)
    const patient = erlangA({ ...line, abandonmentRate: 1e-9 })
    expect(patient.waitProbability).toBeCloseTo(
      waitProbability({ arrivalsPerSecond: 10, handlingSeconds: 1, seatsCount: 12 }),
      6,
    )
  })

  test('a large line neither overflows nor loses weight', () => {
    const answer = erlangA({ arrivalRate: 5000, handlingRate: 1, abandonmentRate: 1, seatsCount: 5000 })
    expect(answer.waitProbability).toBeCloseTo(0.5, 2)
    expect(answer.occupancyRatio).toBeLessThan(1)
  })
})

describe('redials: λ 10/3 per min, 3 min each, patience 2 min, 8 seats', () => {
  const line = { arrivalRate: 10 / 3, handlingRate: 1 / 3, abandonmentRate: 1 / 2, seatsCount: 8 }
  test.each([
    [0, 1, 0.742, 0.742],
    [0.3, 1.1022, 0.6909, 0.7615],
    [0.5, 1.2233, 0.6349, 0.7767],
    [0.7, 1.484, 0.5341, 0.7926],
  ])('redial %f: traffic × %f, by call %f, by caller %f', (redialRatio, factor, byCall, byCaller) => {
    const answer = withRedials(line, redialRatio)
    expect(answer.trafficFactor).toBeCloseTo(factor, 4)
    expect(answer.answeredByCall).toBeCloseTo(byCall, 4)
    expect(answer.answeredByCaller).toBeCloseTo(byCaller, 4)
  })
})
