/** A backup into an empty database gives the same facts, cells and statements; cells are made of facts alone. */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { ClickHouseBackupStore } from '../../processors/backup/clickhouse-backup-store.ts'
import { readBackup } from '../../processors/backup/read-backup.ts'
import { writeBackup } from '../../processors/backup/write-backup.ts'
import { ClickHouseStore } from '../../processors/clickhouse-store.ts'
import { rebuild } from '../../processors/rebuild.ts'
import { ClickHouseAuditedStore } from '../../processors/reconcile/clickhouse-audited-store.ts'
import { reconcileCells } from '../../processors/reconcile/reconcile-cells.ts'
import { ClickHouseSealingStore } from '../../processors/retention/clickhouse-sealing-store.ts'
import { sealYears } from '../../processors/retention/seal-years.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { RandomFacts } from './random-facts.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const series = {
  name: answeredProfileOf(profile).definitions,
  definitions: profile.definitions,
  timeZone: profile.timeZone,
}
const CELLS = ['call_cells', 'ticket_cells', 'caller_days']
const KEPT = [
  'call_facts',
  'ticket_facts',
  'rejects',
  'progress',
  'watermarks',
  'statements',
  'statement_records',
  'seals',
]

let folder: string
let backup: string
let store: StoreOfFacts

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline backup '))
  backup = join(folder, 'backup')
  store = await startStoreOfFacts(folder, profile)
  const random = new RandomFacts(7)
  const facts = random.calls(1_500)
  await store.addCalls(facts)
  await store.addCalls(facts.slice(0, 300)) // again: still one fact each
  await store.addTickets(random.tickets(800))
  for (const row of [
    "INSERT INTO rejects VALUES ('hotline.calls.v1', 0, 7, 'BAD_ID', 'call_id has 0 characters')",
    // Ranges that are counted without a hole, and one behind a hole, which a backup cannot vouch for.
    `INSERT INTO progress (topic, partition, from_offset, next_offset, fact_records, reject_records, gap_offsets, heartbeats, max_emitted_at, last_hash)
     VALUES ('hotline.calls.v1', 0, 0, 10, 9, 1, 0, 0, '2023-05-05 00:00:00', 5), ('hotline.calls.v1', 0, 20, 30, 10, 0, 0, 0, '2023-05-06 00:00:00', 6)`,
    "INSERT INTO watermarks VALUES ('hotline.calls.v1', [10], 10, '2023-05-05 00:00:00')",
  ])
    await store.client.command({ query: row })
}, 180_000)

afterAll(async () => {
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

const rows = async (query: string) => (await store.client.query({ query, format: 'JSONEachRow' })).json<{ n: string }>()
const countOf = async (from: string) => Number((await rows(`SELECT count() AS n FROM ${from}`))[0]!.n)
const differing = async (table: string, one: string, other: string) =>
  countOf(`(SELECT * FROM ${one}.${table} FINAL EXCEPT SELECT * FROM ${other}.${table} FINAL)`)

async function restoredInto(database: string, isNewLog = false): Promise<number> {
  const [processor, audited] = [
    new ClickHouseStore({ url: store.url, database }),
    new ClickHouseAuditedStore({ url: store.url, database }),
  ]
  const backupStore = new ClickHouseBackupStore({ url: store.url, database })
  try {
    await processor.begin()
    await readBackup({ store: backupStore, database, folder: backup, isNewLog, onProgress: () => {} })
    await rebuild(audited, processor, series, () => {})
    const sealedBeforeMs = await audited.sealedBeforeMs()
    const within = { fromAtMs: sealedBeforeMs, toAtMs: Number.POSITIVE_INFINITY }
    return (await reconcileCells({ audited, series, within, onDay: () => {} })).length
  } finally {
    await Promise.all([processor.close(), audited.close(), backupStore.close()])
  }
}

async function backedUp(): Promise<void> {
  await rm(backup, { recursive: true, force: true })
  const backupStore = new ClickHouseBackupStore({ url: store.url, database: store.database })
  const onTable = () => {}
  await writeBackup({
    ...{ store: backupStore, database: store.database, folder: backup, madeAtMs: 0, onTable },
    rowsPerFile: 400, // several files of a table
  }).finally(() => backupStore.close())
}

async function expectSame(database: string): Promise<void> {
  for (const table of [...CELLS, ...KEPT]) {
    const expected = table === 'progress' ? [1, 0] : [0, 0] // the range behind the hole is counted again
    const found = [await differing(table, store.database, database), await differing(table, database, store.database)]
    expect([table, found]).toEqual([table, expected])
  }
}

test('restored into an empty database: the same facts, ledger and rejects, and the same cells from facts alone', async () => {
  await backedUp()
  expect(readdirSync(backup).filter((name) => name.startsWith('call_facts')).length).toBeGreaterThan(3)
  expect(await restoredInto('restored')).toBe(0)
  expect(await countOf('restored.call_cells')).toBeGreaterThan(500)
  await expectSame('restored')
})

test('a database that holds anything is refused, and so is a backup of which a byte has changed', async () => {
  await expect(restoredInto('restored')).rejects.toMatchObject({ code: 'STEADYLINE_RESTORE_NOT_EMPTY', exitCode: 2 })
  const file = readdirSync(backup).find((name) => name.startsWith('ticket_facts'))!
  appendFileSync(join(backup, file), '.')
  await expect(restoredInto('damaged')).rejects.toMatchObject({ code: 'STEADYLINE_BACKUP_DAMAGED' })
  expect(await countOf('damaged.call_facts')).toBe(0)
  await rm(join(backup, 'manifest.json'))
  await expect(restoredInto('damaged')).rejects.toMatchObject({ code: 'STEADYLINE_BACKUP_MISSING' })
})

test('for another log, what speaks of offsets is left out', async () => {
  await backedUp()
  expect(await restoredInto('of_new_log', true)).toBe(0)
  for (const table of ['progress', 'rejects', 'watermarks'])
    expect([table, await countOf(`of_new_log.${table}`)]).toEqual([table, 0])
  expect(await differing('call_facts', store.database, 'of_new_log')).toBe(0)
})

test('sealed cells, whose facts are gone, are in it, and the restored store refuses records of before as the old one does', async () => {
  const sealing = new ClickHouseSealingStore({ url: store.url, database: store.database })
  const beforeAtMs = Date.UTC(2023, 0, 1)
  const own = { definitions: series.name, timeZone: series.timeZone }
  expect((await sealing.years()).map(({ year }) => year)[0]).toBeLessThan(2023)
  await sealYears({ store: sealing, beforeAtMs, own, countingMsMax: 5_000, now: Date.now, onStep: () => {} })
  await sealing.close()
  await backedUp()
  expect(await restoredInto('restored_sealed')).toBe(0)
  await expectSame('restored_sealed')
  expect(await countOf("restored_sealed.call_cells WHERE cell < '2023-01-01'")).toBeGreaterThan(0)
  const late = "INSERT INTO restored_sealed.call_facts (cell, call_id) VALUES ('2022-05-05 00:00:00', 'late')"
  await expect(store.client.command({ query: late })).rejects.toMatchObject({ code: '469' })
})
