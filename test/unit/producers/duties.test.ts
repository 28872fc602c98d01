import { describe, expect, test } from 'vitest'
import { dayOfText } from '../../../kpi/local-date.ts'
import type { Duty } from '../../../kpi/queueing/duties.ts'
import { dutiesOf, postsCount } from '../../../producers/hotline/duties.ts'
import { hotlineOf } from '../../../producers/hotline/hotline.ts'
import { WorkingDays } from '../../../producers/hotline/working-days.ts'
import { at, panjin, panjinHotline } from './panjin.ts'

function onDuty(duties: readonly Duty[], atMs: number): number {
  return duties.filter((duty) => duty.fromAtMs <= atMs && atMs < duty.toAtMs).length
}

const MONDAY = dayOfText('2023-05-15')!

test('the rosters add up to the 52 persons of the contract', () => {
  expect(postsCount(panjinHotline)).toBe(panjin.contract.persons)
})

test('seats are few at night, most in the morning', () => {
  const duties = dutiesOf(panjinHotline, MONDAY)
  expect(onDuty(duties, at('2023-05-15', '03:00'))).toBe(3)
  expect(onDuty(duties, at('2023-05-15', '10:00'))).toBe(15)
})

test('in some weeks every post has had its turn', () => {
  const seats = new Set<number>()
  for (let day = MONDAY; day < MONDAY + 28; day += 1)
    for (const { seat } of dutiesOf(panjinHotline, day)) seats.add(seat)
  expect(seats.size).toBe(52)
})

test('a shift that ends after midnight ends on the next day', () => {
  const latest = Math.max(...dutiesOf(panjinHotline, MONDAY).map((duty) => duty.toAtMs))
  expect(latest).toBe(at('2023-05-16', '00:15'))
})

describe('the evening collapse', () => {
  const collapse = hotlineOf(panjin, 'evening-collapse')
  const wednesday = dayOfText('2023-09-13')!

  //   16:15    18:00        20:00    24:00
  //   8 seats  | 2 seats    | 8 seats
  test('leaves less than half of the seats from 18:00 to 20:00, and all of them before and after', () => {
    const ordinary = dutiesOf(panjinHotline, wednesday)
    const thinned = dutiesOf(collapse, wednesday)
    for (const time of ['17:59', '20:00', '22:00', '10:00']) {
      const atMs = at('2023-09-13', time)
      expect([time, onDuty(thinned, atMs)]).toEqual([time, onDuty(ordinary, atMs)])
    }
    for (const time of ['18:00', '19:59']) {
      const atMs = at('2023-09-13', time)
      expect(onDuty(thinned, atMs)).toBeLessThanOrEqual(onDuty(ordinary, atMs) / 2)
      expect(onDuty(thinned, atMs)).toBeGreaterThan(0)
    }
  })

  test('lasts its one week', () => {
    for (const date of ['2023-09-10', '2023-09-18']) {
      const day = dayOfText(date)!
      expect(dutiesOf(collapse, day)).toEqual(dutiesOf(panjinHotline, day))
    }
  })

  test('another name is refused with the names there are', () => {
    expect(() => hotlineOf(panjin, 'morning-collapse')).toThrow(/evening-collapse/)
  })
})

describe('working days', () => {
  const workingDays = new WorkingDays(panjinHotline.holidays)
  const after = (date: string, count: number) => workingDays.after(dayOfText(date)!, count)

  test.each([
    ['a weekend does not count', '2023-05-12', 1, '2023-05-15'],
    ['the National Day holiday does not count, make-up workdays do', '2023-09-28', 1, '2023-10-07'],
    ['a make-up Sunday is a working day', '2023-04-21', 1, '2023-04-23'],
    ['a due date in the next year', '2023-12-29', 5, '2024-01-08'],
  ])('%s', (_promise, from, count, due) => expect(after(from, count)).toBe(dayOfText(due)))
})
