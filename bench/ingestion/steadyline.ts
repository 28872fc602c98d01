/** Steadyline: one processor, the embedded store, nothing set that is not the default. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../cli/project-root.ts'
import { startStore } from '../../local/store.ts'
import { superviseNode } from '../../local/supervise-node.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { type Usage, UsageWatch, usageOf } from '../process-usage.ts'
import { askStore } from '../store-client.ts'
import { GroupWatch } from './committed.ts'
import type { Contender, Race, RaceResult } from './contender.ts'
import type { CountedCell } from './made-records.ts'
import { firstDifference } from './right-answer.ts'
import { settled } from './settled.ts'

const DATABASE = 'steadyline'
const MS_MAX = 3_600_000
const CELLS = `SELECT toUnixTimestamp(cell) * 1000 AS cellAtMs, evidence, offered, answered FROM call_cells FINAL ORDER BY cell`

/** @param profileFolder  where the processor's --cpu-prof is written; null for none */
export function steadyline(profileFolder: string | null = null): Contender {
  return {
    name: 'Steadyline',
    async run(race) {
      const { cells, ...result } = await countedBySteadyline(race, profileFolder)
      return { ...result, wrong: firstDifference(cells, race.truth) }
    },
  }
}

type Counted = Omit<RaceResult, 'wrong' | 'usage'> & {
  usage: Record<'processor' | 'store', Usage>
  cells: CountedCell[]
}

/** Counts a topic from its start to its end with a store and a processor of its own. */
export async function countedBySteadyline(
  race: Pick<Race, 'brokers' | 'brokerPid' | 'folder' | 'topic' | 'recordCount'>,
  profileFolder: string | null = null,
): Promise<Counted> {
  const names = kafkaNamesOf(null)
  const group = new GroupWatch(race.brokers)
  await group.connect()
  await group.forget(names.group)
  const store = await startStore({ folder: join(race.folder, 'store'), say: () => {} })
  const logFile = join(race.folder, 'processor.log')
  const isReading = async () => (await readFile(logFile, 'utf8').catch(() => '')).includes('reading partitions')
  const processor = await superviseNode({
    name: 'processor',
    main: join(PROJECT_ROOT, 'processors/main.ts'),
    args: [],
    nodeArgs: profileFolder === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder],
    env: {
      ...process.env,
      KAFKA_BROKERS: race.brokers,
      CLICKHOUSE_URL: store.address,
      CLICKHOUSE_DATABASE: DATABASE,
      STEADYLINE_PROFILE: join(PROJECT_ROOT, 'profiles/panjin-2023.yaml'),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    },
    logFile,
    ready: isReading,
    say: () => {},
  })
  try {
    const watch = new UsageWatch({ processor: processor.pid, store: store.pid })
    const brokerBefore = usageOf(race.brokerPid).cpuS
    const fromMs = performance.now()
    await group.untilCommitted(names.group, race.topic, race.recordCount, MS_MAX)
    const seconds = (performance.now() - fromMs) / 1_000
    const usage = watch.used()
    const brokerCpuS = usageOf(race.brokerPid).cpuS - brokerBefore
    await settled(store.address, DATABASE)
    const { processor: one, store: other } = watch.used()
    const cells = await askStore<CountedCell>(store.address, CELLS, DATABASE)
    return { seconds, usage, brokerCpuS, settledCpuS: one.cpuS + other.cpuS, cells }
  } finally {
    await processor.stop()
    await store.stop()
    await group.forget(names.group)
    await group.close()
  }
}
