import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import type { StatementAnswer } from '../../api/answers/statement-answer.ts'
import type { StatementDiffAnswer } from '../../api/answers/statement-diff-answer.ts'
import { cellOf } from '../../kpi/cell.ts'
import { callIdentity, winnersOf } from '../../kpi/winner.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { statementFault, statementHashOf } from '../../schemas/statement.ts'
import { anApp } from '../unit/api/asked-app.ts'
import { appOverStore } from './app-over-store.ts'
import { RandomFacts } from './random-facts.ts'
import { type Ended, steadyline } from './steadyline.ts'
import { type CallFact, type StoreOfFacts, startStoreOfFacts, type TicketFact } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const answered = answeredProfileOf(profile)
const at = (local: string) => Date.parse(`${local}+08:00`)

const random = new RandomFacts(4)
const calls = random.calls(2000)
const tickets = random.tickets(1500)

/** Every figure that has a call in its numerator or denominator which was answered in time and not rated. */
const BY_AN_ANSWERED_CALL = [
  'abandonmentRate',
  'answeredIn15sOfAnswered',
  'answeredIn15sOfOffered',
  'connectionRate',
  'connectionRateByCaller',
  'ratingResponseRate',
]

let folder: string
let store: StoreOfFacts
/** Two APIs on one store. */
let one: FastifyInstance
let other: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline statements '))
  store = await startStoreOfFacts(folder, profile)
  await store.addCalls(calls)
  await store.addTickets(tickets)
  one = await appOverStore(answered, store.url)
  other = await appOverStore(answered, store.url)
})

afterAll(async () => {
  await Promise.all([one?.close(), other?.close()])
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

const issue = (app: FastifyInstance, period: string, provisional = false) =>
  app.inject({ method: 'POST', url: '/v1/statements', payload: { period, provisional } })
const bytesOf = async (id: string) => (await one.inject(`/v1/statements/${id}`)).body
const statementOf = async (id: string): Promise<StatementAnswer> => JSON.parse(await bytesOf(id))
const diffOf = async (id: string): Promise<StatementDiffAnswer> =>
  (await one.inject(`/v1/statements/${id}/diff`)).json()
const command = (...args: string[]): Promise<Ended> =>
  steadyline(args, { CLICKHOUSE_URL: store.url, STEADYLINE_DATA: join(folder, 'data') }) // no broker is named: none is needed

function watermark(local: string): Promise<unknown> {
  const watermark = new Date(at(local)).toISOString().slice(0, 23).replace('T', ' ')
  const values = ['hotline.calls.v1', 'hotline.tickets.v1'].map((topic) => ({
    ...{ topic, vector: [], vector_sum: Math.floor(at(local) / 1000), watermark },
  }))
  return store.client.insert({ table: 'watermarks', values, format: 'JSONEachRow' })
}

test('a period that is not final is refused, unless it is said to be provisional', async () => {
  await watermark('2023-06-15T00:00')
  const refused = await issue(one, '2023-Q2')
  expect(refused.json()).toMatchObject({ status: 409, code: 'STEADYLINE_PERIOD_NOT_FINAL' })
  const provisional = await issue(one, '2023-Q2', true)
  expect(provisional.statusCode).toBe(201)
  expect(provisional.json()).toMatchObject({ status: 'open', revision: 1 })

  await watermark('2024-12-01T00:00')
  const final = await issue(one, '2023-Q2')
  expect(final.json()).toMatchObject({ status: 'final', revision: 2, evidence: provisional.json().evidence })
  expect(final.json().id).not.toBe(provisional.json().id)
})

test.each(['2023', '2023-Q3', '2023-01'])(
  'a statement about %s says what the definitions say of the same records',
  async (period) => {
    const { id } = (await issue(one, period)).json()
    const said = await statementOf(id)
    expect(statementFault(said as Parameters<typeof statementFault>[0])).toBeNull()

    const oracle = await anApp(profile)
    oracle.reader.callFacts = calls
    oracle.reader.ticketFacts = tickets
    const route = period === '2023' ? 'years' : period.includes('Q') ? 'quarters' : 'months'
    const expected = (await oracle.ask(`/v1/${route}/${period}`)).json()
    const numbers = ({ kpis }: { kpis: { id: string; numerator: number; denominator: number }[] }) =>
      kpis.map((kpi) => [kpi.id, kpi.numerator, kpi.denominator])
    expect(numbers(said)).toEqual(numbers(expected))
    expect(said.evidence).toMatchObject(expected.evidence)
    expect(said.evaluation?.indicators.length ?? 0).toBe(period === '2023' ? 16 : 0)
  },
)

test('two that issue at once make one statement, whether two APIs or two processes', async () => {
  const answers = await Promise.all([one, other, one, other].map((app) => issue(app, '2023-02')))
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1)
  const ends = await Promise.all([1, 2].map(() => command('statements', 'issue', '2023-03', '--format', 'json')))
  expect(ends.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ])
  expect(new Set(ends.map(({ stdout }) => JSON.parse(stdout).id)).size).toBe(1)
  const audited = readFileSync(join(folder, 'data', 'logs', 'audit.log'), 'utf8')
    .trim()
    .split('\n')
  const line = { audit: 'statement-issued', period: '2023-03', by: userInfo().username }
  expect(audited.map((text) => JSON.parse(text))).toEqual([1, 2].map(() => expect.objectContaining(line)))
  expect(audited.some((text) => JSON.parse(text).isNew)).toBe(true)

  const { statements } = (await one.inject('/v1/statements')).json()
  for (const month of ['2023-02', '2023-03']) {
    expect(statements.filter(({ period }: { period: string }) => period === month)).toHaveLength(1)
  }
})

