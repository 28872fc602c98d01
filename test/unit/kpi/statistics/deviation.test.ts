import { describe, expect, test } from 'vitest'
import { callsForVerdict } from '../../../../kpi/statistics/calls-for-verdict.ts'
import type { Counts } from '../../../../kpi/statistics/counts.ts'
import { dispersionOf, spreadOf } from '../../../../kpi/statistics/laney.ts'
import { deviationOf } from '../../../../kpi/statistics/part-whole.ts'
import { isWithinTolerance, leastTolerancePoints } from '../../../../kpi/statistics/tolerance.ts'
import { verdictOf } from '../../../../kpi/statistics/verdict.ts'
import { EMERGENCY_WEEKS, of, sumOf } from './emergency-weeks.ts'

const Z = 1.959963984540054

describe('the deviation of a part from its whole, in points', () => {
  test.each([
    [of(960, 1000), of(9810, 10_000), -2.1, -3.37994, -1.12156],
    [of(970, 1000), of(9810, 10_000), -1.1, -2.24814, -0.25581],
    [of(48, 50), of(9801, 10_000), -2.01, -11.42623, 0.88632],
  ])(
    '$0.answeredCount/$0.offeredCount of $1.answeredCount/$1.offeredCount',
    (window, overall, points, lower, upper) => {
      const deviation = deviationOf(window, overall, Z)!
      expect(deviation.deviationPoints).toBeCloseTo(points, 10)
      expect(deviation.lowerPoints).toBeCloseTo(lower, 5)
      expect(deviation.upperPoints).toBeCloseTo(upper, 5)
    },
  )

  test('with σ_z² on both counts: week 1 of twenty weeks', () => {
    const overall = sumOf(EMERGENCY_WEEKS)
    const dispersed = deviationOf(EMERGENCY_WEEKS[0]!, overall, Z, dispersionOf(spreadOf(EMERGENCY_WEEKS)))!
    expect(dispersed.deviationPoints).toBeCloseTo(-0.261391, 6)
    expect(dispersed.lowerPoints).toBeCloseTo(-1.160556, 6)
    expect(dispersed.upperPoints).toBeCloseTo(0.51007, 6)
    const binomial = deviationOf(EMERGENCY_WEEKS[0]!, overall, Z)!
    expect([binomial.lowerPoints, binomial.upperPoints].map((points) => points.toFixed(6))).toEqual([
      '-0.340254',
      '-0.183659',
    ])
  })

  test('is nothing without calls, and 0 from 0 to 0 where the window is the whole', () => {
    expect(deviationOf(of(0, 0), of(5, 10), Z)).toBeNull()
    expect(deviationOf(of(5, 10), of(5, 10), Z)).toEqual({ deviationPoints: 0, lowerPoints: 0, upperPoints: 0 })
  })
})

describe('the tolerance', () => {
  test('is exact at its own edge', () => {
    expect(isWithinTolerance(of(960, 1000), of(9800, 10_000), 2)).toBe(true)
    expect(isWithinTolerance(of(9599, 10_000), of(98_000, 100_000), 2)).toBe(false)
    expect(isWithinTolerance(of(959, 1000), of(980, 1000), 2.1)).toBe(true)
    expect(isWithinTolerance(of(0, 0), of(980, 1000), 2)).toBeNull()
  })

  test('that a window would need at least is the far end of its interval', () => {
    expect(leastTolerancePoints(deviationOf(of(970, 1000), of(9810, 10_000), Z)!)).toBeCloseTo(2.24814, 5)
    expect(leastTolerancePoints({ deviationPoints: 2, lowerPoints: 1, upperPoints: 3 })).toBe(0)
  })
})

test.each<[string, [number, number] | null, string]>([
  ['lies above −δ', [-1.9, 3], 'stable'],
  ['begins at −δ', [-2, 3], 'stable'],
  ['reaches over −δ', [-2.1, 3], 'insufficient'],
  ['ends at −δ', [-5, -2], 'insufficient'],
  ['lies below −δ', [-5, -2.1], 'deviates'],
  ['lies far above the overall rate', [5, 9], 'stable'],
  ['is not there, for want of calls', null, 'insufficient'],
])('a window whose interval %s: %s is %s', (_promise, bounds, verdict) => {
  const deviation = bounds && { deviationPoints: 0, lowerPoints: bounds[0], upperPoints: bounds[1] }
  expect(verdictOf(deviation, 2)).toBe(verdict)
})

describe('calls for a verdict', () => {
  const question = { tolerancePoints: 2, z: Z, dispersion: 1 }
  const overall = of(9801, 10_000)

  test.each<[string, Counts]>([
    ['at the overall rate', of(98, 100)],
    ['a little below it', of(97, 100)],
    ['far below it', of(80, 100)],
    ['just past the tolerance', of(959, 1000)],
    ['with everybody answered', of(50, 50)],
    ['with nobody answered', of(0, 3)],
  ])('of a window %s: that many decide, one fewer does not', (_promise, window) => {
    const calls = callsForVerdict(window, overall, question)!
    const rest = of(overall.answeredCount - window.answeredCount, overall.offeredCount - window.offeredCount)
    const verdictAt = (n: number) => {
      const answered = (n * window.answeredCount) / window.offeredCount
      return verdictOf(
        deviationOf(of(answered, n), of(rest.answeredCount + answered, rest.offeredCount + n), Z),
        question.tolerancePoints,
      )
    }
    expect(verdictAt(calls)).not.toBe('insufficient')
    for (let fewer = 1; fewer < calls; fewer += 1) expect(verdictAt(fewer)).toBe('insufficient')
  })

  test('none would do at tolerance 0 for a window below the overall rate', () => {
    expect(callsForVerdict(of(979, 1000), overall, { ...question, tolerancePoints: 0 })).toBeNull()
    expect(callsForVerdict(of(0, 0), overall, question)).toBeNull()
    expect(callsForVerdict(of(49, 50), of(49, 50), question)).toBe(1)
  })
})
