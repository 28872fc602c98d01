import { expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { aCall, aTicket } from '../kpi/made-by-hand.ts'
import { type AskedApp, anApp, at } from './asked-app.ts'

const SETTLED = { callsAtMs: at('2024-01-01T02:00'), ticketsAtMs: at('2024-01-31T00:00') }
const ARRIVED = at('2023-05-01T09:00')

let content = 0n
function call(callId: string, change: Partial<Call> = {}) {
  const arrivedAtMs = change.arrivedAtMs ?? ARRIVED
  const instants = { arrivedAtMs, queuedAtMs: arrivedAtMs, answeredAtMs: arrivedAtMs + 1, endedAtMs: arrivedAtMs + 2 }
  return { ...aCall({ callId, ...instants, ...change }), content: ++content }
}
function ticket(ticketId: string, change: Partial<Ticket> = {}) {
  return { ...aTicket({ ticketId, acceptedAtMs: ARRIVED, ...change }), content: ++content }
}

async function asked(): Promise<AskedApp> {
  const app = await anApp()
  app.reader.marks = SETTLED
  app.reader.callFacts = [call('one'), call('two', { caller: 'p-2' })]
  app.reader.ticketFacts = [ticket('one')]
  return app
}

const issue = ({ app }: AskedApp, body: object) => app.inject({ method: 'POST', url: '/v1/statements', payload: body })

test('issuing twice is one statement: 201, then 200, the same id and the same bytes', async () => {
  const api = await asked()
  const first = await issue(api, { period: '2023-05' })
  expect(first.statusCode).toBe(201)
  const { id, revision, evidence } = first.json()
  expect({ revision, evidence }).toEqual({ revision: 1, evidence: { calls: 2, tickets: 1, dueTickets: 0 } })
  expect(first.headers.location).toBe(`/v1/statements/${id}`)
  const bytes = (await api.ask(`/v1/statements/${id}`)).body
  const second = await issue(api, { period: '2023-05' })
  expect([second.statusCode, second.json().id]).toEqual([200, id])
  expect((await api.ask(`/v1/statements/${id}`)).body).toBe(bytes)
  expect((await api.ask('/v1/statements')).json().statements).toHaveLength(1)
})

test('a watermark that moves on changes nothing of what would be issued', async () => {
  const api = await asked()
  const { id } = (await issue(api, { period: '2023' })).json()
  const bytes = (await api.ask(`/v1/statements/${id}`)).body
  api.statements.empty()
  api.reader.marks = { callsAtMs: at('2025-01-01T00:00'), ticketsAtMs: at('2026-01-01T00:00') }
  expect((await issue(api, { period: '2023' })).json().id).toBe(id)
  expect((await api.ask(`/v1/statements/${id}`)).body).toBe(bytes)
})

test.each([
  ['calls not settled', { ...SETTLED, callsAtMs: at('2024-01-01T01:59:59.999') }],
  ['tickets not settled', { ...SETTLED, ticketsAtMs: at('2024-01-30T23:59:59.999') }],
  ['nothing counted yet', { callsAtMs: null, ticketsAtMs: null }],
])('a year with %s is refused; a provisional statement about it comes before the final one', async (_what, marks) => {
  const api = await asked()
  api.reader.marks = marks
  expect((await issue(api, { period: '2023' })).json()).toMatchObject({
    status: 409,
    code: 'STEADYLINE_PERIOD_NOT_FINAL',
  })
  const provisional = (await issue(api, { period: '2023', provisional: true })).json()
  expect(provisional.status).not.toBe('final')
  expect((await api.ask('/v1/years/2023')).json().status).not.toBe('restated')
  api.reader.marks = SETTLED
  const final = (await issue(api, { period: '2023' })).json()
  expect(final).toMatchObject({ status: 'final', revision: 2 })
})

test('with less evidence than was issued nothing is issued', async () => {
  const api = await asked()
  await issue(api, { period: '2023-05' })
  api.reader.callFacts = api.reader.callFacts.slice(1)
  expect((await issue(api, { period: '2023-05' })).json()).toMatchObject({
    status: 409,
    code: 'STEADYLINE_EVIDENCE_LESS',
  })
})

test.each(['2023-13', '2023-Q5', '2023-05-01', 'May', '1989', ''])(
  'a period %j is refused with its name',
  async (period) => {
    const answer = await issue(await asked(), { period })
    expect(answer.json()).toMatchObject({ status: 400, code: 'STEADYLINE_PARAMETER_INVALID' })
  },
)

test('a body with what nobody knows is refused, and so are one without a period and none at all', async () => {
  expect((await issue(await asked(), { period: '2023', asOf: '2023-07-01' })).json()).toMatchObject({
    parameter: 'asOf',
  })
  expect((await issue(await asked(), {})).json()).toMatchObject({ parameter: 'period' })
  const { app } = await asked()
  const answer = await app.inject({ method: 'POST', url: '/v1/statements' })
  expect(answer.json()).toMatchObject({ status: 400, parameter: 'body', detail: 'body must be object' })
})

test('quarters count from the start of the contract', async () => {
  const api = await anApp({
    contract: { from: '2023-04-01', to: '2024-04-01', settleEvery: 'P3M', amountCny: 1, persons: 1 },
  })
  api.reader.marks = { callsAtMs: at('2025-01-01T00:00'), ticketsAtMs: at('2025-01-01T00:00') }
  const { id, from, to } = (await issue(api, { period: '2023-Q1' })).json()
  expect([from, to]).toEqual(['2023-04-01T00:00:00+08:00', '2023-07-01T00:00:00+08:00'])
  const year = (await issue(api, { period: '2023' })).json()
  expect([year.from, year.to]).toEqual(['2023-04-01T00:00:00+08:00', '2024-04-01T00:00:00+08:00'])
  expect(id).not.toBe(year.id)
})

test('id and hash are printed on the page, of a year in the head that repeats on every sheet', async () => {
  const api = await asked()
  for (const period of ['2023', '2023-05']) {
    const { id, sha256 } = (await issue(api, { period })).json()
    const page = (await api.ask(`/v1/statements/${id}`, { accept: 'text/html' })).body
    const head = page.slice(page.indexOf('<thead>'), page.indexOf('</thead>'))
    expect(head).toContain(`定版报表 ${id} · SHA-256 ${sha256}`)
  }
  expect((await api.ask('/v1/evaluations/2023', { accept: 'text/html' })).body).not.toContain('定版报表')
})

test('no statement of that id is 404', async () => {
  const api = await asked()
  for (const path of ['/v1/statements/0', '/v1/statements/0/diff']) {
    expect((await api.ask(path)).json()).toMatchObject({ status: 404, code: 'STEADYLINE_STATEMENT_UNKNOWN' })
  }
})

test('what changed since is named: each record with the figures it moved, and no other', async () => {
  const api = await asked()
  const lost = call('lost', {
    caller: 'p-3',
    answeredAtMs: null,
    outcome: 'WAITING_ABANDONED',
    arrivedAtMs: ARRIVED + 1,
  })
  api.reader.callFacts.push(lost)
  const { id } = (await issue(api, { period: '2023-05' })).json()
  expect((await api.ask(`/v1/statements/${id}/diff`)).json()).toMatchObject({ records: [], kpis: [] })

  api.reader.callFacts.push(
    call('one', { revision: 2, rating: 5 }), // rated later
    call('two', { revision: 2, caller: 'p-2', region: '211103' }), // counts nowhere else
    call('again', { caller: 'p-3', arrivedAtMs: ARRIVED + 2 }), // the caller's day is answered now
    call('of June', { arrivedAtMs: at('2023-06-01T00:00') }),
  )
  api.reader.ticketFacts.push(
    ticket('one', { revision: 2, status: 'CLOSED', closedAtMs: ARRIVED, dueAtMs: at('2023-06-01T00:00') }),
    ticket('of April', { acceptedAtMs: at('2023-04-30T23:00'), dueAtMs: at('2023-05-31T23:59') }),
    ticket('of April, due there', { acceptedAtMs: at('2023-04-30T23:00'), dueAtMs: at('2023-04-30T23:59') }),
  )
  const { records, kpis, isComplete } = (await api.ask(`/v1/statements/${id}/diff`)).json()
  const named = Object.fromEntries(records.map((record: { id: string; kpis: string[] }) => [record.id, record.kpis]))
  expect(named).toMatchObject({
    one: ['closureRate'],
    two: [],
    again: expect.arrayContaining(['connectionRate', 'connectionRateByCaller', 'abandonmentRate']),
    'of April': ['closureRateOfDue', 'onTimeClosureRate'],
  })
  expect(records).toHaveLength(5)
  expect(records[0]).toMatchObject({ kind: 'call', id: 'one', kpis: ['goodRatingRate', 'ratingResponseRate'] })
  expect(records[0].issued.revision).toBe(1)
  expect(records[0].now.revision).toBe(2)
  expect(isComplete).toBe(true)
  const byCaller = kpis.find((kpi: { id: string }) => kpi.id === 'connectionRateByCaller')
  expect(byCaller).toMatchObject({ issued: { numerator: 2, denominator: 3 }, now: { numerator: 3, denominator: 3 } })
})

test('what was issued and counts otherwise now is restated, figure by figure, until it is issued again', async () => {
  const api = await asked()
  await issue(api, { period: '2023' })
  const statuses = async () => {
    const { status, kpis } = (await api.ask('/v1/years/2023')).json()
    const restated = kpis.filter((kpi: { status: string }) => kpi.status === 'restated')
    return [status, restated.map((kpi: { id: string }) => kpi.id)]
  }
  expect(await statuses()).toEqual(['final', []])
  api.reader.callFacts.push(call('one', { revision: 2, rating: 5 }))
  expect(await statuses()).toEqual(['restated', ['goodRatingRate', 'ratingResponseRate']])
  const evaluation = (await api.ask('/v1/evaluations/2023')).json()
  expect(evaluation.status).toBe('restated')
  expect(evaluation.indicators.find(({ code }: { code: string }) => code === 'C21')).toMatchObject({
    status: 'restated',
    score: 10,
  })
  expect((await api.ask('/v1/years/2023?asOf=2023-06-01')).json().status).not.toBe('restated')
  await issue(api, { period: '2023' })
  expect(await statuses()).toEqual(['final', []])
})