test('issued while records come in, each statement is of one moment: its figures are those of its own records', async () => {
  const added = Array.from({ length: 200 }, (_, index) =>
    aCall({ callId: `during-${index}`, arrivedAtMs: at('2023-06-10T10:00') + index }),
  )
  const adding = (async () => {
    for (let from = 0; from < added.length; from += 10) await store.addCalls(added.slice(from, from + 10))
  })()
  const ids = new Set<string>()
  const offeredBeyond = new Set<number>()
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all([one, other].map((app) => issue(app, '2023-06')))
    for (const answer of answers) ids.add(answer.json().id)
  }
  await adding
  for (const id of ids) {
    const { evidence, records, kpis } = await statementOf(id)
    const rows = await store.client.query({
      query: `SELECT count() AS count FROM statement_records FINAL WHERE kind = 'call' AND from_at = toDateTime('2023-05-31 16:00:00', 'UTC') AND evidence = ${evidence.calls}`,
      format: 'JSONEachRow',
    })
    const [kept] = await rows.json<{ count: string }>()
    expect(Number(kept!.count)).toBe(records.calls.count)
    // Every call that came in meanwhile is offered and answered: figures and evidence grow together.
    offeredBeyond.add(kpis[0]!.denominator - evidence.calls)
  }
  expect(offeredBeyond.size).toBe(1)
  const { statements } = (await one.inject('/v1/statements')).json() as {
    statements: { period: string; revision: number; evidence: { calls: number } }[]
  }
  const june = statements.filter(({ period }) => period === '2023-06')
  expect(june.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(june.map((_, index) => index + 1))
  const byRevision = june.toSorted((a, b) => a.revision - b.revision).map(({ evidence }) => evidence.calls)
  expect(byRevision).toEqual(byRevision.toSorted((a, b) => a - b))
})

test('a late batch alters nothing that was issued; the difference names exactly its records and what they moved', async () => {
  const { id, evidence } = (await issue(one, '2023-04')).json()
  const before = await bytesOf(id)
  const isInApril = (atMs: number) => at('2023-04-01T00:00') <= atMs && atMs < at('2023-05-01T00:00')
  const known = winnersOf(calls, callIdentity).filter(({ arrivedAtMs }) => isInApril(arrivedAtMs))
  const rated = known.find(
    (call) =>
      call.outcome === 'ANSWERED' &&
      call.rating === null &&
      call.direction === 'INBOUND' &&
      call.queuedAtMs !== null &&
      call.answeredAtMs !== null &&
      call.endedAtMs > call.answeredAtMs,
  )!
  const late: CallFact[] = [
    { ...rated, revision: 9, rating: 1, emittedAtMs: at('2024-06-01T00:00'), content: 1n },
    aCall({ callId: 'late-call', arrivedAtMs: at('2023-04-30T23:59:59.999') }),
    aCall({ callId: 'of-may', arrivedAtMs: at('2023-05-01T00:00') }),
  ]
  const lateTickets: TicketFact[] = [
    aTicket({ ticketId: 'due-moved', acceptedAtMs: at('2023-03-01T09:00'), dueAtMs: at('2023-04-15T09:00') }),
    aTicket({ ticketId: 'of-march', acceptedAtMs: at('2023-03-01T09:00'), dueAtMs: at('2023-03-15T09:00') }),
  ]
  await store.addCalls(late)
  await store.addTickets(lateTickets)
  await store.addCalls(late) // again: nothing more

  expect(await bytesOf(id)).toBe(before)
  const diff = await diffOf(id)
  expect(diff.records.map(({ id: record, kpis }) => [record, [...kpis].sort()])).toEqual([
    [rated.callId, ['goodRatingRate', 'ratingResponseRate']],
    ['late-call', BY_AN_ANSWERED_CALL],
    ['due-moved', ['closureRateOfDue', 'onTimeClosureRate']],
  ])
  expect(diff.isComplete).toBe(true)
  expect(diff.evidence.now).toEqual({
    calls: evidence.calls + 2,
    tickets: evidence.tickets,
    dueTickets: evidence.dueTickets + 1,
  })
  expect(diff.kpis.map((kpi) => kpi.id).sort()).toEqual([...new Set(diff.records.flatMap(({ kpis }) => kpis))].sort())

  const restated = async () => {
    const { kpis } = (await one.inject('/v1/months/2023-04')).json() as { kpis: { id: string; status: string }[] }
    return kpis.filter(({ status }) => status === 'restated').map((kpi) => kpi.id)
  }
  expect(await restated()).toEqual(diff.kpis.map((kpi) => kpi.id))
  const again = (await issue(one, '2023-04')).json()
  expect(await restated()).toEqual([])
  expect(again).toMatchObject({ revision: 2, evidence: diff.evidence.now })
  expect((await diffOf(again.id)).records).toEqual([])
  expect(await bytesOf(id)).toBe(before)
})

