import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { clickHouseState } from '../../api/store/clickhouse-state.ts'
import { STATE_MS_MAX } from '../../api/store/store-state.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { appOverStore } from './app-over-store.ts'
import { RandomFacts } from './random-facts.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const URLS = [
  '/v1/years/2023',
  '/v1/rates?grain=day&from=2023-01-01&to=2023-02-01',
  '/v1/evaluations/2023',
  '/v1/stability/2023',
]
let folder: string
let store: StoreOfFacts

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline kept '))
  store = await startStoreOfFacts(folder, profile)
})

afterAll(async () => {
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('kept answers say what an app says that keeps none, after every kind of write', async () => {
  const random = new RandomFacts(7)
  const answered = answeredProfileOf(profile)
  const keeping = await appOverStore(answered, store.url)
  const anew = await appOverStore(answered, store.url, { keepsAnswers: false })
  const tags = new Map<string, string>()
  const write = async (what: string, writing: () => Promise<unknown>) => {
    await writing()
    await pause(STATE_MS_MAX) // as long as an answer may be older than its question
    for (const url of URLS) {
      const kept = await keeping.inject({ url, headers: { 'if-none-match': tags.get(url) ?? '""' } })
      const right = await anew.inject(url)
      if (kept.statusCode === 304) expect(tags.get(url), `${what}: ${url}`).toBe(right.headers.etag)
      else expect([kept.statusCode, kept.body], `${what}: ${url}`).toEqual([200, right.body])
      tags.set(url, String(right.headers.etag))
      const again = await keeping.inject({ url, headers: { 'if-none-match': tags.get(url)! } })
      expect(again.statusCode, `${what}: ${url}`).toBe(304)
    }
  }
  const sql = (query: string) => store.client.command({ query })
  try {
    await write('nothing yet', async () => {})
    await write('calls', () => store.addCalls(random.calls(200)))
    await write('tickets', () => store.addTickets(random.tickets(200)))
    await write('a watermark', () =>
      sql("INSERT INTO watermarks VALUES ('hotline.calls.v1', [1], 1, '2024-03-01 00:00:00')"),
    )
    await write('merges', () => sql('OPTIMIZE TABLE call_cells FINAL'))
    await write('a deletion', () => sql("DELETE FROM call_cells WHERE cell >= '2023-01-01' AND cell < '2023-01-16'"))
  } finally {
    await Promise.all([keeping.close(), anew.close()])
  }
})

test('the state is another after a table was dropped and filled again with the same rows', async () => {
  // A database of its own: in the other one parts still merge after the test before, which is another state, too.
  await store.client.command({ query: 'CREATE DATABASE apart' })
  const rows = new ClickHouseRows(store.url, 'apart', 30_000)
  try {
    const read = clickHouseState(rows)
    const make = async () => {
      await store.client.command({ query: 'CREATE TABLE apart.again (a UInt8) ENGINE = MergeTree ORDER BY a' })
      await store.client.command({ query: 'INSERT INTO apart.again VALUES (1)' })
    }
    await make()
    const before = await read()
    expect(await read()).toBe(before)
    await store.client.command({ query: 'DROP TABLE apart.again SYNC' })
    await make()
    expect(await read()).not.toBe(before)
  } finally {
    await rows.close()
  }
})
