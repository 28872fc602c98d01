import { describe, expect, test } from 'vitest'
import { aCall, aTicket } from '../kpi/made-by-hand.ts'
import { anApp, at } from './asked-app.ts'

interface Kpi {
  id: string
  numerator: number
  denominator: number
  [word: string]: unknown
}
const kpi = (answer: { kpis: Kpi[] }, id: string): Kpi => answer.kpis.find((candidate) => candidate.id === id)!

const answeredAt = (local: string) => {
  const arrivedAtMs = at(local)
  return aCall({
    arrivedAtMs,
    queuedAtMs: arrivedAtMs,
    answeredAtMs: arrivedAtMs + 5000,
    endedAtMs: arrivedAtMs + 60_000,
  })
}
const abandonedAt = (local: string) => ({
  ...answeredAt(local),
  answeredAtMs: null,
  outcome: 'WAITING_ABANDONED' as const,
})

describe('a year', () => {
  test('gives every KPI with base, target, what was published, and the rounding of the profile', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [
      answeredAt('2023-03-10T09:00:00'),
      answeredAt('2023-03-10T10:00:00'),
      abandonedAt('2023-12-31T23:59:59.999'),
    ]
    const answer = (await ask('/v1/years/2023')).json()
    expect(answer).toMatchObject({
      period: '2023',
      from: '2023-01-01T00:00:00+08:00',
      to: '2024-01-01T00:00:00+08:00',
      profile: 'panjin-2023',
      evidence: { calls: 3, tickets: 0 },
      simulated: false,
    })
    expect(answer.profileVersion).toMatch(/^[0-9a-f]{12}$/)
    expect(kpi(answer, 'connectionRate')).toMatchObject({
      numerator: 2,
      denominator: 3,
      ratio: 2 / 3,
      percent: '66.67',
      target: 0.8,
      met: false,
      published: { percent: '98.01', source: '2023年全省12345热线平台运行建设情况的通报' },
      base: { zh: expect.stringContaining('人工请求量') },
      previous: null,
      yearBefore: null,
    })
  })

  test('rounds as the profile says', async () => {
    const { reader, ask } = await anApp({ report: { rounding: 'truncate', decimals: 1 } })
    reader.calls = [answeredAt('2023-03-10T09:00'), answeredAt('2023-03-10T09:00'), abandonedAt('2023-03-10T09:00')]
    expect(kpi((await ask('/v1/years/2023')).json(), 'connectionRate').percent).toBe('66.6')
  })

  test('without a record is 200: counts 0, ratio null, and a reason', async () => {
    const { ask } = await anApp()
    const answer = await ask('/v1/years/1999')
    expect(answer.statusCode).toBe(200)
    for (const { numerator, denominator, ratio, percent, met, reason } of answer.json().kpis) {
      expect([numerator, denominator, ratio, percent, met]).toEqual([0, 0, null, null, null])
      expect(reason).toContain('the denominator is 0')
    }
    expect(answer.json()).toMatchObject({ asOf: null, status: 'open', evidence: { calls: 0, tickets: 0 } })
  })

  test('is compared with the year before, which is also the previous one', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [answeredAt('2022-06-01T12:00'), abandonedAt('2022-06-01T12:00'), answeredAt('2023-06-01T12:00')]
    const { previous, yearBefore } = kpi((await ask('/v1/years/2023')).json(), 'connectionRate')
    expect(previous).toEqual({ numerator: 1, denominator: 2, ratio: 0.5 })
    expect(yearBefore).toEqual(previous)
  })

  test.each([
    ['1989', 'a year before all records'],
    ['2100', 'a year after all records'],
    ['23', 'a year of two digits'],
    ['2023-01', 'a month'],
    ['2023-02-29', 'a day'],
    ['abcd', 'a word'],
    ['%00', 'a control character'],
  ])('%s is refused: %s', async (year) => {
    const { ask } = await anApp()
    const answer = await ask(`/v1/years/${year}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 400, code: 'STEADYLINE_PARAMETER_INVALID', parameter: 'year' })
  })
})

describe('the window of a record', () => {
  test('a call at midnight is in one month only, and one that is answered after midnight stays where it arrived', async () => {
    const { reader, ask } = await anApp()
    const late = answeredAt('2023-03-31T23:59:59')
    reader.calls = [answeredAt('2023-04-01T00:00:00'), { ...late, answeredAtMs: at('2023-04-01T00:00:20') }]
    const march = kpi((await ask('/v1/months/2023-03')).json(), 'connectionRate')
    const april = kpi((await ask('/v1/months/2023-04')).json(), 'connectionRate')
    expect([march.numerator, march.denominator]).toEqual([1, 1])
    expect([april.numerator, april.denominator]).toEqual([1, 1])
  })

  test('months add up to their quarter and quarters to their year, in every count', async () => {
    const { reader, ask } = await anApp()
    reader.calls = Array.from({ length: 400 }, (_, day) => {
      const local = new Date(at('2022-12-20T00:00') + day * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 19)
      return day % 7 === 0 ? abandonedAt(local) : answeredAt(local)
    })
    const counts = async (url: string) => {
      const { numerator, denominator } = kpi((await ask(url)).json(), 'connectionRate')
      return [numerator, denominator]
    }
    const year = await counts('/v1/years/2023')
    const months = Array.from({ length: 12 }, (_, month) => `/v1/months/2023-${String(month + 1).padStart(2, '0')}`)
    for (const urls of [months, [1, 2, 3, 4].map((quarter) => `/v1/quarters/2023-Q${quarter}`)]) {
      const parts = await Promise.all(urls.map(counts))
      expect(parts.reduce((sum, part) => [sum[0]! + part[0]!, sum[1]! + part[1]!])).toEqual(year)
    }
  })

  test('a ticket accepted in one month and due in the next is in both, by different KPIs', async () => {
    const { reader, ask } = await anApp()
    const dueAtMs = at('2023-06-05T17:00')
    reader.tickets = [aTicket({ acceptedAtMs: at('2023-05-20T09:00'), dueAtMs, closedAtMs: dueAtMs, status: 'CLOSED' })]
    const may = (await ask('/v1/months/2023-05')).json()
    const june = (await ask('/v1/months/2023-06')).json()
    expect(kpi(may, 'closureRate')).toMatchObject({ numerator: 1, denominator: 1 })
    expect(kpi(may, 'onTimeClosureRate')).toMatchObject({ numerator: 0, denominator: 0 })
    expect(kpi(june, 'closureRate')).toMatchObject({ numerator: 0, denominator: 0, previous: { numerator: 1 } })
    expect(kpi(june, 'onTimeClosureRate')).toMatchObject({ numerator: 1, denominator: 1, previous: null })
  })
})

test('a caller who gives up and gets through later that day is one success of one caller-day', async () => {
  const { reader, ask } = await anApp()
  reader.calls = [
    abandonedAt('2023-03-10T09:00'),
    answeredAt('2023-03-10T23:59'),
    abandonedAt('2023-03-11T00:00'),
    { ...abandonedAt('2023-03-11T00:01'), caller: '' },
    { ...abandonedAt('2023-03-11T00:01'), caller: '', callId: 'call-2' },
  ]
  const answer = (await ask('/v1/months/2023-03')).json()
  expect(kpi(answer, 'connectionRateByCaller')).toMatchObject({ numerator: 1, denominator: 4 })
  expect(kpi(answer, 'connectionRate')).toMatchObject({ numerator: 1, denominator: 5 })
})

describe('quarters', () => {
  test('count from the start of the contract', async () => {
    const { ask } = await anApp({
      contract: { from: '2023-04-01', to: '2024-04-01', settleEvery: 'P3M', amountCny: 1, persons: 1 },
    })
    expect((await ask('/v1/quarters/2023-Q1')).json()).toMatchObject({
      from: '2023-04-01T00:00:00+08:00',
      to: '2023-07-01T00:00:00+08:00',
    })
  })

  test.each(['2023-Q5', '2023-Q0', '2023Q1', '2023-q1', '1989-Q4', '2100-Q1'])('%s is refused', async (quarter) => {
    const { ask } = await anApp()
    expect((await ask(`/v1/quarters/${quarter}`)).json()).toMatchObject({ status: 400, parameter: 'quarter' })
  })

  test('the published figure is of the whole contract, so no quarter shows it', async () => {
    const { ask } = await anApp()
    expect(kpi((await ask('/v1/quarters/2023-Q1')).json(), 'connectionRate')).toMatchObject({
      published: null,
      target: 0.8,
    })
  })
})

describe('status', () => {
  //  2023 ends           + 2 h                 + 30 days
  //  [ . . . . . . . . . [ calls provisional . | calls final
  //                      [ tickets provisional . . . . . . . | tickets final
  test.each([
    ['before its end', '2023-12-31T23:59:59', 'open', 'open', 'open'],
    ['at its end', '2024-01-01T00:00:00', 'provisional', 'provisional', 'provisional'],
    ['when calls have settled', '2024-01-01T02:00:00', 'provisional', 'final', 'provisional'],
    ['when tickets have settled too', '2024-01-31T00:00:00', 'final', 'final', 'final'],
  ])('%s', async (_promise, watermark, whole, calls, tickets) => {
    const { reader, ask } = await anApp()
    reader.marks = { callsAtMs: at(watermark), ticketsAtMs: at(watermark) }
    const answer = (await ask('/v1/years/2023')).json()
    expect(answer.status).toBe(whole)
    expect(kpi(answer, 'connectionRate').status).toBe(calls)
    expect(kpi(answer, 'closureRate').status).toBe(tickets)
    expect(kpi(answer, 'onTimeClosureRate').status).toBe(tickets)
  })

  test('asOf is the lesser watermark, and null while one topic has none', async () => {
    const { reader, ask } = await anApp()
    reader.marks = { callsAtMs: at('2023-06-02T00:00'), ticketsAtMs: at('2023-06-01T00:00') }
    expect((await ask('/v1/years/2023')).json().asOf).toBe('2023-06-01T00:00:00+08:00')
    reader.marks = { callsAtMs: at('2023-06-02T00:00'), ticketsAtMs: null }
    expect((await ask('/v1/years/2023')).json().asOf).toBeNull()
  })
})

describe('as of an earlier time', () => {
  const call = answeredAt('2023-05-01T09:00')
  const facts = [
    { ...call, content: 1n, emittedAtMs: at('2023-05-01T09:02') },
    { ...call, content: 1n, emittedAtMs: at('2023-05-20T00:00'), revision: 2, outcome: 'VOID' as const },
  ]

  test.each([
    ['before it was told of', '2023-05-01T09:01:59.999', 0, 0],
    ['at the very instant', '2023-05-01T09:02', 1, 1],
    ['before it was withdrawn', '2023-05-19', 1, 1],
    ['after', '2023-05-20T00:00:00.000', 0, 2],
  ])('%s', async (_promise, asOf, offered, evidence) => {
    const { reader, ask } = await anApp()
    reader.callFacts = facts
    reader.marks = { callsAtMs: at('2023-05-19T00:00'), ticketsAtMs: at('2024-05-19T00:00') }
    const answer = (await ask(`/v1/months/2023-05?asOf=${asOf}`)).json()
    expect(kpi(answer, 'connectionRate').denominator).toBe(offered)
    expect(answer.evidence.calls).toBe(evidence)
    expect(Date.parse(answer.asOf)).toBe(
      Math.min(at(asOf.length === 10 ? `${asOf}T00:00` : asOf), at('2023-05-19T00:00')),
    )
    expect(answer.status).toBe('open')
  })

  test.each(['asOf=yesterday', 'asOf=', 'asof=2023-05-01'])('%s is refused', async (query) => {
    const { ask } = await anApp()
    expect((await ask(`/v1/years/2023?${query}`)).statusCode).toBe(400)
  })
})

test('simulated as soon as one generated record is touched, also in what is compared', async () => {
  const { reader, ask } = await anApp()
  reader.calls = [{ ...answeredAt('2022-05-01T00:00'), callId: 'sim-1' }]
  expect((await ask('/v1/years/2023')).json().simulated).toBe(true)
  expect((await ask('/v1/years/2024')).json().simulated).toBe(false)
})

test('the ETag changes with anything that the body shows, and spares sending it again', async () => {
  const { reader, ask } = await anApp()
  const first = await ask('/v1/years/2023')
  const tag = String(first.headers.etag)
  const again = await ask('/v1/years/2023', { 'if-none-match': tag })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  reader.marks = { callsAtMs: 0, ticketsAtMs: 0 }
  expect((await ask('/v1/years/2023', { 'if-none-match': tag })).statusCode).toBe(200)
})
