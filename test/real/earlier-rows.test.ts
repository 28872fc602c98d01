/**
 * What came late and which seats answered is kept with the counts. Rows of an earlier program do not say it: answers are
 * the same as long as they stand there, and an audit takes them for what they are.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { evaluateYear } from '../../api/judged/evaluate-year.ts'
import { stabilityReport } from '../../api/judged/stability-report.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { ClickHouseStability } from '../../api/store/clickhouse-stability.ts'
import { cellOf } from '../../kpi/cell.ts'
import { periodOf } from '../../kpi/periods.ts'
import { ClickHouseAuditedStore } from '../../processors/reconcile/clickhouse-audited-store.ts'
import { reconcileCells } from '../../processors/reconcile/reconcile-cells.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { RandomFacts } from './random-facts.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const answered = answeredProfileOf(profile)
const calls = new RandomFacts(1789).calls(3000)

let folder: string
let store: StoreOfFacts
let rows: ClickHouseRows
let audited: ClickHouseAuditedStore

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-earlier-'))
  store = await startStoreOfFacts(folder, profile)
  await store.addCalls(calls)
  await store.addCalls(calls.slice(0, 500)) // again
  rows = new ClickHouseRows(store.url, store.database, 30_000)
  audited = new ClickHouseAuditedStore(store)
})

afterAll(async () => {
  await Promise.all([rows?.close(), audited?.close()])
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A reader that remembers nothing of what was asked before. */
async function said() {
  const readers = { reader: new ClickHouseReader(rows, answered), stability: new ClickHouseStability(rows, answered) }
  const whole = { line: null, region: null }
  const { seatsByMonth } = await evaluateYear(answered, readers.reader, '2023', null)
  const { answer } = await stabilityReport(answered, readers, periodOf('2023')!, whole)
  return { seatsByMonth, late: answer.continuity.lateRecordsCount, amended: answer.continuity.lateAmendmentsCount }
}

const series = { name: answered.definitions, definitions: profile.definitions, timeZone: profile.timeZone }
const differences = async () =>
  (await reconcileCells({ audited, series, onDay: () => {} })).map(({ sentence }) => sentence)
/** As an earlier program would have written them: of equal evidence the row that came in last is read. */
const forget = async (share: number) => {
  await store.client.command({
    query: `INSERT INTO call_cells SELECT * REPLACE (0 AS late, 0 AS late_amendments, false AS knows_late) FROM call_cells FINAL WHERE cityHash64(cell) % 10 < ${share}`,
  })
  await store.client.command({
    query: `INSERT INTO caller_days SELECT * REPLACE ([] AS seats, false AS knows_seats) FROM caller_days FINAL WHERE cityHash64(day) % 10 < ${share}`,
  })
}

test('answers are the same from rows that know, from some that do not, from none, and when they are computed again', async () => {
  const known = await said()
  expect(known.late).toBeGreaterThan(known.amended)
  expect(known.amended).toBeGreaterThan(0)
  expect(known.seatsByMonth).toHaveLength(12)
  for (const share of [3, 10]) {
    await forget(share)
    expect(await said()).toEqual(known)
    expect(await differences()).toEqual([])
    expect(await audited.unequalRows(series.name)).toEqual([])
  }
  await store.recompute('call_facts', [...new Set(calls.map(({ arrivedAtMs }) => cellOf(arrivedAtMs)))])
  expect(await said()).toEqual(known)
  expect(await differences()).toEqual([])
  expect(await audited.unequalRows(series.name)).toEqual([])
})

test('a row that says something else than its facts is named', async () => {
  await store.client.command({ query: 'SYSTEM STOP MERGES call_cells' }) // both values stay
  await store.client.command({
    query: `INSERT INTO call_cells SELECT * REPLACE (late + 1 AS late) FROM call_cells FINAL ORDER BY cell LIMIT 1`,
  })
  await store.client.command({
    query: `INSERT INTO caller_days SELECT * REPLACE (arrayPushBack(seats, 7) AS seats) FROM caller_days FINAL ORDER BY day LIMIT 1`,
  })
  const found = await differences()
  expect(found).toHaveLength(2)
  expect(found[0]).toMatch(/call cell .*: late is \d+, expected \d+$/)
  expect(found[1]).toMatch(/caller-day .*: seats is \d+, expected \d+$/)
  expect(await audited.unequalRows(series.name)).toHaveLength(1)
})
