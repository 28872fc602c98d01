import { describe, expect, test } from 'vitest'
import { percentOf, type Report } from '../../../kpi/rounding.ts'
import { met } from '../../../kpi/target.ts'

const of = (numerator: number, denominator: number) => ({ numerator, denominator })

describe('percent of the exact quotient', () => {
  test.each<[number, number, Report, string]>([
    [18_851, 19_668, { rounding: 'half-up', decimals: 2 }, '95.85'],
    [18_851, 19_668, { rounding: 'truncate', decimals: 2 }, '95.84'],
    [23_974, 24_932, { rounding: 'half-up', decimals: 2 }, '96.16'],
    [1, 8, { rounding: 'half-up', decimals: 0 }, '13'],
    [1, 8, { rounding: 'half-even', decimals: 0 }, '12'],
    [3, 8, { rounding: 'half-even', decimals: 0 }, '38'],
    [1, 3, { rounding: 'half-even', decimals: 1 }, '33.3'],
    [2, 3, { rounding: 'half-even', decimals: 1 }, '66.7'],
    [0, 7, { rounding: 'half-up', decimals: 2 }, '0.00'],
    [7, 7, { rounding: 'half-up', decimals: 2 }, '100.00'],
    [1, 20_000, { rounding: 'half-up', decimals: 2 }, '0.01'],
    [1, 20_001, { rounding: 'half-up', decimals: 2 }, '0.00'],
    // 100 · 1.005 / 100 as floating point lies below the half and would give 1.00
    [201, 20_000, { rounding: 'half-up', decimals: 2 }, '1.01'],
    [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, { rounding: 'truncate', decimals: 6 }, '99.999999'],
  ])('%d / %d, %o: %s', (numerator, denominator, report, text) => {
    expect(percentOf(of(numerator, denominator), report)).toBe(text)
  })

  test('there is none of nothing', () => {
    expect(percentOf(of(0, 0), { rounding: 'half-up', decimals: 2 })).toBeNull()
  })
})

describe('a target is met, or not', () => {
  test.each([
    ['exactly on it is met', of(4, 5), 0.8, true],
    ['one call fewer in a million is not, though it prints as 80.00', of(799_999, 1_000_000), 0.8, false],
    ['without a target there is no answer', of(4, 5), null, null],
    ['without a denominator there is no answer', of(0, 0), 0.8, null],
    ['a target written with many digits is taken as written', of(1, 10), 0.1, true],
    ['a target of 1 is met by all', of(3, 3), 1, true],
  ])('%s', (_promise, fraction, target, answer) => {
    expect(met(fraction, target, 'higher-is-better')).toBe(answer)
  })

  test('where less is better, at most the target is met', () => {
    expect(met(of(1, 10), 0.1, 'lower-is-better')).toBe(true)
    expect(met(of(11, 100), 0.1, 'lower-is-better')).toBe(false)
  })
})
