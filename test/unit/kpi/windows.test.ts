import { describe, expect, test } from 'vitest'
import { holidaysNamed } from '../../../kpi/holidays.ts'
import { isoOf } from '../../../kpi/instant-text.ts'
import { periodOf, rangeOf } from '../../../kpi/periods.ts'
import { overlapsOf } from '../../../kpi/window-overlaps.ts'
import { windowProblems } from '../../../kpi/window-problems.ts'
import { instancesIn, type PeakDefinition, type WindowDefinitions, wholeInstancesIn } from '../../../kpi/windows.ts'
import { type Zone, zoneOf } from '../../../kpi/zone.ts'

const CN = holidaysNamed('cn')!
const SHANGHAI = zoneOf('Asia/Shanghai')
const NEW_YORK = zoneOf('America/New_York')
const MORNING: PeakDefinition = { id: 'weekday-morning', days: 'workday', from: '08:30', to: '11:30' }
const NIGHT: PeakDefinition = { id: 'night', days: 'all', from: '22:00', to: '02:00' }
const PANJIN: WindowDefinitions = {
  peaks: [
    MORNING,
    { id: 'weekday-afternoon', days: 'workday', from: '13:30', to: '17:00' },
    { id: 'evening', days: 'all', from: '18:00', to: '20:00' },
  ],
  special: [{ id: 'spring-festival', from: '2023-01-21', to: '2023-01-28' }],
}

test('2023 has 249 workdays, so 249 mornings and afternoons, 365 evenings, and one Spring Festival', () => {
  const { instances, unknownYears } = instancesIn(PANJIN, CN, SHANGHAI, yearRange('2023'))
  const countOf = (period: string) => instances.filter((instance) => instance.period === period).length
  expect(['weekday-morning', 'weekday-afternoon', 'evening', 'spring-festival'].map(countOf)).toEqual([
    249, 249, 365, 1,
  ])
  expect(instances.length).toBe(249 + 249 + 365 + 1)
  expect(unknownYears).toEqual([])
})

test('an instance says which window of which day it is', () => {
  const [first] = instancesIn({ peaks: [MORNING], special: [] }, CN, SHANGHAI, dayRangeOf('2023-03-10')).instances
  expect(first).toEqual({
    id: 'weekday-morning@2023-03-10',
    period: 'weekday-morning',
    kind: 'peak',
    date: '2023-03-10',
    startAtMs: Date.parse('2023-03-10T08:30:00+08:00'),
    endAtMs: Date.parse('2023-03-10T11:30:00+08:00'),
  })
})

test('a special period is one instance, its last day in, the day after out', () => {
  const { instances } = instancesIn({ peaks: [], special: PANJIN.special }, CN, SHANGHAI, yearRange('2023'))
  expect(instances.map(shown(SHANGHAI))).toEqual([
    'spring-festival@2023-01-21: 2023-01-21T00:00:00+08:00 to 2023-01-28T00:00:00+08:00',
  ])
})

//   2022-12-31       | 2023-01-01
//          22:00     |     02:00
//            [ - - - | - - - [
test('a year takes only its own part of the peak that crosses New Year; the peak keeps the day it starts on', () => {
  const night = { peaks: [NIGHT], special: [] }
  const { instances } = instancesIn(night, CN, SHANGHAI, yearRange('2023'))
  expect(shown(SHANGHAI)(instances[0]!)).toBe(
    'night@2022-12-31: 2023-01-01T00:00:00+08:00 to 2023-01-01T02:00:00+08:00',
  )
  expect(shown(SHANGHAI)(instances.at(-1)!)).toBe(
    'night@2023-12-31: 2023-12-31T22:00:00+08:00 to 2024-01-01T00:00:00+08:00',
  )
  expect(instances.length).toBe(366)
  const whole = wholeInstancesIn(night, CN, SHANGHAI, yearRange('2023')).instances[0]!
  expect(shown(SHANGHAI)(whole)).toBe('night@2022-12-31: 2022-12-31T22:00:00+08:00 to 2023-01-01T02:00:00+08:00')
})

