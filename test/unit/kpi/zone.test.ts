import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { instantOfText, isoOf } from '../../../kpi/instant-text.ts'
import { DAY_MS, dayOf, textOfDay } from '../../../kpi/local-date.ts'
import {
  dayRange,
  dayStartAtMs,
  instantOfLocal,
  localDayOf,
  localMsOf,
  zoneOf,
  zoneProblem,
} from '../../../kpi/zone.ts'

const HOUR_MS = 3_600_000
const FROM_AT_MS = Date.UTC(1985, 0, 1)
const TO_AT_MS = Date.UTC(2040, 0, 1)

describe.each([
  ['Asia/Shanghai', 12],
  ['America/New_York', 110],
  ['Asia/Kolkata', 0],
  ['Australia/Lord_Howe', 110],
])('%s, beside temporal-polyfill', (name, changesCount) => {
  const zone = zoneOf(name)
  const oracle = transitionsOf(name)

  test('has every change from 1985 to 2040 and no other', () => {
    expect(oracle.length).toBe(changesCount)
    const own = Array.from(zone.changesAtMs).filter((atMs) => atMs >= FROM_AT_MS && atMs < TO_AT_MS)
    expect(own).toEqual(oracle)
  })

  test('shows the same wall clock on both sides of each change', () => {
    for (const changeAtMs of oracle) {
      for (const atMs of [changeAtMs - 1, changeAtMs, changeAtMs + 1, changeAtMs + 200 * DAY_MS]) {
        expect(localMsOf(zone, atMs)).toBe(oracleLocalMs(name, atMs))
      }
    }
  })

  test('takes the earlier instant of a fold, and the end of a gap', () => {
    for (const changeAtMs of oracle) {
      const beforeMs = oracleLocalMs(name, changeAtMs - 1) + 1
      for (let wallMs = beforeMs - 2 * HOUR_MS; wallMs <= beforeMs + 2 * HOUR_MS; wallMs += HOUR_MS / 4) {
        const wall = Temporal.PlainDateTime.from(new Date(wallMs).toISOString().slice(0, -1))
        const compatible = wall.toZonedDateTime(name)
        const isGap = !compatible.toPlainDateTime().equals(wall)
        expect(instantOfLocal(zone, wallMs)).toBe(isGap ? changeAtMs : compatible.epochMilliseconds)
      }
    }
  })

  test('starts and ends every day of 1986, 2023 and 2024 at the same instant', () => {
    for (const year of [1986, 2023, 2024]) {
      for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day += 1) {
        const start = Temporal.PlainDate.from(textOfDay(day)).toZonedDateTime(name).startOfDay()
        expect(dayStartAtMs(zone, day)).toBe(start.epochMilliseconds)
        const { fromAtMs, toAtMs } = dayRange(zone, day)
        expect((toAtMs - fromAtMs) / HOUR_MS).toBe(start.hoursInDay)
        expect([localDayOf(zone, fromAtMs), localDayOf(zone, toAtMs - 1)]).toEqual([day, day])
      }
    }
  })

  test('writes instants as Temporal does, and reads them back', () => {
    for (const changeAtMs of [...oracle, Date.UTC(2023, 6, 1)]) {
      for (const atMs of [changeAtMs - 1, changeAtMs, changeAtMs + 60_000]) {
        const written = isoOf(zone, atMs)
        const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(name)
        expect(written).toBe(
          zoned.toString({ timeZoneName: 'never', smallestUnit: atMs % 1000 ? 'millisecond' : 'second' }),
        )
        expect(instantOfText(zone, written)).toBe(atMs)
      }
    }
  })
})

test('a day the zone left out is empty, and no instant is in it', () => {
  const zone = zoneOf('Pacific/Apia')
  const leftOut = dayRange(zone, dayOf(2011, 12, 30))
  expect(leftOut.toAtMs - leftOut.fromAtMs).toBe(0)
  expect(textOfDay(localDayOf(zone, leftOut.fromAtMs))).toBe('2011-12-31')
  expect(textOfDay(localDayOf(zone, leftOut.fromAtMs - 1))).toBe('2011-12-29')
})

test('an evening shown again after midnight belongs to the day that has begun', () => {
  const zone = zoneOf('America/St_Johns') // 2009-11-01 00:01 became 2009-10-31 23:01
  const day = dayOf(2009, 11, 1)
  const { fromAtMs, toAtMs } = dayRange(zone, day)
  for (let atMs = fromAtMs; atMs < toAtMs; atMs += 60_000) expect(localDayOf(zone, atMs)).toBe(day)
  expect(toAtMs - fromAtMs).toBe(25 * HOUR_MS)
})

test('every tenth zone that the host knows can be used (each of them can; a table takes some 15 ms)', () => {
  const names = Intl.supportedValuesOf('timeZone').filter((_name, at) => at % 10 === 0)
  expect(names.flatMap((name) => zoneProblem(name) ?? [])).toEqual([])
})

test.each([
  ['Asia/Pangkin', /Asia\/Pangkin/],
  ['', /./],
])('"%s" is a problem, said as a sentence', (name, message) => expect(zoneProblem(name)).toMatch(message))

test.each([
  ['2023-01-01', '2022-12-31T16:00:00.000Z'],
  ['2023-01-01T08:30', '2023-01-01T00:30:00.000Z'],
  ['2023-01-01T08:30:15.5', '2023-01-01T00:30:15.500Z'],
  ['2023-01-01T08:30:15.123999', '2023-01-01T00:30:15.123Z'],
  ['2023-01-01T00:00:00.911000000Z', '2023-01-01T00:00:00.911Z'],
  ['2023-01-01T00:00:00+08:00', '2022-12-31T16:00:00.000Z'],
  ['2023-01-01T00:00:00Z', '2023-01-01T00:00:00.000Z'],
  ['2023-01-01T00:00:00-03:30', '2023-01-01T03:30:00.000Z'],
])('%s is read in Shanghai as %s', (text, instant) =>
  expect(instantOfText(zoneOf('Asia/Shanghai'), text)).toBe(Date.parse(instant)),
)

test.each([
  '2023-02-29',
  '2023-1-1',
  '2023-01-01T25:00',
  '2023-01-01 08:00',
  '2023-01-01T08',
  '2023-01-01T08:00:00.1234567890',
  'now',
  '1672531200000',
  '',
])('"%s" is no instant', (text) => expect(instantOfText(zoneOf('Asia/Shanghai'), text)).toBeNull())

function transitionsOf(name: string): number[] {
  const transitions: number[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(FROM_AT_MS - 1).toZonedDateTimeISO(name)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= TO_AT_MS) return transitions
    transitions.push(next.epochMilliseconds)
    at = next
  }
}

function oracleLocalMs(name: string, atMs: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(name)
  return atMs + zoned.offsetNanoseconds / 1e6
}
