import { describe, expect, test } from 'vitest'
import { aCall } from '../kpi/made-by-hand.ts'
import { anApp, at } from './asked-app.ts'

const callAt = (arrivedAtMs: number, line = '12345', region = '211102') =>
  aCall({
    arrivedAtMs,
    line,
    region,
    queuedAtMs: arrivedAtMs,
    answeredAtMs: arrivedAtMs + 1,
    endedAtMs: arrivedAtMs + 2,
  })

const offered = (answer: { points: { offeredCount: number }[] }) =>
  answer.points.map(({ offeredCount }) => offeredCount)

describe('points', () => {
  test('a call at exactly 09:00:00 is in one row only: the hour from nine', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [callAt(at('2023-03-10T09:00:00'))]
    const answer = (await ask('/v1/rates?grain=hour&from=2023-03-10T08:00&to=2023-03-10T10:00')).json()
    expect(offered(answer)).toEqual([0, 1])
    expect(answer.points[1]).toMatchObject({
      startAt: '2023-03-10T09:00:00+08:00',
      endAt: '2023-03-10T10:00:00+08:00',
      answeredCount: 1,
      ratio: 1,
      upper: 1,
      evidence: 1,
    })
    expect(answer.points[1].lower).toBeCloseTo(0.2065, 4)
  })

  test('without calls are there, with ratio null and a reason', async () => {
    const { ask } = await anApp()
    const { points } = (await ask('/v1/rates?grain=day&from=2023-03-10&to=2023-03-13')).json()
    expect(points).toHaveLength(3)
    expect(points[0]).toMatchObject({ offeredCount: 0, ratio: null, lower: null, upper: null, evidence: 0 })
    expect(points[0].reason).toContain('nobody asked')
  })

  test('of every grain add up to the same: cells, hours, days, months', async () => {
    const { reader, ask } = await anApp()
    reader.calls = Array.from({ length: 500 }, (_, index) => callAt(at('2023-03-01T00:00') + index * 4_321_000))
    for (const grain of ['cell', 'hour', 'day', 'month']) {
      const answer = (await ask(`/v1/rates?grain=${grain}&from=2023-03-01&to=2023-04-01`)).json()
      expect(
        offered(answer).reduce((sum, count) => sum + count),
        grain,
      ).toBe(500)
    }
  })

  test('a day in Berlin has 23 or 25 hours when the clocks change, and no call is in two of them', async () => {
    const { reader, ask } = await anApp({ timeZone: 'Europe/Berlin' })
    const quarter = 15 * 60_000
    reader.calls = Array.from({ length: 30 * 4 }, (_, index) =>
      callAt(Date.parse('2023-10-28T21:00Z') + index * quarter),
    )
    const autumn = (await ask('/v1/rates?grain=hour&from=2023-10-29&to=2023-10-30')).json()
    expect(offered(autumn)).toEqual(Array.from({ length: 25 }, () => 4))
    expect(autumn.points[2].startAt).toBe('2023-10-29T02:00:00+02:00')
    expect(autumn.points[3].startAt).toBe('2023-10-29T02:00:00+01:00')
    const spring = (await ask('/v1/rates?grain=hour&from=2023-03-26&to=2023-03-27')).json()
    expect(spring.points).toHaveLength(23)
  })

  test('a day in China begins at its own midnight, not eight hours later', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [callAt(at('2023-03-10T00:00:00')), callAt(at('2023-03-10T23:59:59.999'))]
    expect(offered((await ask('/v1/rates?grain=day&from=2023-03-09&to=2023-03-12')).json())).toEqual([0, 2, 0])
  })

  test('of a line or a region are those of that line or region, the unknown one too', async () => {
    const { reader, ask } = await anApp()
    const noon = at('2023-03-10T12:00')
    reader.calls = [callAt(noon), callAt(noon, '12315'), callAt(noon, '12315', '')]
    const of = async (part: string) =>
      offered((await ask(`/v1/rates?grain=day&from=2023-03-10&to=2023-03-11${part}`)).json())
    expect(await of('')).toEqual([3])
    expect(await of('&line=12315')).toEqual([2])
    expect(await of('&region=211102')).toEqual([2])
    expect(await of('&line=12315&region=')).toEqual([1])
    expect(await of('&line=nobody')).toEqual([0])
  })

  test('each has its own status', async () => {
    const { reader, ask } = await anApp()
    reader.marks = { callsAtMs: at('2023-03-11T00:00'), ticketsAtMs: null }
    const answer = (await ask('/v1/rates?grain=day&from=2023-03-09&to=2023-03-12')).json()
    expect(answer.points.map(({ status }: { status: string }) => status)).toEqual(['final', 'provisional', 'open'])
    expect(answer).toMatchObject({ status: 'open', asOf: '2023-03-11T00:00:00+08:00' })
  })
})

test.each([
  '2023-03-10',
  '2023-03-10T00:00',
  '2023-03-10T00:00:00%2B08:00',
  '2023-03-10T00:00:00+08:00',
  '2023-03-09T16:00:00Z',
  '2023-03-09T16:00:00.000Z',
  '2023-03-09T16:00:00.000000Z',
])('from %s is one and the same instant', async (from) => {
  const { ask } = await anApp()
  const { points } = (await ask(`/v1/rates?grain=day&from=${from}&to=2023-03-11`)).json()
  expect(points.map(({ startAt }: { startAt: string }) => startAt)).toEqual(['2023-03-10T00:00:00+08:00'])
})

describe('limits', () => {
  test('a year by hour fits, a year by quarter-hour does not', async () => {
    const { ask } = await anApp()
    const year = 'from=2024-01-01&to=2025-01-01'
    expect((await ask(`/v1/rates?grain=hour&${year}`)).json().points).toHaveLength(8784)
    expect((await ask(`/v1/rates?grain=cell&${year}`)).json()).toMatchObject({
      status: 400,
      code: 'STEADYLINE_RANGE_TOO_LONG',
      detail: expect.stringContaining('10000 points'),
    })
  })

  test.each([
    ['from=2023-03-10&to=2023-03-10', 'to'],
    ['from=2023-03-10&to=2023-03-09', 'to'],
    ['from=2023-02-29&to=2023-03-10', 'from'],
    ['from=yesterday&to=2023-03-10', 'from'],
    ['from=2023-03-10T08:07&to=2023-03-11', 'from'],
    ['from=1900-01-01&to=1900-01-02', 'from'],
    ['from=2023-01-01&to=2034-01-01', 'to'],
    ['from=2023-01-01', 'to'],
    ['from=2023-01-01&to=2023-01-02&grain=week', 'grain'],
    ['from=2023-01-01&to=2023-01-02&lines=12345', 'lines'],
    [`from=2023-01-01&to=2023-01-02&line=${'1'.repeat(257)}`, 'line'],
    ['from=2023-01-01&from=2023-01-01&to=2023-01-02', 'from'],
  ])('%s is refused and names %s', async (query, parameter) => {
    const { ask } = await anApp()
    expect((await ask(`/v1/rates?${query}`)).json()).toMatchObject({ status: 400, parameter })
  })

  test('a grain that there is not is told those that there are', async () => {
    const { ask } = await anApp()
    const { detail } = (await ask('/v1/rates?from=2023-01-01&to=2023-01-02&grain=week')).json()
    expect(detail).toBe('grain must be one of cell, hour, day, month')
  })
})
