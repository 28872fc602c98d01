import { describe, expect, test } from 'vitest'
import { besideShifted, periodOfDays, shiftedBeside } from '../../../cli/compared-periods.ts'
import { calendarShift, transformationOf } from '../../../cli/scenario-options.ts'
import { dayOf, textOfDay } from '../../../kpi/local-date.ts'
import { isUnchanged } from '../../../producers/scenario/transformation.ts'
import { kafkaNamesOf } from '../../../schemas/kafka-names.ts'
import { databaseOf } from '../../../schemas/scenario-names.ts'

test.each([
  ['P1Y', { monthsCount: 12, daysCount: 0 }],
  ['P1Y2M', { monthsCount: 14, daysCount: 0 }],
  ['P52W', { monthsCount: 0, daysCount: 364 }],
  ['P1M3D', { monthsCount: 1, daysCount: 3 }],
  ['-P3M', { monthsCount: -3, daysCount: 0 }],
])('--shift %s is %j', (text, shift) => expect(calendarShift(text)).toEqual(shift))

test.each(['P1.5D', 'PT3H', 'P1DT1H', 'a year', '1Y', ''])('--shift %j is refused with what was expected', (text) => {
  expect(() => calendarShift(text)).toThrow(/--shift is .* expected an ISO-8601 duration/)
})

test('growth is read by line, and what is no factor is refused', () => {
  expect([...transformationOf({ growth: '12345=1.2, 12315=0.8' }).growth]).toEqual([
    ['12345', 1.2],
    ['12315', 0.8],
  ])
  for (const growth of ['12345', '12345=', '=1.2', '12345=-1', '12345=1.2,,12315=1'])
    expect(() => transformationOf({ growth })).toThrow(/--growth is/)
})

test.each(['-1', 'much', '', '1e9'])('--scale %j is refused', (scale) => {
  expect(() => transformationOf({ scale })).toThrow(/--scale is/)
})

test('nothing asked is nothing changed, and a seed alone changes nothing', () => {
  expect(isUnchanged(transformationOf({}))).toBe(true)
  expect(isUnchanged(transformationOf({ seed: '9' }))).toBe(true)
  expect(isUnchanged(transformationOf({ scale: '0.5' }))).toBe(false)
  expect(isUnchanged(transformationOf({ lines: '12315' }))).toBe(false)
})

describe('the names of a scenario', () => {
  test.each(['Evening', 'evening-plus', 'a.b', '1a', '', 'a'.repeat(32), 'x; DROP DATABASE y'])(
    '%j is none',
    (name) => {
      expect(() => kafkaNamesOf(name)).toThrow(/expected a name of lower-case letters/)
      expect(() => databaseOf('steadyline', name)).toThrow(/expected a name of lower-case letters/)
    },
  )

  test('are none of the real ones', () => {
    const real = Object.values(kafkaNamesOf(null))
    for (const name of ['v1', 'calls', 'processors', 'steadyline', 'a']) {
      expect(Object.values(kafkaNamesOf(name)).filter((own) => real.includes(own))).toEqual([])
      expect(databaseOf('steadyline', name)).toBe(`steadyline_${name}`)
    }
  })
})

describe('the days that a scenario is held against', () => {
  const year2023 = periodOfDays(dayOf(2023, 1, 1), dayOf(2024, 1, 1))
  const shift = calendarShift('P1Y')

  test('are those of the base, shifted as its records were', () => {
    expect(shiftedBeside(year2023, shift).shifted.name).toBe('2024')
    expect(shiftedBeside(year2023, null).shifted).toBe(year2023)
    expect(besideShifted(periodOfDays(dayOf(2024, 1, 1), dayOf(2025, 1, 1)), shift).base.name).toBe('2023')
  })

  test('bear the name of a year only if they are one', () => {
    const { base } = besideShifted(periodOfDays(dayOf(2024, 3, 6), dayOf(2024, 3, 13)), shift)
    expect([textOfDay(base.fromDay), textOfDay(base.toDay), base.name]).toEqual([
      '2023-03-06',
      '2023-03-13',
      '2023-03-06..2023-03-12',
    ])
  })
})
