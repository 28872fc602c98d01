import { describe, expect, test } from 'vitest'
import { dayClassOf } from '../../../kpi/calendar.ts'
import { holidaysNamed } from '../../../kpi/holidays.ts'
import { dayOf, dayOfText, type LocalDay, textOfDay, weekdayOf } from '../../../kpi/local-date.ts'
import { nearestInOrder } from '../../../kpi/nearest-in-order.ts'
import { calendarShifted, shiftedDays } from '../../../kpi/shifted-days.ts'

const china = holidaysNamed('cn')!
const A_YEAR = { monthsCount: 12, daysCount: 0 }
const day = (text: string) => dayOfText(text)!

const year = shiftedDays(dayOf(2023, 1, 1), dayOf(2024, 1, 1), A_YEAR, china)
const targetOf = (text: string) => textOfDay(year.targets.get(day(text))!)
const isLost = (source: LocalDay) => year.losses.some(({ fromDay }) => fromDay === source)

describe('2023 shifted by a year', () => {
  test.each([
    ['the first day of Spring Festival on the first', '2023-01-21', '2024-02-10'],
    ['the seventh on the seventh', '2023-01-27', '2024-02-16'],
    ['1 October on 1 October, though Mid-Autumn came before it in the same holiday', '2023-10-01', '2024-10-01'],
    ['Mid-Autumn 2023 on Mid-Autumn 2024', '2023-09-29', '2024-09-15'],
    ['an ordinary Monday on a Monday', '2023-03-06', '2024-03-04'],
  ])('puts %s', (_promise, from, to) => expect(targetOf(from)).toBe(to))

  test('gives no day to two, and stays within the calendar’s own 2024', () => {
    const targets = [...year.targets.values()]
    expect(new Set(targets).size).toBe(365)
    expect(Math.min(...targets)).toBeGreaterThanOrEqual(dayOf(2024, 1, 1))
    expect(Math.max(...targets)).toBeLessThan(dayOf(2025, 1, 1))
  })

  test('keeps the weekday of every day that is no named holiday, or tells that it does not', () => {
    for (const [from, to] of year.targets) {
      if (isLost(from) || china.holidayOf(from) !== null) continue
      expect([textOfDay(from), weekdayOf(to)]).toEqual([textOfDay(from), weekdayOf(from)])
    }
  })

  test('keeps workday and day off of every day, or tells that it does not', () => {
    const told = new Set(year.losses.filter(({ loss }) => loss === 'weekday and class').map(({ fromDay }) => fromDay))
    for (const [from, to] of year.targets) {
      if (told.has(from)) continue
      expect([textOfDay(from), dayClassOf(china, to)]).toEqual([textOfDay(from), dayClassOf(china, from)])
    }
    expect(year.losses.length).toBeLessThan(10)
  })

  test('leaves one day of the leap year empty, and says which', () => {
    expect(year.emptyDays).toHaveLength(1)
    expect([...year.targets.values()]).not.toContain(year.emptyDays[0])
  })
})

test('a leap year has a day more than the next: it is left out, and told', () => {
  const { targets, losses } = shiftedDays(dayOf(2024, 1, 1), dayOf(2025, 1, 1), A_YEAR, china)
  expect(targets.size).toBe(365)
  expect(losses.filter(({ toDay }) => toDay === null).map(({ loss }) => loss)).toEqual(['left-out'])
})

test('a week later is the same weekdays, and back again the same days', () => {
  const [from, to] = [day('2023-03-06'), day('2023-03-13')]
  const { targets, losses } = shiftedDays(from, to, { monthsCount: 0, daysCount: 7 }, china)
  expect([...targets]).toEqual(Array.from({ length: 7 }, (_, at) => [from + at, from + at + 7]))
  expect(losses).toEqual([])
  const back = shiftedDays(from + 7, to + 7, { monthsCount: 0, daysCount: -7 }, china)
  expect([...back.targets].map(([, target]) => target)).toEqual([...targets].map(([source]) => source))
})

test('in a year whose notice is not known, weekdays are kept and holidays are not said to be', () => {
  const { keepsHolidays, targets } = shiftedDays(
    day('2023-01-16'),
    day('2023-01-30'),
    { monthsCount: 48, daysCount: 0 },
    china,
  )
  expect(keepsHolidays).toBe(false)
  for (const [from, to] of targets) expect(weekdayOf(to)).toBe(weekdayOf(from))
})

test.each([
  ['31 January and a month is the last of February', '2023-01-31', { monthsCount: 1, daysCount: 0 }, '2023-02-28'],
  ['months come before days', '2023-01-31', { monthsCount: 1, daysCount: 1 }, '2023-03-01'],
  ['a negative shift goes back', '2024-02-29', { monthsCount: -12, daysCount: 0 }, '2023-02-28'],
])('%s', (_promise, from, shift, to) => expect(textOfDay(calendarShifted(day(from), shift))).toBe(to))

describe('nearestInOrder', () => {
  //  wanted    10       20       30
  //  offered  9    12            29   40
  test('leaves out the one that is farthest from everything', () => {
    expect(nearestInOrder([10, 20, 30], [9, 12, 29, 40])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ])
  })

  test('pairs as many as the shorter list has, whichever it is', () => {
    expect(nearestInOrder([1, 2, 3, 10], [9, 2])).toHaveLength(2)
    expect(nearestInOrder([5], [])).toEqual([])
    expect(nearestInOrder([1, 2, 3, 10], [2, 9])).toEqual([
      [1, 0],
      [3, 1],
    ])
  })
})
