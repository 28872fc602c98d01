import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { ClickHouseReader } from '../../api/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/clickhouse-rows.ts'
import { ClickHouseStability } from '../../api/clickhouse-stability.ts'
import type { StabilityReaders } from '../../api/judged-period.ts'
import { stabilityReport } from '../../api/stability-report.ts'
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
}, 120_000)

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

test('what is remembered of records is read anew as soon as something is counted', async () => {
  const period = periodOf('2023')!
  const late = async () =>
    (await stabilityReport(answered, real, period, { line: null, region: null })).answer.continuity
  const before = await late()
  const call = calls.find(({ arrivedAtMs }) => new Date(arrivedAtMs).getUTCFullYear() === 2023)
  await store.addCalls([{ ...call!, revision: 9, emittedAtMs: call!.endedAtMs + 5 * 86_400_000, content: 77n }])
  await store.client.insert({
    table: 'progress',
    values: [
      { topic: 'hotline.calls.v1', partition: 0, from_offset: 0, next_offset: 1, fact_records: 1, last_hash: '1' },
    ],
    format: 'JSONEachRow',
  })
  const after = await late()
  expect(after.lateRecordsCount).toBe(before.lateRecordsCount + 1)
  expect(after.lateAmendmentsCount).toBe(before.lateAmendmentsCount + 1)
})
