/**
 * ClickHouse's own Kafka engine, in the same embedded ClickHouse: materialized views into facts and hourly sums.
 *
 * Its facts have the key that Steadyline's have, but for the content hash, which it has no way to make; no other column
 * is left out. Hourly sums are added up as records come, as the engine's manual has it.
 */
import { join } from 'node:path'
import { setTimeout as waitMs } from 'node:timers/promises'
import { startStore } from '../../local/store.ts'
import { UsageWatch, usageOf } from '../process-usage.ts'
import { askStore } from '../store-client.ts'
import { GroupWatch } from './committed.ts'
import type { Contender, Race, RaceResult } from './contender.ts'
import { engineTables, FACT_CELLS, HOURLY_SUMS } from './kafka-engine-tables.ts'
import type { CountedCell } from './made-records.ts'
import { startRegistry } from './registry.ts'
import { firstDifference } from './right-answer.ts'
import { settled } from './settled.ts'

const MS_MAX = 900_000
const ASSIGNED_MS_MAX = 60_000
const DATABASE = 'engine'
const HOUR_MS = 3_600_000

export const kafkaEngine: Contender = { name: "ClickHouse's Kafka engine", run }

async function run(race: Race): Promise<RaceResult> {
  const groupName = `engine.${race.folder.split('/').at(-1)}`
  const group = new GroupWatch(race.brokers)
  await group.connect()
  const registry = await startRegistry()
  const store = await startStore({ folder: join(race.folder, 'store'), say: () => {} })
  try {
    await askStore(store.address, `CREATE DATABASE ${DATABASE}`)
    const statements = engineTables({
      brokers: race.brokers,
      topic: race.topic,
      group: groupName,
      registry: registry.address,
    })
    for (const statement of statements) await askStore(store.address, statement, DATABASE)
    await untilAssigned(store.address)
    const watch = new UsageWatch({ store: store.pid })
    const brokerBefore = usageOf(race.brokerPid).cpuS
    const fromMs = performance.now()
    await group.untilCommitted(groupName, race.topic, race.recordCount, MS_MAX)
    const seconds = (performance.now() - fromMs) / 1_000
    const usage = watch.used()
    const brokerCpuS = usageOf(race.brokerPid).cpuS - brokerBefore
    await settled(store.address, DATABASE)
    const settledCpuS = watch.used().store.cpuS
    const factsFromMs = performance.now()
    const cells = await askStore<CountedCell>(store.address, FACT_CELLS, DATABASE)
    const factsMs = Math.round(performance.now() - factsFromMs)
    const hours = await askStore<CountedCell>(store.address, HOURLY_SUMS, DATABASE)
    const wrongFacts = firstDifference(cells, race.truth)
    return {
      seconds,
      usage,
      brokerCpuS,
      settledCpuS,
      wrong: firstDifference(hours, byHour(race.truth)),
      note: `facts with FINAL ${wrongFacts === null ? 'right' : `wrong (${wrongFacts})`}, counted by query in ${factsMs} ms`,
    }
  } finally {
    await askStore(store.address, `DROP DATABASE ${DATABASE} SYNC`).catch(() => {})
    await store.stop()
    await registry.stop()
    await group.close()
  }
}

/** Both consumers have their partitions: the clock must not run while the group is being formed. */
async function untilAssigned(address: string): Promise<void> {
  const untilMs = performance.now() + ASSIGNED_MS_MAX
  for (;;) {
    const [row] = await askStore<{ count: number }>(
      address,
      `SELECT countIf(notEmpty(assignments.partition_id)) AS count FROM system.kafka_consumers WHERE database = '${DATABASE}'`,
    )
    if (row!.count === 2) return
    if (performance.now() > untilMs) throw new Error('the engine was given no partitions')
    await waitMs(20)
  }
}

function byHour(cells: readonly CountedCell[]): CountedCell[] {
  const hours = new Map<number, CountedCell>()
  for (const { cellAtMs, evidence, offered, answered } of cells) {
    const hourAtMs = Math.floor(cellAtMs / HOUR_MS) * HOUR_MS
    const hour = hours.get(hourAtMs) ?? { cellAtMs: hourAtMs, evidence: 0, offered: 0, answered: 0 }
    hours.set(hourAtMs, hour)
    hour.evidence += evidence
    hour.offered += offered
    hour.answered += answered
  }
  return [...hours.values()]
}