test('nothing is issued that no audit line could tell of', async () => {
  const file = join(folder, 'no-folder')
  await writeFile(file, '')
  const ended = await steadyline(['statements', 'issue', '2023-08'], {
    CLICKHOUSE_URL: store.url,
    STEADYLINE_DATA: file,
  })
  expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('audit.log cannot be written') })
  const { statements } = (await one.inject('/v1/statements')).json()
  expect(statements.filter(({ period }: { period: string }) => period === '2023-08')).toEqual([])
})

test('a statement in a file is verified; a byte that was falsified is found', async () => {
  const { id } = (await issue(one, '2023-05')).json()
  const shown = await command('statements', 'show', id, '--format', 'json')
  expect(shown.stdout).toBe(await bytesOf(id))
  const file = join(folder, 'statement.json')
  await writeFile(file, shown.stdout)
  expect(await command('statements', 'verify', file)).toMatchObject({ exitCode: 0 })

  const forged = JSON.parse(shown.stdout) as StatementAnswer
  forged.kpis[0]!.numerator += 1
  await writeFile(file, JSON.stringify(forged))
  expect((await command('statements', 'verify', file)).exitCode).toBe(1)
  // One who also mends the hash is found by the store, which knows what was issued.
  await writeFile(file, JSON.stringify({ ...forged, sha256: statementHashOf(forged) }))
  const mended = await command('statements', 'verify', file)
  expect(mended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('was issued with the SHA-256') })
})

test('with less evidence than was kept before nothing is issued', async () => {
  const issued = (await issue(one, '2023-07')).json()
  const july = [cellOf(at('2023-07-01T00:00')) / 1000, cellOf(at('2023-08-01T00:00')) / 1000]
  await store.client.command({
    query: `ALTER TABLE call_facts DELETE WHERE cell >= ${july[0]} AND cell < ${july[1]} AND startsWith(call_id, 'call-1')`,
    clickhouse_settings: { mutations_sync: '2' },
  })
  const refused = await issue(one, '2023-07')
  expect(refused.json()).toMatchObject({ status: 409, code: 'STEADYLINE_EVIDENCE_LESS' })
  const { statements } = (await one.inject('/v1/statements')).json()
  expect(statements.filter(({ period }: { period: string }) => period === '2023-07')).toEqual([issued])
})

function aCall(change: Partial<CallFact>): CallFact {
  const arrivedAtMs = change.arrivedAtMs!
  return {
    callId: 'late-call',
    revision: 1,
    arrivedAtMs,
    line: '12345',
    region: '',
    direction: 'INBOUND',
    caller: 'p-late',
    queuedAtMs: arrivedAtMs,
    answeredAtMs: arrivedAtMs + 1000,
    endedAtMs: arrivedAtMs + 61_000,
    agent: 'seat-1',
    outcome: 'ANSWERED',
    rating: null,
    emittedAtMs: at('2024-06-01T00:00'),
    content: 2n,
    ...change,
  }
}

function aTicket(change: Partial<TicketFact>): TicketFact {
  return {
    ticketId: 'late-ticket',
    revision: 1,
    acceptedAtMs: 0,
    callId: null,
    channel: 'PHONE',
    line: '12345',
    region: '',
    category: '',
    kind: 'HELP',
    status: 'CLOSED',
    resolution: null,
    unit: null,
    dueAtMs: null,
    closedAtMs: change.acceptedAtMs!,
    followedUpAtMs: null,
    satisfaction: null,
    emittedAtMs: at('2024-06-01T00:00'),
    content: 3n,
    ...change,
  }
}
