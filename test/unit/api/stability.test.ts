import { describe, expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import { aCall, aTicket } from '../kpi/made-by-hand.ts'
import { anApp, at } from './asked-app.ts'

/** `offered` calls a minute apart from a local instant, of which the first `answered` are answered. */
function callsFrom(local: string, offered: number, answered: number, change: Partial<Call> = {}): Call[] {
  return Array.from({ length: offered }, (_, index) => {
    const arrivedAtMs = at(local) + index * 60_000
    const isAnswered = index < answered
    return aCall({
      callId: `call-${local}-${index}`,
      arrivedAtMs,
      queuedAtMs: arrivedAtMs + 1_000,
      answeredAtMs: isAnswered ? arrivedAtMs + 9_000 : null,
      endedAtMs: arrivedAtMs + 60_000,
      agent: isAnswered ? `seat-${index % 3}` : null,
      outcome: isAnswered ? 'ANSWERED' : 'WAITING_ABANDONED',
      emittedAtMs: arrivedAtMs + 60_000,
      ...change,
    })
  })
}

const SETTLED = { callsAtMs: at('2024-01-01T02:00'), ticketsAtMs: null }

describe('GET /v1/peaks', () => {
  test('answers every field of a window beside the overall rate of its year', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [...callsFrom('2023-03-10T09:00', 100, 98), ...callsFrom('2023-03-10T18:00', 100, 60)]
    reader.marks = SETTLED
    const answer = (await ask('/v1/peaks?year=2023')).json()
    expect(answer).toMatchObject({
      basis: 'year',
      overall: { offeredCount: 200, answeredCount: 158, ratio: 0.79 },
      tolerancePoints: 2,
      confidence: 0.95,
      status: 'final',
      evidence: { calls: 200 },
      simulated: false,
    })
    expect(answer.instances).toHaveLength(249 + 249 + 365 + 3)
    expect(answer.instances.find(({ id }: { id: string }) => id === 'evening@2023-03-10')).toMatchObject({
      period: 'evening',
      kind: 'peak',
      date: '2023-03-10',
      startAt: '2023-03-10T18:00:00+08:00',
      endAt: '2023-03-10T20:00:00+08:00',
      offeredCount: 100,
      answeredCount: 60,
      abandonedCount: 40,
      noSeatCount: 0,
      flowedOutCount: 0,
      failedCount: 0,
      otherCount: 0,
      meanWaitMs: 8000,
      ratio: 0.6,
      deviationPoints: expect.closeTo(-19, 9),
      withinTolerance: false,
      verdict: 'deviates',
      coverage: 'received',
      status: 'final',
      evidence: 100,
    })
  })

  test('a window without calls has no rate and is insufficient', async () => {
    const { ask } = await anApp()
    const { instances, status } = (await ask('/v1/peaks?year=2023&period=evening')).json()
    expect(instances).toHaveLength(365)
    expect(instances[0]).toMatchObject({ offeredCount: 0, ratio: null, deviationPoints: null, verdict: 'insufficient' })
    expect(status).toBe('open')
  })

  test('a range lists the windows that start in it, each as it is in the whole year', async () => {
    const { reader, ask } = await anApp()
    reader.calls = callsFrom('2023-03-10T18:00', 100, 60)
    const year = (await ask('/v1/peaks?year=2023')).json()
    const range = (await ask('/v1/peaks?from=2023-03-10&to=2023-03-11')).json()
    expect(range.instances.map(({ id }: { id: string }) => id)).toEqual([
      'weekday-morning@2023-03-10',
      'weekday-afternoon@2023-03-10',
      'evening@2023-03-10',
    ])
    expect(range.overall).toEqual(year.overall)
    const { adjustedP: _, ...evening } = range.instances[2]
    expect(year.instances.find(({ id }: { id: string }) => id === evening.id)).toMatchObject(evening)
  })

  test.each([
    ['/v1/peaks', 'from'],
    ['/v1/peaks?year=23', 'year'],
    ['/v1/peaks?year=2023&from=2023-01-01', 'to'],
    ['/v1/peaks?from=2022-12-01&to=2023-02-01', 'to'],
    ['/v1/peaks?year=2023&period=noon', 'period'],
  ])('%s says which parameter is wrong', async (url, parameter) => {
    const { ask } = await anApp()
    const answer = await ask(url)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ parameter, code: 'STEADYLINE_PARAMETER_INVALID' })
  })
})

