/**
 * `npm run bench:hot -- --facts 250000,1000000`: what one recompute costs where very many facts lie in one quarter-hour, and in one
 * local day (callers are counted by day). Facts are made by the store itself. Question and method: docs/scaling.md.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seriesOf } from '../../cli/site.ts'
import { startStore } from '../../local/store.ts'
import { ClickHouseStore } from '../../processors/clickhouse-store.ts'
import { PROFILE } from '../bench-profile.ts'
import { machine, machineSentence } from '../machine.ts'
import { markdownTable } from '../markdown-table.ts'
import { usageOf } from '../process-usage.ts'
import { askStore } from '../store-client.ts'

const CELL_S = 900
const DAY_S = 86_400
/** Midnight in Shanghai. */
const FROM_S = Date.UTC(2022, 11, 31, 16) / 1_000
const DATABASE = 'steadyline'

const { values } = parseArgs({ options: { facts: { type: 'string', default: '250000,1000000' } } })
const counts = values.facts.split(',').map(Number)

/** Calls spread evenly over so many seconds, a sixth of the facts second revisions. */
function factsWithin(fromS: number, seconds: number, count: number): string {
  return `INSERT INTO call_facts SELECT toDateTime(intDiv(toUnixTimestamp(at), ${CELL_S}) * ${CELL_S}, 'UTC') AS cell, id, at, revision,
      at + toIntervalMillisecond(400000 * revision), cityHash64(id, revision), '12345', '211102', 'INBOUND',
      concat('p-', toString(cityHash64(id) % ${Math.ceil(count / 3)})), at + toIntervalMillisecond(12000),
      at + toIntervalMillisecond(24000), at + toIntervalMillisecond(100000), 'seat-1', 'ANSWERED', NULL
    FROM (SELECT if(number % 6 = 5, number - 1, number) AS place, if(number % 6 = 5, 2, 1) AS revision,
      concat('sim-', toString(place)) AS id, toDateTime64(${fromS} + place * ${seconds} / ${count}, 3, 'UTC') AS at FROM numbers(${count}))`
}

const folder = await mkdtemp(join(tmpdir(), 'steadyline-bench-hot-'))
const server = await startStore({ folder: join(folder, 'store'), say: () => {} })
const store = new ClickHouseStore({ url: server.address, database: DATABASE })
const series = seriesOf(PROFILE)

async function costOf(action: () => Promise<void>): Promise<{ tookS: number; cpuS: number }> {
  const [fromMs, fromCpuS] = [performance.now(), usageOf(server.pid).cpuS]
  await action()
  return { tookS: (performance.now() - fromMs) / 1_000, cpuS: usageOf(server.pid).cpuS - fromCpuS }
}

try {
  await store.begin()
  const rows: string[][] = []
  for (const [index, count] of counts.entries()) {
    const [cellS, dayS] = [FROM_S + 2 * index * DAY_S, FROM_S + (2 * index + 1) * DAY_S]
    await askStore(server.address, factsWithin(cellS, CELL_S, count), DATABASE)
    await askStore(server.address, factsWithin(dayS, DAY_S, count), DATABASE)
    const day = [dayS * 1_000]
    for (const [what, action] of [
      ['its quarter-hour', () => store.recomputeCells('call_facts', [cellS * 1_000], series)],
      ['its callers by day', () => store.recomputeCallerDays(day, series)],
    ] as const) {
      await action() // once to be warm
      const { tookS, cpuS } = await costOf(action)
      rows.push([count.toLocaleString('en'), what, tookS.toFixed(2), cpuS.toFixed(2)])
    }
  }
  const [disk] = await askStore<{ bytes: number; rows: number }>(
    server.address,
    `SELECT sum(bytes_on_disk) AS bytes, sum(rows) AS rows FROM system.parts WHERE active AND database = '${DATABASE}' AND table = 'call_facts'`,
  )
  process.stdout.write(
    `模拟数据 simulated data. ${machineSentence(machine())}\n\n${markdownTable(['facts', 'recompute of', 'took, s', "store's processor time, s"], rows)}\n\n` +
      `${(disk!.bytes / disk!.rows).toFixed(1)} bytes on disk per made fact\n`,
  )
} finally {
  await store.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
