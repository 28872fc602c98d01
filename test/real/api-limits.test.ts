/** What the store ends or refuses becomes an answer that says so. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { QueryTurns } from '../../api/store/query-turns.ts'
import { startStore } from '../../local/store.ts'
import { testFolder, until } from './local-processes.ts'

async function rowsOf(queryMsMax: number, turns: QueryTurns | null = null): Promise<ClickHouseRows> {
  const store = await startStore({ folder: join(await testFolder(), 'store'), say: () => {} })
  const rows = new ClickHouseRows(store.address, 'default', queryMsMax, turns)
  onTestFinished(async () => {
    await rows.close()
    await store.stop()
  })
  return rows
}

test('a query that takes too long is ended by the store', async () => {
  const rows = await rowsOf(1_000)
  const endless =
    'SELECT sleepEachRow(0.5) AS slept FROM numbers(1000) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0'
  await expect(rows.of(endless, {})).rejects.toMatchObject({ code: 'STEADYLINE_QUERY_TIMED_OUT' })
  const RUNNING =
    "SELECT count() AS running FROM system.processes WHERE query LIKE '%sleepEachRow(0.5)%' AND query NOT LIKE '%processes%'"
  await until('it runs no more', async () => (await rows.of<{ running: number }>(RUNNING, {}))[0]!.running === 0)
})

test('queries wait for their turn, and those beyond the limit are refused without being asked', async () => {
  const rows = await rowsOf(30_000, new QueryTurns({ runningMax: 1, waitingMax: 1, waitMsMax: 30_000 }))
  const asked = [1, 2, 3].map((number) => rows.of('SELECT {number:UInt8} AS number', { number }))
  expect(await Promise.allSettled(asked)).toMatchObject([
    { status: 'fulfilled', value: [{ number: 1 }] },
    { status: 'fulfilled', value: [{ number: 2 }] },
    { status: 'rejected', reason: { code: 'STEADYLINE_STORE_BUSY' } },
  ])
})