describe('GET /v1/stability', () => {
  test('the worst instance comes with why: where calls went, the wait, and the seats seen answering', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [...callsFrom('2023-03-10T09:00', 100, 98), ...callsFrom('2023-03-10T18:00', 100, 60)]
    reader.marks = SETTLED
    const { worst } = (await ask('/v1/stability/2023')).json()
    expect(worst[0]).toMatchObject({
      id: 'evening@2023-03-10',
      seatsAnsweringCount: 3,
      why: { zh: '放弃40；平均等待8秒；接听坐席3席', en: '40 abandoned; mean wait 8 s; 3 seats answering' },
    })
  })

  test('continuity counts records over a day late, and tickets whose call nobody knows', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [
      ...callsFrom('2023-03-10T09:00', 8, 8),
      ...callsFrom('2023-03-10T10:00', 1, 1, { emittedAtMs: at('2023-03-11T10:01:00.001') }),
      ...callsFrom('2023-03-10T11:00', 1, 1, { emittedAtMs: at('2023-03-11T11:01') }),
    ]
    reader.tickets = [
      aTicket({ ticketId: 't-1', acceptedAtMs: at('2023-03-10T09:30'), callId: 'call-2023-03-10T09:00-1' }),
      aTicket({ ticketId: 't-2', acceptedAtMs: at('2023-03-10T09:30'), callId: 'call-nobody-knows' }),
      aTicket({ ticketId: 't-3', acceptedAtMs: at('2023-03-10T09:30'), callId: null }),
    ]
    expect((await ask('/v1/stability/2023')).json().continuity).toMatchObject({
      recordsCount: 10,
      lateRecordsCount: 1,
      lateRatio: 0.1,
      acceptedTicketsCount: 3,
      ticketsOfUnknownCallsCount: 1,
    })
  })

  test('a quarter is held against itself, and counts from the start of the contract', async () => {
    const { ask } = await anApp({
      contract: { from: '2023-04-01', to: '2024-04-01', settleEvery: 'P3M', amountCny: 1, persons: 1 },
    })
    expect((await ask('/v1/stability/2023-Q1')).json()).toMatchObject({
      basis: 'quarter',
      from: '2023-04-01T00:00:00+08:00',
      to: '2023-07-01T00:00:00+08:00',
    })
  })

  test('a year without records says that there is no data, never that peaks hold', async () => {
    const { ask } = await anApp()
    const answer = (await ask('/v1/stability/2031')).json()
    expect(answer.sentence.zh).toContain('无数据')
    expect(answer.overall).toMatchObject({ offeredCount: 0, ratio: null, reason: expect.any(String) })
  })

  test.each(['/v1/stability/23', '/v1/stability/2023-Q5', '/v1/stability/2023-03', '/v1/stability/2023?from=x'])(
    '%s is refused',
    async (url) => {
      const { ask } = await anApp()
      expect((await ask(url)).statusCode).toBe(400)
    },
  )

  test('print and CSV of generated records are headed 模拟数据, others are not', async () => {
    const { reader, ask } = await anApp()
    reader.calls = callsFrom('2023-03-10T18:00', 10, 9)
    const texts = async () =>
      Promise.all(['text/html', 'text/csv'].map(async (accept) => (await ask('/v1/stability/2023', { accept })).body))
    for (const text of await texts()) expect(text).not.toContain('模拟数据')
    reader.calls.push(aCall({ callId: 'sim-1', arrivedAtMs: at('2023-06-01T12:00') }))
    for (const text of await texts()) expect(text).toContain('模拟数据')
  })

  test('what people wrote cannot run in the page or in a spreadsheet', async () => {
    const evil = '<script>alert(1)</script>'
    const { reader, ask } = await anApp({
      name: evil,
      notes: [{ from: '2023-03-10', to: '2023-03-11', text: evil }],
      peaks: [{ id: 'evening', name: `=HYPERLINK("x")${evil}`, days: 'all', from: '18:00', to: '20:00' }],
    })
    reader.calls = callsFrom('2023-03-10T18:00', 10, 1)
    const page = await ask(`/v1/stability/2023?line=${encodeURIComponent(evil)}`, { accept: 'text/html' })
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.body).not.toContain('<script')
    const csv = await ask('/v1/stability/2023', { accept: 'text/csv' })
    expect(csv.body).not.toMatch(/(^|[\r\n,])[=+@]/)
  })

  test('a form that there is not is refused', async () => {
    const { ask } = await anApp()
    expect((await ask('/v1/stability/2023', { accept: 'application/pdf' })).statusCode).toBe(406)
  })
})
