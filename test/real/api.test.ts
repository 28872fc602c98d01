import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { isAnswered, NOT_A_CITIZEN } from '../../kpi/call.ts'
import { periodOf } from '../../kpi/periods.ts'
import { callIdentity, ticketIdentity, winnersOf } from '../../kpi/winner.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { anApp } from '../unit/api/asked-app.ts'
import { appOverStore } from './app-over-store.ts'
import { RandomFacts } from './random-facts.ts'
import { steadyline } from './steadyline.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const answered = answeredProfileOf(profile)

const random = new RandomFacts(12345)
const calls = random.calls(3000)
const tickets = random.tickets(2000)

let folder: string
let store: StoreOfFacts
/** Over the real store, and over arrays of winners: what kpi/ alone says of the same records. */
let real: FastifyInstance
let oracle: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline api '))
  store = await startStoreOfFacts(folder, profile)
  // In two halves and the first again: figures do not depend on how records arrive.
  await store.addCalls(calls.slice(0, 2000))
  await store.addCalls(calls.slice(2000))
  await store.addCalls(calls.slice(0, 500))
  await store.addTickets(tickets)
  real = await appOverStore(answered, store.url)
  const asked = await anApp(profile)
  asked.reader.callFacts = calls
  asked.reader.ticketFacts = tickets
  oracle = asked.app
})

