import { describe, expect, test } from 'vitest'
import { benjaminiHochberg } from '../../../../kpi/statistics/benjamini-hochberg.ts'
import { callsToFlagMin, controlLimits, dispersionOf, flagOf, spreadOf } from '../../../../kpi/statistics/laney.ts'
import { EMERGENCY_WEEKS, of } from './emergency-weeks.ts'

test('the p chart of 200 each: p̄ .16, limits .0822 and .2378, none out', () => {
  const sequence = [40, 44, 22, 34, 24, 32, 28, 32, 34, 30].map((defective) => of(defective, 200))
  const chart = { ...spreadOf(sequence), sigmaZ: 1 }
  expect(chart.meanRatio).toBeCloseTo(0.16, 12)
  const limits = controlLimits(chart, 200)!
  expect([limits.lower.toFixed(4), limits.upper.toFixed(4)]).toEqual(['0.0822', '0.2378'])
  expect(sequence.map((counts) => flagOf(chart, counts))).toEqual(Array(10).fill('none'))
})

describe('twenty weeks of emergency attendances', () => {
  const spread = spreadOf(EMERGENCY_WEEKS)

  test('have p̄ .9528997 and σ_z 10.640422', () => {
    expect(spread.meanRatio).toBeCloseTo(0.9528997, 7)
    expect(spread.sigmaZ).toBeCloseTo(10.640422, 6)
    expect(dispersionOf(spread)).toBeCloseTo(10.640422 ** 2, 3)
  })

  test('the p chart flags 16 of 20, all but 5, 7, 18 and 20', () => {
    const chart = { ...spread, sigmaZ: 1 }
    const within = EMERGENCY_WEEKS.flatMap((week, at) => (flagOf(chart, week) === 'none' ? [at + 1] : []))
    expect(within).toEqual([5, 7, 18, 20])
  })

  test('the p′ chart flags none', () => {
    expect(EMERGENCY_WEEKS.every((week) => flagOf(spread, week) === 'none')).toBe(true)
  })

  test('the limits of week 1 are .951700 and .954100 by p, .940130 and .965670 by p′', () => {
    const calls = EMERGENCY_WEEKS[0]!.offeredCount
    const p = controlLimits({ ...spread, sigmaZ: 1 }, calls)!
    const laney = controlLimits(spread, calls)!
    expect([p.lower, p.upper, laney.lower, laney.upper].map((limit) => limit.toFixed(6))).toEqual([
      '0.951700',
      '0.954100',
      '0.940130',
      '0.965670',
    ])
  })
})

describe('a spread that cannot be told is that of chance', () => {
  test.each([
    ['nothing', [], null],
    ['a single instance', [of(9, 10)], 0.9],
    ['a single instance with calls', [of(0, 0), of(9, 10), of(0, 0)], 0.9],
    ['everybody answered', [of(10, 10), of(20, 20)], 1],
    ['nobody answered', [of(0, 10), of(0, 20)], 0],
  ])('%s', (_promise, sequence, meanRatio) => expect(spreadOf(sequence)).toEqual({ meanRatio, sigmaZ: 1 }))

  test('instances without calls change nothing', () => {
    const called = [of(9, 10), of(15, 20), of(28, 30)]
    expect(spreadOf([called[0]!, of(0, 0), called[1]!, of(0, 0), called[2]!])).toEqual(spreadOf(called))
  })
})

test('a point is flagged only with 202 calls at 98.01 %', () => {
  expect(callsToFlagMin(0.9801)).toBe(202)
  const spread = { meanRatio: 0.9801, sigmaZ: 1 }
  expect([flagOf(spread, of(100, 201)), flagOf(spread, of(100, 202)), flagOf(spread, of(202, 202))]).toEqual([
    'none',
    'low',
    'none',
  ])
  expect(callsToFlagMin(1)).toBe(Number.POSITIVE_INFINITY)
})

describe('Benjamini–Hochberg', () => {
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ]

  test('rejects 4 of the 15 at .05, where Bonferroni rejects 3', () => {
    expect(benjaminiHochberg(ps).filter((p) => p <= 0.05).length).toBe(4)
    expect(ps.filter((p) => p <= 0.05 / ps.length).length).toBe(3)
  })

  test('keeps the order in which it was asked, and never leaves 0 to 1', () => {
    const shuffled = [...ps].reverse()
    expect(benjaminiHochberg(shuffled)).toEqual(benjaminiHochberg(ps).reverse())
    expect(benjaminiHochberg(ps).every((p, at) => p >= ps[at]! && p <= 1)).toBe(true)
    expect(benjaminiHochberg([])).toEqual([])
  })
})
