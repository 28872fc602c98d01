import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'
import { RUNNING_MAX } from '../../local/store-server/engine.ts'
import { isGone, SOON_MS_MAX, startParent, testFolder, until } from './local-processes.ts'

const SECOND = 1_000

function clientAt(url: string, options: Parameters<typeof createClient>[0] = {}): ClickHouseClient {
  return createClient({ url, log: { level: ClickHouseLogLevel.OFF }, ...options })
}

async function rowsOf<Row>(
  client: ClickHouseClient,
  query: string,
  query_params: Record<string, unknown> = {},
): Promise<Row[]> {
  const answer = await client.query({ query, query_params, format: 'JSONEachRow' })
  return answer.json<Row>()
}

async function storeIn(
  folder: string,
  say: (sentence: string) => void = () => {},
): Promise<{ store: LocalServer; client: ClickHouseClient }> {
  const store = await startStore({ folder: join(folder, 'store'), say })
  const client = clientAt(store.address)
  onTestFinished(async () => {
    await client.close()
    await store.stop()
  })
  return { store, client }
}

describe('to the ordinary client the store is a ClickHouse server', () => {
  let folder: string
  let store: LocalServer
  let client: ClickHouseClient

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steadyline store '))
    store = await startStore({ folder: join(folder, 'store'), say: () => {} })
    const first = clientAt(store.address)
    await first.command({ query: 'CREATE DATABASE steadyline' })
    await first.close()
    client = clientAt(store.address, { database: 'steadyline' })
  })

  afterAll(async () => {
    await client?.close()
    await store?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  beforeEach(async () => {
    await client.command({ query: 'DROP TABLE IF EXISTS t SYNC' })
  })

  test('that answers pings of both kinds', async () => {
    expect(await client.ping()).toEqual({ success: true })
    expect(await client.ping({ select: true })).toEqual({ success: true })
    expect(await (await fetch(`${store.address}/replicas_status`)).text()).toBe('Ok.\n')
  })

  describe('parameters', () => {
    test.each([
      ['UInt64', 18_446_744_073_709_551_615n, '18446744073709551615'],
      ['String', "tab\t line\n quote' back\\slash 热线", "tab\t line\n quote' back\\slash 热线"],
      ['String', '', ''],
      ['Nullable(String)', null, null],
      ['Nullable(UInt8)', 7, '7'],
      ['Bool', true, 'true'],
      ['Array(String)', ["it's", 'a\\b', 'c\td', '热'], "['it\\'s','a\\\\b','c\\td','热']"],
      ['Array(UInt32)', [], '[]'],
      ['Map(String, UInt8)', { a: 1, "b'": 2 }, "{'a':1,'b\\'':2}"],
      ["DateTime64(3, 'UTC')", new Date('2023-03-15T09:45:00.123Z'), '2023-03-15 09:45:00.123'],
      ["Array(DateTime('UTC'))", [new Date('2023-03-15T09:45:00Z')], "['2023-03-15 09:45:00']"],
    ])('of type %s arrive as they were given: %s', async (type, value, written) => {
      expect(await rowsOf(client, `SELECT toString({value:${type}}) AS written`, { value })).toEqual([{ written }])
    })

    test('may be long: thousands of cells in one query', async () => {
      const cells = Array.from({ length: 20_000 }, (_, index) => 1_672_531_200 + index * 900)
      const [row] = await rowsOf<{ count: number }>(client, 'SELECT length({cells:Array(UInt32)}) AS count', { cells })
      expect(row?.count).toBe(20_000)
    })

    test('may come as a form', async () => {
      const answer = await client.query({
        query: 'SELECT {a:String} AS a',
        query_params: { a: 'x\ty' },
        use_multipart_params: true,
        format: 'JSONEachRow',
      })
      expect(await answer.json()).toEqual([{ a: 'x\ty' }])
    })

    test('of parallel queries do not mix', async () => {
      const queries = Array.from({ length: 60 }, (_, n) =>
        rowsOf(client, 'SELECT {n:UInt32} AS n, sleepEachRow(0.01) AS s', { n }),
      )
      expect((await Promise.all(queries)).map(([row]) => (row as { n: number }).n)).toEqual(
        Array.from({ length: 60 }, (_, n) => n),
      )
    })

    test('of one request are not there in the next', async () => {
      await rowsOf(client, 'SELECT {left_behind:String} AS a', { left_behind: 'x' })
      await expect(rowsOf(client, 'SELECT {left_behind:String} AS a')).rejects.toMatchObject({ code: '456' })
    })
  })

  describe('settings', () => {
    test('take effect: those every write is sent with', async () => {
      const settings = {
        async_insert: 0,
        deduplicate_insert: 'disable',
        deduplicate_insert_select: 'disable',
        enable_shared_storage_snapshot_in_query: 1,
        max_partitions_per_insert_block: 0,
      }
      const answer = await client.query({
        query: 'SELECT name, value FROM system.settings WHERE name IN ({names:Array(String)}) ORDER BY name',
        query_params: { names: Object.keys(settings) },
        clickhouse_settings: settings as never,
        format: 'JSONEachRow',
      })
      expect(await answer.json()).toEqual(
        Object.entries(settings).map(([name, value]) => ({ name, value: String(value) })),
      )
    })

    test('and a USE are not there in the next request', async () => {
      await client.command({
        query: 'SELECT 1',
        clickhouse_settings: { max_threads: 1, session_timezone: 'Asia/Shanghai' },
      })
      await client.command({ query: 'USE system' })
      const rows = await rowsOf(
        client,
        "SELECT currentDatabase() AS d, timezone() AS z, getSetting('max_threads') > 1 OR hostName() = '' AS threads",
      )
      expect(rows).toMatchObject([{ d: 'steadyline', z: 'UTC' }])
    })

    test('that do not exist are an error', async () => {
      await expect(
        client.command({ query: 'SELECT 1', clickhouse_settings: { no_such_setting: 1 } as never }),
      ).rejects.toMatchObject({ code: '115', type: 'UNKNOWN_SETTING' })
    })
  })

  describe('errors', () => {
    test.each([
      ['SELECT * FROM nowhere', '60', 'UNKNOWN_TABLE', 404],
      ['SELECT 1 +', '62', 'SYNTAX_ERROR', 400],
      ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR', 400],
      ['SELECT no_such(1)', '46', 'UNKNOWN_FUNCTION', 404],
      ['SELECT throwIf(1)', '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO', 500],
    ])('%s is %s %s', async (query, code, type, status) => {
      await expect(client.command({ query })).rejects.toMatchObject({ code, type })
      const answer = await fetch(store.address, { method: 'POST', body: query })
      expect(answer.status).toBe(status)
      expect(answer.headers.get('x-clickhouse-exception-code')).toBe(code)
      expect(await answer.text()).toMatch(
        new RegExp(`^Code: ${code}\\. DB::Exception: .*\\(${type}\\).* \\(version `, 's'),
      )
    })

    test('a database that does not exist', async () => {
      const elsewhere = clientAt(store.address, { database: 'nowhere' })
      await expect(elsewhere.query({ query: 'SELECT 1' })).rejects.toMatchObject({
        code: '81',
        type: 'UNKNOWN_DATABASE',
      })
      await elsewhere.close()
    })

    test('rows that do not parse leave nothing behind', async () => {
      await client.command({ query: 'CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a' })
      const insert = client.exec({
        query: 'INSERT INTO t FORMAT JSONEachRow',
        values: Readable.from(['{"a": 1}\n{"a": "one"}\n'], { objectMode: false }),
      })
      await expect(insert).rejects.toMatchObject({ code: '27' })
      expect(await rowsOf(client, 'SELECT count() AS c FROM t')).toEqual([{ c: 0 }])
      expect(await readdir(join(folder, 'store', 'incoming'))).toEqual([])
    })

    test('a GET changes nothing', async () => {
      const answer = await fetch(`${store.address}/?query=${encodeURIComponent('CREATE DATABASE by_get')}`)
      expect(answer.headers.get('x-clickhouse-exception-code')).toBe('164')
    })

    test('a page in a browser is not served', async () => {
      const answer = await fetch(store.address, {
        method: 'POST',
        body: 'SELECT 1',
        headers: { origin: 'http://example.org' },
      })
      expect(answer.status).toBe(403)
      expect(await statusUnderHost('example.org')).toBe(403)
      expect(await statusUnderHost('localhost')).toBe(200)
    })

    function statusUnderHost(host: string): Promise<number> {
      return new Promise((resolve, reject) => {
        request(`${store.address}/?query=SELECT%201`, { headers: { host } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        })
          .on('error', reject)
          .end()
      })
    }
  })

  describe('inserts of bytes', () => {
    const TABLE = `CREATE TABLE t (
      id UInt32, name String, kind Enum8('A' = 1, 'B' = 2), line LowCardinality(Nullable(String)), at DateTime64(3, 'UTC'),
      parts Array(Tuple(p UInt8, q String)), added DEFAULT id + 1) ENGINE = MergeTree ORDER BY id`
    const ROW = {
      id: 7,
      name: 'x;\n\'"\0y',
      kind: 'B',
      line: null,
      at: '2023-03-15 09:45:00.123',
      parts: [{ p: 1, q: '热' }],
    }
    const COLUMNS = 'id, name, kind, line, at, parts'

    beforeEach(() => client.command({ query: TABLE }))

    test('binary rows arrive byte for byte', async () => {
      const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      const atMs = Buffer.alloc(8)
      atMs.writeBigInt64LE(BigInt(Date.parse('2023-03-15T09:45:00.123Z')))
      const row = Buffer.concat([
        Buffer.from([7, 0, 0, 0, 0x80, 2]),
        everyByte,
        Buffer.from([2, 1]),
        atMs,
        Buffer.from([1, 1, 2, 0, 10]),
      ])
      await send(`INSERT INTO t (${COLUMNS}) FORMAT RowBinary`, row)
      const [read] = await rowsOf<{ name: string }>(client, 'SELECT *, hex(name) AS name, hex(parts[1].2) AS q FROM t')
      expect(read).toMatchObject({
        name: Buffer.from(everyByte).toString('hex').toUpperCase(),
        id: 7,
        kind: 'B',
        line: null,
        at: ROW.at,
        q: '000A',
        added: 8,
      })
    })

    test.each([
      'RowBinary',
      'RowBinaryWithNames',
      'RowBinaryWithNamesAndTypes',
      'Native',
      'JSONEachRow',
      'JSONCompactEachRow',
      'CSV',
      'CSVWithNames',
      'TabSeparated',
      'Values',
      'Parquet',
    ])('%s goes out and in again as it was', async (format) => {
      await client.insert({ table: 't', values: [ROW], format: 'JSONEachRow' })
      const { stream } = await client.exec({ query: `SELECT ${COLUMNS} FROM t FORMAT ${format}` })
      const bytes = Buffer.concat(await stream.toArray())
      await client.command({ query: 'TRUNCATE TABLE t' })
      await send(`INSERT INTO t (${COLUMNS}) FORMAT ${format}`, bytes)
      expect(await rowsOf(client, `SELECT ${COLUMNS} FROM t`)).toEqual([ROW])
    })

    test('the summary counts them', async () => {
      const values = Array.from({ length: 1_000 }, (_, id) => ({ ...ROW, id }))
      const { summary, query_id } = await client.insert({ table: 't', values, format: 'JSONEachRow', query_id: 'mine' })
      expect(query_id).toBe('mine')
      expect(summary).toMatchObject({ written_rows: '1000', result_rows: '1000' })
      expect(Number(summary?.elapsed_ns)).toBeGreaterThan(0)
    })

    test('the statement may stand in the body, before the rows, or in the address', async () => {
      await post('', `INSERT INTO steadyline.t (id, name) FORMAT TSV\n1\t一\n`)
      await post('INSERT INTO steadyline.t (id, name) FORMAT TSV', '2\t二\n')
      await post('INSERT INTO steadyline.t (id, name) VALUES', "(3, '三')")
      await post('', "INSERT INTO steadyline.t (id, name) VALUES (4, '四')")
      await post('INSERT INTO steadyline.t (id, name)', "VALUES (5, concat('五', ''))")
      expect(await rowsOf(client, 'SELECT id, name FROM t ORDER BY id')).toEqual(
        ['一', '二', '三', '四', '五'].map((name, index) => ({ id: index + 1, name })),
      )
    })

    test('compressed ones are taken, by the client and by gzip itself', async () => {
      const compressing = clientAt(store.address, {
        database: 'steadyline',
        compression: { request: true, response: true },
      })
      await compressing.insert({ table: 't', values: [ROW], format: 'JSONEachRow' })
      await post('INSERT INTO steadyline.t (id) FORMAT CSV', gzipSync('8\n'), { 'content-encoding': 'gzip' })
      expect(await rowsOf(compressing, 'SELECT id FROM t ORDER BY id')).toEqual([{ id: 7 }, { id: 8 }])
      await compressing.close()
    })

    test('no rows at all are no rows', async () => {
      await send('INSERT INTO t (id) FORMAT RowBinary', Buffer.alloc(0))
      expect(await rowsOf(client, 'SELECT count() AS c FROM t')).toEqual([{ c: 0 }])
    })

    test('one whose sender goes away in the middle inserts nothing', async () => {
      const left = new AbortController()
      const rows = Readable.from(
        (async function* () {
          yield Buffer.from('1\n')
          left.abort()
          yield Buffer.from('2\n')
        })(),
        { objectMode: false },
      )
      const insert = client.exec({ query: 'INSERT INTO t (id) FORMAT CSV', values: rows, abort_signal: left.signal })
      await expect(insert).rejects.toThrow(/abort/i)
      await until('nothing is under way', async () => (await readdir(join(folder, 'store', 'incoming'))).length === 0)
      expect(await rowsOf(client, 'SELECT count() AS c FROM t')).toEqual([{ c: 0 }])
    })

    async function send(query: string, bytes: Buffer): Promise<void> {
      const { stream } = await client.exec({ query, values: Readable.from([bytes], { objectMode: false }) })
      stream.resume()
    }

    async function post(query: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<void> {
      const answer = await fetch(`${store.address}/?query=${encodeURIComponent(query)}`, {
        method: 'POST',
        body: body as never,
        headers,
      })
      expect(await answer.text()).toBe('')
    }
  })

  test('answers name their format, in the statement before that of the request, and are compressed when asked', async () => {
    const answer = await fetch(`${store.address}/?default_format=CSV`, { method: 'POST', body: 'SELECT 1' })
    expect([answer.headers.get('x-clickhouse-format'), await answer.text()]).toEqual(['CSV', '1\n'])
    const named = await fetch(`${store.address}/?default_format=CSV`, {
      method: 'POST',
      body: 'SELECT 1 AS a FORMAT JSONEachRow',
    })
    expect([named.headers.get('x-clickhouse-format'), await named.text()]).toEqual(['JSONEachRow', '{"a":1}\n'])
    const zipped = await fetch(`${store.address}/?enable_http_compression=1`, {
      method: 'POST',
      body: 'SELECT range(10000)',
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect((await zipped.text()).length).toBeGreaterThan(10_000)
  })

  test('queries run side by side, and those beyond the bound wait for their turn', async () => {
    const began = performance.now()
    await Promise.all(Array.from({ length: RUNNING_MAX }, () => rowsOf(client, 'SELECT sleep(3) AS s')))
    expect(performance.now() - began).toBeLessThan((RUNNING_MAX - 0.5) * 3 * SECOND) // one after the other takes longer
    const answers = await Promise.all(
      Array.from({ length: 3 * RUNNING_MAX }, (_, n) =>
        rowsOf(client, 'SELECT {n:UInt8} AS n, sleep(0.1) AS s', { n }),
      ),
    )
    expect(answers).toHaveLength(3 * RUNNING_MAX)
  })

  test('more than can wait are refused, and it says so', async () => {
    const crowd = clientAt(store.address, { max_open_connections: 400 })
    const enough = new AbortController()
    const refusals: unknown[] = []
    // Each sleeps for so long that a slow machine, too, gets all of them to the store before many are done.
    const answers = Array.from({ length: 350 }, () =>
      crowd.command({ query: 'SELECT sleep(3) FORMAT Null', abort_signal: enough.signal }).catch((error: unknown) => {
        if (!enough.signal.aborted) refusals.push(error)
      }),
    )
    await until('some are refused', () => refusals.length > 0)
    enough.abort()
    await Promise.all(answers)
    expect(refusals[0]).toMatchObject({ code: '202', type: 'TOO_MANY_SIMULTANEOUS_QUERIES' })
    // Those who left are not waited for: their queries never begin.
    await until('queries are taken again', () =>
      rowsOf(client, 'SELECT 1 AS one').then(
        () => true,
        () => false,
      ),
    )
    await crowd.close()
  })
})

test('the database named default is like any other, whatever the folder is called', async () => {
  const folder = await testFolder()
  const { store, client } = await storeIn(folder)
  await client.command({ query: 'CREATE TABLE t ENGINE = MergeTree ORDER BY a AS SELECT 1 AS a' })
  await expect(client.query({ query: 'SELECT * FROM port' })).rejects.toMatchObject({ type: 'UNKNOWN_TABLE' }) // a file of the store's
  await store.stop()
  const again = await storeIn(folder)
  expect(await rowsOf(again.client, 'SELECT a FROM default.t')).toEqual([{ a: 1 }])
})

test('a second start finds other databases when `default` has never held a table', async () => {
  // The engine drops the folder of an empty database and cannot attach it by its name any more: "Cannot find UUID mapping".
  const folder = await testFolder()
  const { store, client } = await storeIn(folder)
  await client.command({ query: 'CREATE DATABASE d' })
  await client.command({ query: 'CREATE TABLE d.t ENGINE = MergeTree ORDER BY a AS SELECT 1 AS a' })
  await store.stop()
  const again = await storeIn(folder)
  expect(await rowsOf(again.client, 'SELECT a FROM d.t')).toEqual([{ a: 1 }])
  await again.client.command({ query: 'CREATE TABLE default.later (a UInt8) ENGINE = MergeTree ORDER BY a' })
})

describe('the store keeps what it has acknowledged', () => {
  test('over kill -9 between inserts: it comes back soon, at the same address', async () => {
    const said: string[] = []
    const { store, client } = await storeIn(await testFolder(), (sentence) => said.push(sentence))
    const { address, pid } = store
    await client.command({ query: 'CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a' })
    const insert = (a: number) => client.insert({ table: 't', values: [{ a }], format: 'JSONEachRow' })
    const acknowledged: number[] = []
    for (; acknowledged.length < 100; acknowledged.push(acknowledged.length)) await insert(acknowledged.length)
    setTimeout(() => process.kill(pid, 'SIGKILL'), 10)
    for (let a = 100; ; a += 1) {
      const failed = await insert(a).then(
        () => false,
        () => true,
      )
      if (failed) break
      acknowledged.push(a)
    }
    expect(await until('the store answers again', () => said.length === 2)).toBeLessThan(SOON_MS_MAX)
    for (let a = 10_000; a < 10_100; a += 1) await insert(a).then(() => acknowledged.push(a))
    expect(store.address).toBe(address)
    expect(store.pid).not.toBe(pid)
    const found = (await rowsOf<{ a: number }>(client, 'SELECT a FROM t')).map(({ a }) => a)
    expect(acknowledged.filter((a) => !found.includes(a))).toEqual([])
    expect(found.length - acknowledged.length).toBeLessThanOrEqual(1) // one that was killed before it could be acknowledged
  })

  test('over an ordered stop, which lets a running query finish, and starts again on the same port', async () => {
    const folder = await testFolder()
    const { store, client } = await storeIn(folder)
    await client.command({ query: 'CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a' })
    // So long that a slow machine sees it running, too.
    const insert = client.command({
      query: 'INSERT INTO t SELECT number + sleepEachRow(3) FROM numbers(2) SETTINGS max_block_size = 1',
    })
    await until('the insert runs', async () => {
      const [running] = await rowsOf<{ c: number }>(
        client,
        "SELECT count() AS c FROM system.processes WHERE query LIKE 'INSERT INTO t SELECT%'",
      )
      return (running?.c ?? 0) > 0
    })
    await Promise.all([insert, store.stop()])
    expect(isGone(store.pid)).toBe(true)
    const again = await storeIn(folder)
    expect(again.store.address).toBe(store.address)
    expect(await rowsOf(again.client, 'SELECT count() AS c FROM t')).toEqual([{ c: 2 }])
  })

  test('while it is stopped for a while: clients wait and then get their answer', async () => {
    const { store, client } = await storeIn(await testFolder())
    const began = performance.now()
    process.kill(store.pid, 'SIGSTOP')
    setTimeout(() => process.kill(store.pid, 'SIGCONT'), 2 * SECOND)
    expect(await rowsOf(client, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(performance.now() - began).toBeGreaterThan(1.5 * SECOND)
  })
})

describe('a data folder has one store', () => {
  test('a second one is refused, and the first does not notice', async () => {
    const folder = await testFolder()
    const { client } = await storeIn(folder)
    const second = startStore({ folder: join(folder, 'store'), say: () => {} })
    await expect(second).rejects.toMatchObject({ code: 'STEADYLINE_DATA_FOLDER_IN_USE', exitCode: 2 })
    expect((await client.ping()).success).toBe(true)
  })

  test('a port that is taken is said', async () => {
    const { store } = await storeIn(await testFolder())
    const folder = await testFolder()
    const port = Number(new URL(store.address).port)
    const second = startStore({ folder: join(folder, 'store'), port, say: () => {} })
    await expect(second).rejects.toMatchObject({ code: 'STEADYLINE_PORT_IN_USE', exitCode: 2 })
  })

  test('when the parent is killed the store ends soon, and the folder can be used again at once', async () => {
    const folder = await testFolder()
    const { parentPid, answer } = await startParent(folder, ['store'])
    const [pid = 0] = answer.pids
    const before = clientAt(answer.addresses[0] ?? '')
    await before.command({ query: 'CREATE TABLE t ENGINE = MergeTree ORDER BY a AS SELECT 1 AS a' })
    await before.close()
    process.kill(parentPid, 'SIGKILL')
    const [tookMs, next] = await Promise.all([until('the store ends', () => isGone(pid)), storeIn(folder)])
    expect(tookMs).toBeLessThan(SOON_MS_MAX)
    expect(await rowsOf(next.client, 'SELECT a FROM t')).toEqual([{ a: 1 }])
  })

  test('the same when it is stopped at that moment', async () => {
    const { parentPid, answer } = await startParent(await testFolder(), ['store'])
    const [pid = 0] = answer.pids
    process.kill(pid, 'SIGSTOP')
    process.kill(parentPid, 'SIGKILL')
    expect(await until('the store ends', () => isGone(pid))).toBeLessThan(SOON_MS_MAX)
  })
})
