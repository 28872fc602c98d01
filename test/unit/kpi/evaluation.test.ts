import { describe, expect, test } from 'vitest'
import { gradeOf, type ScoringRule, scoreOf, sumOfPoints } from '../../../kpi/evaluation.ts'
import type { Status } from '../../../kpi/status.ts'

const RULE: ScoringRule = { shortfall: 'proportional', decimals: 4, rounding: 'half-up' }
const reached = (numerator: number, denominator: number, status: Status = 'final') => ({
  fraction: { numerator, denominator },
  status,
})

describe('points', () => {
  test.each([
    ['the target itself earns everything', reached(4, 5), 10],
    ['more than the target earns no more', reached(5, 5), 10],
    ['half the target earns half', reached(2, 5), 5],
    ['nothing reached earns nothing', reached(0, 5), 0],
    ['one call short of the target is short', reached(799_999, 1_000_000), 10],
    ['a third is rounded once, at the end', reached(1, 3), 4.1667],
    ['a restated figure counts as settled', reached(2, 5, 'restated'), 5],
    ['a provisional figure has no score', reached(4, 5, 'provisional'), null],
    ['an open figure has no score', reached(4, 5, 'open'), null],
    ['nothing to divide by has no score', reached(0, 0), null],
  ])('%s', (_promise, achievement, points) => {
    expect(scoreOf(achievement, 10, 0.8, RULE)).toBe(points)
  })

  test('a shortfall that rounds up to full is seen with more digits', () => {
    expect(scoreOf(reached(799_999, 1_000_000), 10, 0.8, { ...RULE, decimals: 6 })).toBe(9.999988)
  })

  test('where the rule says so, a target that was missed earns nothing', () => {
    expect(scoreOf(reached(79, 100), 10, 0.8, { ...RULE, shortfall: 'none' })).toBe(0)
  })

  test('a sum of points is the sum of what is printed', () => {
    expect(sumOfPoints([0.1, 0.2, 9.1234], 4)).toBe(9.4234)
    expect(sumOfPoints([], 4)).toBe(0)
  })
})

test.each([
  [100, '优'],
  [90, '优'],
  [89.9999, '良'],
  [80, '良'],
  [60, '中'],
  [59.9999, '差'],
  [0, '差'],
])('%d points are %s', (score, grade) => {
  const grades = [
    { grade: '差', from: 0 },
    { grade: '优', from: 90 },
    { grade: '中', from: 60 },
    { grade: '良', from: 80 },
  ]
  expect(gradeOf(score, grades)).toBe(grade)
})
