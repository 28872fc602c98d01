import { expect, test } from 'vitest'
import { dayClassOf } from '../../../../kpi/calendar.ts'
import { holidaysNamed } from '../../../../kpi/holidays.ts'
import { dayOfText, type LocalDay, weekdayOf } from '../../../../kpi/local-date.ts'
import { backtest, type ForecastQuestion, forecastDays } from '../../../../kpi/planning/forecast.ts'
import { zoneOf } from '../../../../kpi/zone.ts'

const holidays = holidaysNamed('cn')!
const day = (text: string) => dayOfText(text)!
const classOf = (one: LocalDay) => (dayClassOf(holidays, one) === 'workday' ? 'workday' : 'offday')

/** Days whose calls are all of one rule, half of them at 10:00 and half at 15:00. */
function question(totalOf: (one: LocalDay) => number): ForecastQuestion {
  const days = new Map<LocalDay, Float64Array>()
  for (let one = day('2022-10-01'); one < day('2024-03-01'); one += 1) {
    const quarters = new Float64Array(96)
    quarters[40] = totalOf(one) / 2
    quarters[60] = totalOf(one) / 2
    days.set(one, quarters)
  }
  const calendar = { zone: zoneOf('Asia/Shanghai'), holidays, windows: { peaks: [] } }
  return { days, calendar, classOf, specialOf: () => null, z: 1.96 }
}

test('a week that was always the same comes again, by the quarter-hour', () => {
  const same = question((one) => (weekdayOf(one) === 'monday' ? 200 : 100))
  const [monday, tuesday] = forecastDays(same, day('2023-08-28'), 2)
  expect(monday).toMatchObject({ basis: 'weekday', dayClass: 'workday' })
  expect(monday!.expectedCount).toBeCloseTo(200, 9)
  expect(tuesday!.quarters[40]!.expected).toBeCloseTo(50, 9)
  expect(tuesday!.quarters[41]!.expected).toBe(0)
  const { wapeByDay, coverageOfQuarters } = backtest(same, day('2023-08-28'), 4)
  expect(wapeByDay).toBeCloseTo(0, 9)
  expect(coverageOfQuarters).toBe(1)
})

//  Spring Festival: from 2023-01-21 and from 2024-02-10; a third of the calls on its first day, and the hotline has doubled
test('a holiday is aligned by its days and not by its date, and grows as the hotline did', () => {
  const totalOf = (one: LocalDay) => {
    const size = one < day('2023-06-01') ? 300 : 600
    return holidays.holidayOf(one) === '春节 1' ? size / 3 : size
  }
  const [eve, first] = forecastDays(question(totalOf), day('2024-02-09'), 2)
  expect(first!.basis).toBe('holiday')
  expect(first!.expectedCount).toBeCloseTo(200, 6)
  expect(eve!.expectedCount).toBeCloseTo(600, 6)
})

test('without a day before it nothing is said', () => {
  const none: ForecastQuestion = { ...question(() => 1), days: new Map() }
  expect(forecastDays(none, day('2023-05-15'), 1)[0]).toMatchObject({ basis: 'none', expectedCount: 0 })
})
