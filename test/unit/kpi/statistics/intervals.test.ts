import { describe, expect, test } from 'vitest'
import { newcombeInterval } from '../../../../kpi/statistics/newcombe.ts'
import { normalQuantile, zOfConfidence } from '../../../../kpi/statistics/normal-quantile.ts'
import { twoSidedTail } from '../../../../kpi/statistics/normal-tail.ts'
import { pooledZTest } from '../../../../kpi/statistics/pooled-z-test.ts'
import { wilsonInterval } from '../../../../kpi/statistics/wilson.ts'

const Z = 1.959963984540054

describe('the normal quantile', () => {
  // Reference: the inverse error function to 40 digits, rounded to doubles.
  test.each([
    [0.975, 1.9599639845400543],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.995, 2.5758293035489008],
    [0.00135, -2.999976992703393],
    [1e-10, -6.361340902404056],
    [1e-300, -37.0470962993612],
  ])('at %f is %f', (probability, z) =>
    expect(Math.abs(normalQuantile(probability) - z)).toBeLessThan(z === 0 ? 1e-15 : 1e-15 * Math.abs(z)),
  )

  test('of a two-sided confidence of 95 % is the z of the published figures', () =>
    expect(zOfConfidence(0.95)).toBeCloseTo(Z, 15))

  test.each([0, 1, -1, Number.NaN])('has none at %f', (probability) =>
    expect(() => normalQuantile(probability)).toThrow(RangeError),
  )

  test('and the tail undo each other', () => {
    for (const p of [0.9, 0.32, 0.05, 0.0027, 0.0026, 1e-6, 1e-12]) {
      expect(twoSidedTail(normalQuantile(1 - p / 2)) / p).toBeCloseTo(1, p < 1e-9 ? 3 : 9)
    }
    expect(twoSidedTail(0)).toBe(1)
  })
})

// Newcombe 1998, part I, recomputed to the digits given.
test.each([
  [81, 263, 0.2553, 0.3662, 4],
  [15, 148, 0.0624, 0.1605, 4],
  [0, 20, 0, 0.1611, 4],
  [1, 29, 0.0061, 0.1718, 4],
  [5, 5, 0.565518, 1, 6],
  [49, 50, 0.895046, 0.996461, 6],
])('Wilson of %i in %i is %f to %f', (answered, offered, lower, upper, digits) => {
  const interval = wilsonInterval(answered / offered, offered, Z)
  expect(interval.lower).toBeCloseTo(lower, digits)
  expect(interval.upper).toBeCloseTo(upper, digits)
})

test('Newcombe of 56/70 − 48/80 is .052431 to .333873', () => {
  const interval = newcombeInterval(56 / 70, 70, 48 / 80, 80, Z)
  expect(interval.lower).toBeCloseTo(0.052431, 6)
  expect(interval.upper).toBeCloseTo(0.333873, 6)
})

test('the pooled z test of the same is 2.650172 with p .008045', () => {
  const test = pooledZTest({ offeredCount: 70, answeredCount: 56 }, { offeredCount: 80, answeredCount: 48 })
  expect(test.z).toBeCloseTo(2.650172, 6)
  expect(test.p).toBeCloseTo(0.008045, 6)
})

test.each([
  ['nobody called in one of them', 0, 0, 80, 48],
  ['everybody was answered in both', 70, 70, 80, 80],
  ['nobody was answered in either', 70, 0, 80, 0],
])('nothing differs where %s', (_promise, n1, x1, n2, x2) => {
  const one = { offeredCount: n1, answeredCount: x1 }
  expect(pooledZTest(one, { offeredCount: n2, answeredCount: x2 })).toEqual({ z: 0, p: 1 })
})
