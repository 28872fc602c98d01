/** A database as an earlier program left it is brought forward with its data in place; a newer one is refused. */
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStore } from '../../local/store.ts'
import { ClickHouseStore } from '../../processors/clickhouse-store.ts'
import { type MigratingStore, migrate, migrations } from '../../schemas/migrations.ts'

/** What an earlier program had: its tables by the hash of their SQL, which is never edited afterwards. */
const EARLIER = JSON.parse(await readFile('test/fixtures/released-ddl.json', 'utf8')) as Record<string, string>

let folder: string
let server: Awaited<ReturnType<typeof startStore>>
let client: ClickHouseClient

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-upgrade-'))
  server = await startStore({ folder: join(folder, 'store'), say: () => {} })
  client = createClient({ url: server.address, database: 'default' })
}, 120_000)

afterAll(async () => {
  await client?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const rows = async <Row>(query: string): Promise<Row[]> =>
  (await client.query({ query, format: 'JSONEachRow' })).json<Row>()
const migrating = (database: string): MigratingStore => {
  const own = createClient({ url: server.address, database })
  return {
    run: async (query) => void (await own.command({ query })),
    rows: async (query) => (await own.query({ query, format: 'JSONEachRow' })).json(),
  }
}

test('what was released is never edited', () => {
  const now = new Map(migrations().map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]))
  for (const [name, hash] of Object.entries(EARLIER)) expect([name, now.get(name)]).toEqual([name, hash])
})

test.each([2, 5, 6, 7])('tables of version %i: nothing is lost, and cells go on from there', async (version) => {
  const database = `from_${version}`
  await client.command({ query: `CREATE DATABASE ${database}` })
  await migrate(
    migrating(database),
    database,
    migrations().filter(({ number }) => number <= version),
  )
  await client.command({
    query: `INSERT INTO ${database}.call_facts (cell, call_id, arrived_at, revision, emitted_at, content, line, direction, caller, queued_at, answered_at, ended_at, outcome)
      SELECT toDateTime('2022-12-31 20:00:00', 'UTC') + 900 * intDiv(number, 5) AS cell, concat('call-', toString(number)), cell, 1, cell, number, '12345', 'INBOUND', 'p', cell, cell + 1, cell + 60, 'ANSWERED'
      FROM numbers(200)`,
  })
  await client.command({
    query: `INSERT INTO ${database}.call_cells (definitions, cell, evidence, offered, answered) VALUES ('old', '2022-12-31 20:00:00', 5, 5, 5)`,
  })
  await client.command({
    query: `INSERT INTO ${database}.progress (topic, partition, from_offset, next_offset, fact_records, max_emitted_at, last_hash) VALUES ('hotline.calls.v1', 0, 0, 200, 200, '2023-01-01 00:00:00', 7)`,
  })
  const everything = `SELECT (SELECT groupBitXor(cityHash64(toString(tuple(*)))) FROM ${database}.call_facts) AS facts,
    (SELECT groupBitXor(cityHash64(definitions, cell, evidence, offered, answered, breakdown)) FROM ${database}.call_cells) AS cells`
  const before = await rows<{ facts: number; cells: number }>(everything)
  expect([typeof before[0]!.facts, typeof before[0]!.cells]).toEqual(['number', 'number'])

  const store = new ClickHouseStore({ url: server.address, database })
  await store.begin()
  await store.begin() // and again
  expect(await rows(everything)).toEqual(before)
  expect(await store.countedUntil([{ topic: 'hotline.calls.v1', partition: 0 }])).toEqual([200])
  const definitions = { shortAbandonMsMax: 0, answerThresholdMs: 15_000, positiveRatingMin: 3, satisfiedMin: 3 }
  const series = { name: 'new', definitions, timeZone: 'Asia/Shanghai' }
  const cellsAtMs = Array.from({ length: 40 }, (_, place) => Date.UTC(2022, 11, 31, 20) + place * 900_000)
  await store.recomputeCells('call_facts', cellsAtMs, series)
  await store.recomputeCallerDays(cellsAtMs, series)
  await store.close()
  expect(
    await rows(
      `SELECT toUInt32(sum(offered)) AS all_offered, toUInt32(sum(evidence)) AS all_evidence FROM ${database}.call_cells FINAL WHERE definitions = 'new'`,
    ),
  ).toEqual([{ all_offered: 200, all_evidence: 200 }])
})

test('tables of a newer program, and tables of another history, are refused with one message', async () => {
  const store = new ClickHouseStore({ url: server.address, database: 'of_later' })
  await store.begin()
  await client.command({ query: "INSERT INTO of_later.migrations VALUES (900, '900-later.sql', 'x')" })
  await expect(store.begin()).rejects.toMatchObject({ code: 'STEADYLINE_DATABASE_IS_NEWER', exitCode: 2 })
  await store.close()
  const other = new ClickHouseStore({ url: server.address, database: 'of_another' })
  await other.begin()
  await client.command({ query: "INSERT INTO of_another.migrations VALUES (1, '001-facts-and-cells.sql', 'edited')" })
  await expect(other.begin()).rejects.toMatchObject({ code: 'STEADYLINE_DATABASE_DIFFERS', exitCode: 2 })
  await other.close()
})
