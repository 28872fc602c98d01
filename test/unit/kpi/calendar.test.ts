import chineseDays from 'chinese-days'
import { LegalHoliday } from 'tyme4ts'
import { describe, expect, test } from 'vitest'
import { type DayRule, dayClassOf, takesDay } from '../../../kpi/calendar.ts'
import { holidaysNamed } from '../../../kpi/holidays.ts'
import { dayOf, dayOfText, type LocalDay, textOfDay, weekdayOf } from '../../../kpi/local-date.ts'

const CN = holidaysNamed('cn')!

describe.each([2020, 2021, 2022, 2023, 2024, 2025, 2026])('%i', (year) => {
  const days = Array.from({ length: dayOf(year + 1, 1, 1) - dayOf(year, 1, 1) }, (_, at) => dayOf(year, 1, 1) + at)

  test('agrees with chinese-days on every day', () => {
    const differing = days.filter(
      (day) => chineseDays.isWorkday(textOfDay(day)) !== (dayClassOf(CN, day) === 'workday'),
    )
    expect(differing.map(textOfDay)).toEqual([])
  })

  test('agrees with tyme4ts on every day', () => {
    const differing = days.filter((day) => tymeSaysWorkday(day) !== (dayClassOf(CN, day) === 'workday'))
    expect(differing.map(textOfDay)).toEqual([])
  })

  test('names the notice that decided it', () => {
    expect(CN.noticesOf(year)[0]).toMatch(new RegExp(`^国办发明电〔${year - 1}〕\\d+号$`))
  })
})

test('2023 was set by 国办发明电〔2022〕16号', () => expect(CN.noticesOf(2023)).toEqual(['国办发明电〔2022〕16号']))

test.each([
  ['a holiday on a weekday', '2023-01-23', 'offday'],
  ['a make-up workday on a Saturday', '2023-01-28', 'workday'],
  ['the day that the extension of 2020 took back from work', '2020-02-01', 'offday'],
  ['an ordinary Sunday', '2023-03-12', 'offday'],
  ['an ordinary Friday', '2023-03-10', 'workday'],
  ['a weekday of a year without a notice', '2035-03-12', 'unknown'],
  ['a Sunday of a year without a notice: it may be a make-up workday', '2035-03-11', 'unknown'],
  ['a year before the first notice of the file', '2019-03-12', 'unknown'],
])('%s (%s) is %s', (_promise, date, dayClass) => expect(dayClassOf(CN, dayOfText(date)!)).toBe(dayClass))

test('without holidays the weekday decides, in every year', () => {
  const none = holidaysNamed('none')!
  expect(dayClassOf(none, dayOfText('2035-03-12')!)).toBe('workday')
  expect(dayClassOf(none, dayOfText('2035-03-11')!)).toBe('offday')
})

test('a country without a file is not guessed', () => expect(holidaysNamed('xx')).toBeNull())

test.each<[DayRule, string, boolean | 'unknown']>([
  ['all', '2035-03-12', true],
  ['workday', '2023-01-28', true],
  ['offday', '2023-01-28', false],
  ['workday', '2035-03-12', 'unknown'],
  [['saturday'], '2023-01-28', true],
  [['saturday', 'sunday'], '2035-03-11', true],
  [['monday'], '2035-03-11', false],
])('%s takes %s: %s', (rule, date, taken) => expect(takesDay(rule, CN, dayOfText(date)!)).toBe(taken))

function tymeSaysWorkday(day: LocalDay): boolean {
  const [year, month, dayOfMonth] = textOfDay(day).split('-').map(Number)
  const decree = LegalHoliday.fromYmd(year!, month!, dayOfMonth!)
  const weekend = ['saturday', 'sunday'].includes(weekdayOf(day))
  return decree === null ? !weekend : decree.isWork()
}
