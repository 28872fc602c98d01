import { describe, expect, test } from 'vitest'
import { isoOf } from '../../../kpi/instant-text.ts'
import { dayOfText, textOfDay } from '../../../kpi/local-date.ts'
import {
  boundariesOf,
  daysOf,
  type Grain,
  periodOf,
  previousName,
  quarterNameOf,
  rangeOf,
  yearBeforeName,
} from '../../../kpi/periods.ts'
import { zoneOf } from '../../../kpi/zone.ts'

const SHANGHAI = zoneOf('Asia/Shanghai')
const NEW_YORK = zoneOf('America/New_York')

test.each([
  ['2023', '2023-01-01T00:00:00+08:00', '2024-01-01T00:00:00+08:00'],
  ['2023-Q3', '2023-07-01T00:00:00+08:00', '2023-10-01T00:00:00+08:00'],
  ['2023-07', '2023-07-01T00:00:00+08:00', '2023-08-01T00:00:00+08:00'],
  ['2024-02-29', '2024-02-29T00:00:00+08:00', '2024-03-01T00:00:00+08:00'],
])('%s is from %s, in, to %s, out', (name, from, to) => {
  const range = rangeOf(SHANGHAI, periodOf(name)!)
  expect([isoOf(SHANGHAI, range.fromAtMs), isoOf(SHANGHAI, range.toAtMs)]).toEqual([from, to])
})

test.each(['2023-Q0', '2023-Q5', '2023-13', '2023-00', '2023-02-30', '23', '2023-7', '2023-q1', '', '2023 '])(
  '"%s" names no period',
  (name) => expect(periodOf(name)).toBeNull(),
)

test.each([
  ['2023', '2022', '2022'],
  ['2023-Q1', '2022-Q4', '2022-Q1'],
  ['2023-Q3', '2023-Q2', '2022-Q3'],
  ['2023-01', '2022-12', '2022-01'],
  ['2023-07', '2023-06', '2022-07'],
  ['2024-02-29', '2024-02-28', '2023-02-28'],
])('before %s comes %s, a year earlier it was %s', (name, previous, yearBefore) => {
  const period = periodOf(name)!
  expect([previousName(period), yearBeforeName(period)]).toEqual([previous, yearBefore])
})

test('quarters count from the first day of the contract', () => {
  const contractFromDay = dayOfText('2023-04-01')!
  const quarters = ['2023-Q1', '2023-Q4', '2024-Q1'].map((name) => periodOf(name, contractFromDay)!)
  expect(quarters.map(({ fromDay, toDay }) => [textOfDay(fromDay), textOfDay(toDay)])).toEqual([
    ['2023-04-01', '2023-07-01'],
    ['2024-01-01', '2024-04-01'],
    ['2024-04-01', '2024-07-01'],
  ])
  expect(quarterNameOf(dayOfText('2024-03-31')!, contractFromDay)).toBe('2023-Q4')
  expect(quarterNameOf(dayOfText('2024-03-31')!)).toBe('2024-Q1')
})

test.each(['2023-01-01', '2023-04-01', '2023-02-15', '2022-12-31'])(
  'with a contract from %s every day lies in the quarter that is named for it',
  (contractFrom) => {
    const contractFromDay = dayOfText(contractFrom)!
    for (let day = dayOfText('2021-01-01')!; day < dayOfText('2025-01-01')!; day += 1) {
      const quarter = periodOf(quarterNameOf(day, contractFromDay), contractFromDay)!
      expect(quarter.fromDay <= day && day < quarter.toDay).toBe(true)
    }
  },
)

describe('a range in points', () => {
  const counts = (zone: typeof SHANGHAI, name: string, grain: Grain) =>
    boundariesOf(zone, rangeOf(zone, periodOf(name)!), grain).length - 1

  test.each([
    [SHANGHAI, '2023', 'cell', 35_040],
    [SHANGHAI, '2024', 'cell', 35_136],
    [SHANGHAI, '2023', 'hour', 8760],
    [SHANGHAI, '2023', 'day', 365],
    [SHANGHAI, '2023', 'month', 12],
    [SHANGHAI, '2023', 'quarter', 4],
    [SHANGHAI, '2023', 'year', 1],
    [NEW_YORK, '2023-03-12', 'hour', 23],
    [NEW_YORK, '2023-11-05', 'hour', 25],
    [NEW_YORK, '2023-11-05', 'cell', 100],
    [NEW_YORK, '2023', 'day', 365],
    [NEW_YORK, '2023', 'hour', 8760],
  ] as const)('$0.name $1 by $2 has $3', (zone, name, grain, pointsCount) => {
    expect(counts(zone, name, grain)).toBe(pointsCount)
  })

  //            09:20      10:00        11:00  11:10
  //  range     [ - - - - - - - - - - - - - - - [
  //  by hour   [ - - - - -[ - - - - - - [ - - -[
  test('is cut at whole hours of the wall, and at its own ends', () => {
    const at = (time: string) => Date.parse(`2023-03-10T${time}:00+08:00`)
    expect(boundariesOf(SHANGHAI, { fromAtMs: at('09:20'), toAtMs: at('11:10') }, 'hour')).toEqual(
      ['09:20', '10:00', '11:00', '11:10'].map(at),
    )
  })

  test('an hour of which half is shown again is two points (Lord Howe, clocks set back 30 minutes)', () => {
    const zone = zoneOf('Australia/Lord_Howe')
    const boundaries = boundariesOf(zone, rangeOf(zone, periodOf('2023-04-02')!), 'hour').map((at) => isoOf(zone, at))
    expect(boundaries.slice(1, 5)).toEqual([
      '2023-04-02T01:00:00+11:00',
      '2023-04-02T01:30:00+10:30',
      '2023-04-02T02:00:00+10:30',
      '2023-04-02T03:00:00+10:30',
    ])
  })

  test('an empty range has no point', () => {
    expect(boundariesOf(SHANGHAI, { fromAtMs: 0, toAtMs: 0 }, 'day')).toEqual([])
  })

  test('the days of a range leave out the day that Samoa never had', () => {
    const zone = zoneOf('Pacific/Apia')
    const range = rangeOf(zone, periodOf('2011-12')!)
    expect(daysOf(zone, range).map(textOfDay).slice(-3)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31'])
  })
})
