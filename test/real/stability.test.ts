import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import type { StabilityReaders } from '../../api/judged/judged-period.ts'
import { stabilityReport } from '../../api/judged/stability-report.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { ClickHouseStability } from '../../api/store/clickhouse-stability.ts'
import { periodOf } from '../../kpi/periods.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { ArrayReader } from '../unit/api/array-reader.ts'
import { ArrayStability } from '../unit/api/array-stability.ts'
import { RandomFacts } from './random-facts.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const answered = answeredProfileOf(profile)
const random = new RandomFacts(4711)
const calls = random.calls(4000)
/** Of every third the call is known, of every third it is not, and the rest name none. */
const tickets = random.tickets(900).map((ticket, index) => ({
  ...ticket,
  callId: [calls[index]!.callId, `nobody-knows-${index}`, null][index % 3]!,
}))

let folder: string
let store: StoreOfFacts
let rows: ClickHouseRows
let real: StabilityReaders
let oracle: StabilityReaders

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline stability '))
  store = await startStoreOfFacts(folder, profile)
  await store.addCalls(calls.slice(0, 3000))
  await store.addCalls(calls.slice(2000)) // some of them twice
  await store.addTickets(tickets)
  rows = new ClickHouseRows(store.url, store.database, 30_000)
  real = { reader: new ClickHouseReader(rows, answered), stability: new ClickHouseStability(rows, answered) }
  const reader = new ArrayReader(profile.definitions, answered.zone)
  reader.callFacts = calls
  reader.ticketFacts = tickets
  oracle = { reader, stability: new ArrayStability(reader, profile.definitions) }
})

afterAll(async () => {
  await rows?.close()
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('what is read from the store is what the definitions say of the same records', () => {
  test.each([
    ['2023', null, null],
    ['2022', null, null],
    ['2023-Q2', null, null],
    ['2023', '12345', null],
    ['2023', null, ''],
    ['2023', '12315', '211103'],
    ['2023', "热线'x\\", null],
  ])('%s line %s region %s', async (name, line, region) => {
    const period = periodOf(name)!
    const [said, expected] = await Promise.all(
      [real, oracle].map((readers) => stabilityReport(answered, readers, period, { line, region })),
    )
    expect(said!.answer.overall.offeredCount).toBeGreaterThan(0)
    expect(said!.answer).toEqual(expected!.answer)
    expect(said!.instances()).toEqual(expected!.instances())
  })
})

describe('what is remembered of records is looked at anew as soon as something is counted:', () => {
  const continuityOf = async (readers: StabilityReaders) => {
    const { answer } = await stabilityReport(answered, readers, periodOf('2023')!, { line: null, region: null })
    return answer.continuity
  }
  const called = calls.find(({ arrivedAtMs }) => new Date(arrivedAtMs).getUTCFullYear() === 2023)!
  let offset = 0

  /** As a processor writes it: facts, cells, then the ledger. */
  async function count(call: (typeof calls)[number]): Promise<void> {
    await store.addCalls([call])
    calls.push(call)
    const [from_offset, next_offset] = [offset, ++offset]
    const values = [
      { topic: 'hotline.calls.v1', partition: 0, from_offset, next_offset, fact_records: 1, last_hash: '1' },
    ]
    await store.client.insert({ table: 'progress', values, format: 'JSONEachRow' })
  }

  test('an amendment that comes days late', async () => {
    const before = await continuityOf(real)
    await count({ ...called, revision: 9, emittedAtMs: called.endedAtMs + 5 * 86_400_000, content: 77n })
    const after = await continuityOf(real)
    expect(after.lateRecordsCount).toBe(before.lateRecordsCount + 1)
    expect(after.lateAmendmentsCount).toBe(before.lateAmendmentsCount + 1)
    expect(after).toEqual(await continuityOf(oracle))
  })

  test('the call that a ticket names, in another year', async () => {
    const ticket = tickets.find(
      ({ acceptedAtMs, callId }) => callId?.startsWith('nobody') && new Date(acceptedAtMs).getUTCFullYear() === 2023,
    )!
    const before = await continuityOf(real)
    await count({ ...called, callId: ticket.callId!, arrivedAtMs: Date.UTC(2021, 4, 5), content: 78n })
    const after = await continuityOf(real)
    expect(after.ticketsOfUnknownCallsCount).toBeLessThan(before.ticketsOfUnknownCallsCount)
    expect(after).toEqual(await continuityOf(oracle))
  })

  test('the call that a ticket names, in the same month', async () => {
    const ticket = tickets.findLast(
      ({ acceptedAtMs, callId }) => callId?.startsWith('nobody') && new Date(acceptedAtMs).getUTCFullYear() === 2023,
    )!
    const before = await continuityOf(real)
    await count({ ...called, callId: ticket.callId!, arrivedAtMs: ticket.acceptedAtMs, content: 79n })
    const after = await continuityOf(real)
    expect(after.ticketsOfUnknownCallsCount).toBeLessThan(before.ticketsOfUnknownCallsCount)
    expect(after).toEqual(await continuityOf(oracle))
  })
})