describe('where the clock is changed', () => {
  const sunday = (from: string, to: string, date: string) =>
    instancesIn({ peaks: [{ id: 'p', days: 'all', from, to }], special: [] }, CN, NEW_YORK, dayRangeOf(date, NEW_YORK))
      .instances.filter((instance) => instance.date === date)
      .map((instance) => (instance.endAtMs - instance.startAtMs) / 60_000)

  test.each([
    ['a peak over the gap is an hour shorter', '01:00', '04:00', '2023-03-12', [120]],
    ['a peak that starts in the gap starts at its end', '02:30', '04:00', '2023-03-12', [60]],
    ['a peak that ends in the gap ends at its end', '01:00', '02:30', '2023-03-12', [60]],
    ['a peak inside the gap is not there', '02:15', '02:45', '2023-03-12', []],
    ['a peak over the fold is an hour longer', '01:00', '04:00', '2023-11-05', [240]],
    ['a peak that ends in the fold ends the first time', '00:00', '01:30', '2023-11-05', [90]],
    ['a whole day has 25 hours', '00:00', '24:00', '2023-11-05', [1500]],
  ])('%s', (_promise, from, to, date, minutes) => expect(sunday(from, to, date)).toEqual(minutes))
})

test('a year without a notice has no workday windows and says so; the others are there', () => {
  const { instances, unknownYears } = instancesIn(PANJIN, CN, SHANGHAI, yearRange('2035'))
  expect(unknownYears).toEqual([2035])
  expect(new Set(instances.map((instance) => instance.period))).toEqual(new Set(['evening']))
})

test('overlaps are listed by pair of periods', () => {
  const { instances } = instancesIn(PANJIN, CN, SHANGHAI, yearRange('2023'))
  expect(overlapsOf(instances)).toEqual([
    {
      periods: ['spring-festival', 'evening'],
      instancesCount: 7,
      sharedMs: 7 * 2 * 3_600_000,
      firstDate: '2023-01-21',
    },
  ])
})

test('windows that only touch do not overlap', () => {
  const touching: WindowDefinitions = {
    peaks: [
      { id: 'a', days: 'all', from: '08:00', to: '09:00' },
      { id: 'b', days: 'all', from: '09:00', to: '10:00' },
    ],
    special: [],
  }
  expect(overlapsOf(instancesIn(touching, CN, SHANGHAI, yearRange('2023')).instances)).toEqual([])
})

describe('problems', () => {
  test('the windows of Panjin have none', () => expect(windowProblems(PANJIN, SHANGHAI)).toEqual([]))

  test.each<[string, Partial<PeakDefinition>, string]>([
    ['a boundary off the quarter-hour', { from: '08:20' }, 'peaks.0.from'],
    ['a time that no clock shows', { to: '25:00' }, 'peaks.0.to'],
    ['a peak without length', { to: '08:30' }, 'peaks.0.to'],
    ['an unknown rule', { days: 'sometimes' as 'all' }, 'peaks.0.days'],
    ['an unknown weekday', { days: ['montag' as 'monday'] }, 'peaks.0.days'],
    ['no weekday at all', { days: [] }, 'peaks.0.days'],
    ['an id that could not stand in an address', { id: 'Morning @' }, 'peaks.0.id'],
    ['a start at the end of the day', { from: '24:00' }, 'peaks.0.from'],
  ])('%s is named with its place', (_promise, wrong, path) => {
    const problems = windowProblems({ peaks: [{ ...MORNING, ...wrong }], special: [] }, SHANGHAI)
    expect(problems.map((problem) => problem.path.join('.'))).toContain(path)
  })

  test('everything is reported at once', () => {
    const problems = windowProblems(
      {
        peaks: [MORNING, { ...MORNING, from: '08:01', to: '8h' }],
        special: [
          { id: 'storm', from: '2023-02-30', to: '2023-03-01T06:10' },
          { id: 'backwards', from: '2023-03-02', to: '2023-03-02' },
        ],
      },
      SHANGHAI,
    )
    expect(problems.map((problem) => problem.path.join('.'))).toEqual([
      'peaks.1.from',
      'peaks.1.to',
      'special.0.from',
      'special.0.to',
      'special.1.to',
      'peaks.1.id',
    ])
  })
})

function yearRange(name: string) {
  return rangeOf(SHANGHAI, periodOf(name)!)
}

function dayRangeOf(date: string, zone: Zone = SHANGHAI) {
  return rangeOf(zone, periodOf(date)!)
}

function shown(zone: Zone): (instance: { id: string; startAtMs: number; endAtMs: number }) => string {
  return ({ id, startAtMs, endAtMs }) => `${id}: ${isoOf(zone, startAtMs)} to ${isoOf(zone, endAtMs)}`
}