afterAll(async () => {
  await real?.close()
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

const ask = async (app: FastifyInstance, url: string) => {
  const answer = await app.inject(url)
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 500)}`).toBe(200)
  return answer.json()
}

describe('figures read from the store are those of the definitions', () => {
  test.each([
    '/v1/years/2022',
    '/v1/years/2023',
    '/v1/years/2024',
    '/v1/years/1990',
    '/v1/years/2099',
    '/v1/quarters/2023-Q1',
    '/v1/quarters/2023-Q4',
    '/v1/months/2023-01',
    '/v1/months/2024-02',
  ])('%s', async (url) => {
    const [said, expected] = [await ask(real, url), await ask(oracle, url)]
    expect(said.kpis).toEqual(expected.kpis)
    expect(said.evidence).toEqual(expected.evidence)
  })

  test.each([
    '2022-12-31T23:59:59.999',
    '2023-01-15',
    '2023-02-28T12:00',
    '2023-04-01',
    '2023-05-05',
    '2023-07-01',
    '2023-09-30',
    '2023-12-31',
    '2024-03-01',
    '2025-01-01',
  ])('a year as of %s', async (asOf) => {
    const url = `/v1/years/2023?asOf=${asOf}`
    const [said, expected] = [await ask(real, url), await ask(oracle, url)]
    expect(said.kpis).toEqual(expected.kpis)
    expect(said.evidence).toEqual(expected.evidence)
  })

  test('of other definitions are another series: none of its cells are read', async () => {
    const otherwise = answeredProfileOf({
      ...profile,
      definitions: { ...profile.definitions, shortAbandonMsMax: 5000 },
    })
    const rows = new ClickHouseRows(store.url, 'steadyline', 30_000)
    const counted = await new ClickHouseReader(rows, otherwise).countedPeriod(periodOf('2023')!, null)
    expect(counted.evidence).toEqual({ calls: 0, tickets: 0 })
    await rows.close()
  })

  const parts = ['', '&line=12345', `&line=${encodeURIComponent("热线'x\\")}`, '&region=', '&line=12315&region=211103']
  test.each(parts)('rates of%s', async (part) => {
    for (const range of ['grain=month&from=2022-11-01&to=2024-04-01', 'grain=hour&from=2023-03-01&to=2023-04-01']) {
      const url = `/v1/rates?${range}${part}`
      const counts = ({ points }: { points: Record<string, unknown>[] }) =>
        points.map(({ evidence: _, ...point }) => point)
      expect(counts(await ask(real, url))).toEqual(counts(await ask(oracle, url)))
    }
  })
})

test('seats that answered, by local month, as of any time', async () => {
  for (const asOf of ['', '?asOf=2023-06-01']) {
    const untilAtMs = asOf === '' ? Number.POSITIVE_INFINITY : Date.parse('2023-06-01T00:00+08:00')
    const known = winnersOf(
      calls.filter(({ emittedAtMs }) => emittedAtMs <= untilAtMs),
      callIdentity,
    )
    const seats = new Map<string, Set<string>>()
    for (const call of known) {
      const month = new Date(call.arrivedAtMs + 8 * 3_600_000).toISOString().slice(0, 7)
      if (!month.startsWith('2023') || !isAnswered(call) || NOT_A_CITIZEN.has(call.outcome)) continue
      seats.set(month, (seats.get(month) ?? new Set()).add(call.agent!))
    }
    const expected = [...seats].map(([month, { size }]) => ({ month, seats: size }))
    const { seatsByMonth, indicators } = await ask(real, `/v1/evaluations/2023${asOf}`)
    expect(seatsByMonth).toEqual(expected.sort((one, other) => one.month.localeCompare(other.month)))
    expect(indicators).toEqual((await ask(oracle, `/v1/evaluations/2023${asOf}`)).indicators)
  }
})

test('steadyline evaluate gives the scorecard of the API, and a CSV that Excel knows for UTF-8', async () => {
  const evaluate = (...args: string[]) =>
    steadyline(['evaluate', '--year', '2023', ...args], { CLICKHOUSE_URL: store.url }) // no broker is named: none is needed
  const json = await evaluate('--format', 'json', '--as-of', '2023-06-01')
  expect(json.stderr).toBe('')
  expect(JSON.parse(json.stdout)).toEqual(await ask(real, '/v1/evaluations/2023?asOf=2023-06-01'))
  const csv = await evaluate('--format', 'csv', '--bom')
  const said = await real.inject({ url: '/v1/evaluations/2023', headers: { accept: 'text/csv' } })
  expect(csv.stdout).toBe(`\uFEFF${said.body}`)
  expect((await evaluate('--year', '23')).exitCode).toBe(2)
})

describe('records', () => {
  const winners = winnersOf(calls, callIdentity)
  const isInMarch = ({ arrivedAtMs }: { arrivedAtMs: number }) =>
    Date.parse('2023-03-01T00:00+08:00') <= arrivedAtMs && arrivedAtMs < Date.parse('2023-04-01T00:00+08:00')

  async function allPages(url: string): Promise<string[]> {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const answer: { calls: { callId: string }[]; nextCursor: string | null } = await ask(
        real,
        cursor === null ? url : `${url}&cursor=${cursor}`,
      )
      seen.push(...answer.calls.map(({ callId }) => callId))
      cursor = answer.nextCursor
    } while (cursor !== null)
    return seen
  }

  test('pages hold each winner of the range once, by arrival', async () => {
    const seen = await allPages('/v1/calls?from=2023-03-01&to=2023-04-01&limit=7')
    const byArrival = winners
      .filter(isInMarch)
      .sort(
        (one, other) =>
          one.arrivedAtMs - other.arrivedAtMs || Buffer.compare(Buffer.from(one.callId), Buffer.from(other.callId)),
      )
    expect(seen).toEqual(byArrival.map(({ callId }) => callId))
  })

  test('a revision that no longer matches lets no older one through', async () => {
    const line = encodeURIComponent("热线'x\\")
    const seen = await allPages(`/v1/calls?from=2023-03-01&to=2023-04-01&line=${line}&outcome=NO_SEAT&limit=2`)
    const expected = winners.filter(isInMarch).filter((call) => call.line === "热线'x\\" && call.outcome === 'NO_SEAT')
    expect(new Set(seen)).toEqual(new Set(expected.map(({ callId }) => callId)))
  })

  test('a call shows all its revisions, the one that speaks last', async () => {
    const winner = winners.find(({ revision }) => revision === 3)!
    const { revisions } = await ask(real, `/v1/calls/${winner.callId}`)
    expect(revisions).toHaveLength(calls.filter(({ callId }) => callId === winner.callId).length)
    expect(revisions.at(-1)).toMatchObject({ revision: 3, outcome: winner.outcome, line: winner.line })
  })

  test('tickets likewise', async () => {
    const { tickets: page } = await ask(real, '/v1/tickets?from=2023-01-01&to=2024-01-01&outcome=CLOSED&limit=1000')
    const closed = winnersOf(tickets, ticketIdentity).filter(
      ({ acceptedAtMs, status }) =>
        status === 'CLOSED' &&
        Date.parse('2023-01-01T00:00+08:00') <= acceptedAtMs &&
        acceptedAtMs < Date.parse('2024-01-01T00:00+08:00'),
    )
    expect(page).toHaveLength(closed.length)
    const { revisions } = await ask(real, `/v1/tickets/${page[0].ticketId}`)
    expect(revisions.at(-1)).toEqual(page[0])
  })
})

describe('freshness', () => {
  test('nothing yet is said as such', async () => {
    const { topics } = await ask(real, '/v1/freshness')
    expect(topics[0]).toMatchObject({ topic: 'hotline.calls.v1', watermark: null, lagCount: null, partitions: [] })
  })

  test('next offsets end at the first hole; the watermark decides the status', async () => {
    const range = (partition: number, from_offset: number, next_offset: number) => ({
      topic: 'hotline.calls.v1',
      partition,
      from_offset,
      next_offset,
      fact_records: next_offset - from_offset,
      max_emitted_at: partition === 2 ? '1970-01-01 00:00:00.000' : '2023-05-01 00:00:00.000',
    })
    const ranges = [
      [0, 0, 10],
      [0, 5, 20],
      [0, 25, 30],
      [1, 100, 110],
      [1, 110, 120],
      [2, 0, 7],
    ] as const
    const values = ranges.map(([partition, from, next]) => range(partition, from, next))
    await store.client.insert({ table: 'progress', values, format: 'JSONEachRow' })
    await store.client.insert({
      table: 'watermarks',
      values: [
        { topic: 'hotline.calls.v1', vector: [20, 120, 7], vector_sum: 147, watermark: '2024-01-01 00:00:00.000' },
        { topic: 'hotline.tickets.v1', vector: [], vector_sum: 0, watermark: '1970-01-01 00:00:00.000' },
      ],
      format: 'JSONEachRow',
    })
    const { topics } = await ask(real, '/v1/freshness')
    expect(topics[0]).toMatchObject({
      watermark: '2024-01-01T08:00:00+08:00',
      partitions: [
        { partition: 0, nextOffset: 20, maxEmittedAt: '2023-05-01T08:00:00+08:00' },
        { partition: 1, nextOffset: 120 },
        { partition: 2, nextOffset: 7, maxEmittedAt: null },
      ],
    })
    expect(topics[1].watermark).toBeNull()
    const year = await ask(real, '/v1/years/2023')
    expect(year).toMatchObject({ status: 'open', asOf: null })
    expect(year.kpis[0]).toMatchObject({ id: 'connectionRate', status: 'final' })
  })
})

describe('a store that cannot answer', () => {
  test('without tables is 503, not ready', async () => {
    const app = await appOverStore(answered, store.url, { database: 'empty' })
    const answer = await app.inject('/v1/years/2023')
    expect(answer.json()).toMatchObject({ status: 503, code: 'STEADYLINE_STORE_NOT_READY' })
    await app.close()
  })

  test('not there is 503, unreachable', async () => {
    const app = await appOverStore(answered, 'http://127.0.0.1:9')
    const answer = await app.inject('/health/ready')
    expect(answer.json()).toMatchObject({ status: 503, code: 'STEADYLINE_STORE_UNREACHABLE' })
    await app.close()
  })
})
