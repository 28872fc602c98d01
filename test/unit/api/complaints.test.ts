/** What users of other systems complain about, and do not meet here: one test each (kpi/README.md). */
import { expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import type { Definitions } from '../../../kpi/definitions.ts'
import { aCall } from '../kpi/made-by-hand.ts'
import { type AskedApp, anApp, at, PANJIN } from './asked-app.ts'

const callAt = (local: string, change: Partial<Call> = {}): Call => {
  const arrivedAtMs = at(local)
  const answered = { queuedAtMs: arrivedAtMs, answeredAtMs: arrivedAtMs + 5000, endedAtMs: arrivedAtMs + 60_000 }
  return aCall({ arrivedAtMs, ...answered, emittedAtMs: answered.endedAtMs, ...change })
}
const abandonedAt = (local: string): Call => callAt(local, { answeredAtMs: null, outcome: 'WAITING_ABANDONED' })

interface Fraction {
  id: string
  numerator: number
  denominator: number
}
async function rateOf({ ask }: AskedApp, url: string, id = 'connectionRate'): Promise<[number, number]> {
  const { kpis } = (await ask(url)).json() as { kpis: Fraction[] }
  const { numerator, denominator } = kpis.find((kpi) => kpi.id === id)!
  return [numerator, denominator]
}
interface Point {
  startAt: string
  offeredCount: number
  answeredCount: number
}
const pointsOf = async ({ ask }: AskedApp, query: string): Promise<Point[]> =>
  (await ask(`/v1/rates?${query}`)).json().points

test('one call counted once per ringing seat: it is one call, whichever seats its revisions name', async () => {
  const app = await anApp()
  const call = callAt('2023-03-10T09:00')
  app.reader.callFacts = ['seat-1', 'seat-2', 'seat-3'].map((agent, index) => ({
    ...call,
    agent,
    revision: index + 1,
    content: 1n,
  }))
  expect(await rateOf(app, '/v1/months/2023-03')).toEqual([1, 1])
})

test('numerator and denominator with different filters: a test call is in neither, though it was answered', async () => {
  const app = await anApp()
  app.reader.calls = [callAt('2023-03-10T09:00', { outcome: 'TEST', rating: 5 }), abandonedAt('2023-03-10T09:00')]
  expect(await rateOf(app, '/v1/months/2023-03')).toEqual([0, 1])
  expect(await rateOf(app, '/v1/months/2023-03', 'goodRatingRate')).toEqual([0, 0])
})

test('a call at exactly 09:00:00 in two rows: it is in the quarter-hour that begins then', async () => {
  const app = await anApp()
  app.reader.calls = [callAt('2023-03-10T09:00:00')]
  const points = await pointsOf(app, 'grain=cell&from=2023-03-10T08:45&to=2023-03-10T09:15')
  expect(points.map(({ offeredCount }) => offeredCount)).toEqual([0, 1])
})

test('answered / offered above 100 % because the two use different clocks: both count where the call arrived', async () => {
  const app = await anApp()
  const arrived = at('2023-03-31T23:59:50')
  app.reader.calls = [callAt('2023-03-31T23:59:50', { queuedAtMs: arrived, answeredAtMs: arrived + 20_000 })]
  expect(await rateOf(app, '/v1/months/2023-03')).toEqual([1, 1])
  expect(await rateOf(app, '/v1/months/2023-04')).toEqual([0, 0])
})

test.each<[keyof Definitions, number]>([
  ['shortAbandonMsMax', 5000],
  ['answerThresholdMs', 20_000],
  ['positiveRatingMin', 4],
  ['satisfiedMin', 4],
])('definitions that change figures retroactively in silence: another %s is another series', async (name, value) => {
  const before = (await (await anApp()).ask('/v1/years/2023')).json()
  const { ask } = await anApp({ definitions: { ...PANJIN.definitions, [name]: value } })
  expect((await ask('/v1/years/2023')).json().definitions).not.toBe(before.definitions)
})

test('a target that changes recounts nothing: the series stays', async () => {
  const before = (await (await anApp()).ask('/v1/years/2023')).json()
  const { ask } = await anApp({ targets: { connectionRate: 0.95 } })
  const after = (await ask('/v1/years/2023')).json()
  expect(after.definitions).toBe(before.definitions)
  expect(after.profileVersion).not.toBe(before.profileVersion)
})

test('figures that break at midnight in a 24-hour centre: hours go on across it', async () => {
  const app = await anApp()
  app.reader.calls = [callAt('2023-03-10T23:59:59.999'), callAt('2023-03-11T00:00:00.000')]
  const points = await pointsOf(app, 'grain=hour&from=2023-03-10T22:00&to=2023-03-11T02:00')
  expect(points.map(({ offeredCount }) => offeredCount)).toEqual([0, 1, 1, 0])
})

test('hours shifted by 8 in China: a day begins at its own midnight, whatever zone the host is in', async () => {
  const app = await anApp()
  app.reader.calls = [callAt('2023-03-10T00:00'), callAt('2023-03-10T07:59'), callAt('2023-03-10T23:59')]
  const points = await pointsOf(app, 'grain=day&from=2023-03-09&to=2023-03-12')
  expect(points.map(({ startAt, offeredCount }) => [startAt, offeredCount])).toEqual([
    ['2023-03-09T00:00:00+08:00', 0],
    ['2023-03-10T00:00:00+08:00', 3],
    ['2023-03-11T00:00:00+08:00', 0],
  ])
})

test('sums of a drill-down that differ from the summary: lines, regions, days and months add up to it', async () => {
  const app = await anApp()
  app.reader.calls = Array.from({ length: 90 }, (_, index) => ({
    ...(index % 4 === 0 ? abandonedAt : callAt)(
      `2023-${index % 2 ? '05' : '06'}-${String((index % 28) + 1).padStart(2, '0')}T12:00`,
    ),
    line: ['12345', '12315', ''][index % 3]!,
    region: ['211102', ''][index % 2]!,
  }))
  const summary = await rateOf(app, '/v1/quarters/2023-Q2')
  const range = 'from=2023-04-01&to=2023-07-01'
  const sum = (points: Point[]) => [
    points.reduce((total, { answeredCount }) => total + answeredCount, 0),
    points.reduce((total, { offeredCount }) => total + offeredCount, 0),
  ]
  for (const drillDown of [
    ['grain=day'],
    ['grain=month'],
    ['grain=month&line=12345', 'grain=month&line=12315', 'grain=month&line='],
    ['grain=day&region=211102', 'grain=day&region='],
  ]) {
    const parts = await Promise.all(drillDown.map((part) => pointsOf(app, `${part}&${range}`)))
    expect(sum(parts.flat()), drillDown.join()).toEqual(summary)
  }
})

test('days of 23 and 25 hours: every call of such a day is in it, once', async () => {
  const app = await anApp({ timeZone: 'Europe/Berlin' })
  const hourly = (from: string, count: number) =>
    Array.from({ length: count }, (_, hour) => aCall({ arrivedAtMs: Date.parse(from) + hour * 3_600_000 }))
  app.reader.calls = [...hourly('2023-03-25T23:00Z', 23), ...hourly('2023-10-28T22:00Z', 25)]
  const spring = await pointsOf(app, 'grain=day&from=2023-03-25&to=2023-03-28')
  const autumn = await pointsOf(app, 'grain=day&from=2023-10-28&to=2023-10-31')
  expect(spring.map(({ offeredCount }) => offeredCount)).toEqual([0, 23, 0])
  expect(autumn.map(({ offeredCount }) => offeredCount)).toEqual([0, 25, 0])
})

test('late corrections lost or counted twice: the last revision counts, once, however late and often it comes', async () => {
  const app = await anApp()
  const first = { ...abandonedAt('2023-03-10T09:00'), content: 1n }
  const mended = {
    ...callAt('2023-03-10T09:00', { revision: 2, rating: 5, emittedAtMs: at('2023-11-01T00:00') }),
    content: 2n,
  }
  app.reader.callFacts = [mended, first, mended, first]
  expect(await rateOf(app, '/v1/months/2023-03')).toEqual([1, 1])
  expect(await rateOf(app, '/v1/months/2023-03', 'goodRatingRate')).toEqual([1, 1])
  expect(await rateOf(app, '/v1/months/2023-11')).toEqual([0, 0])
})
