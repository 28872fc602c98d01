/** The floor: kafkajs reads and does nothing; it reads and the record is decoded. A process of its own, as a processor is. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { superviseNode } from '../../local/supervise-node.ts'
import { type Usage, usageOf } from '../process-usage.ts'
import type { Contender, Race, RaceResult } from './contender.ts'

const PROCESS = fileURLToPath(new URL('./floor-process.ts', import.meta.url))
const MS_MAX = 600_000

export type FloorWork = 'read' | 'decode'

/** What the process prints when it has read everything. */
export interface FloorEnd {
  seconds: number
  cpuS: number
  readCount: number
  /** Sum of the revisions of all records; 0 where nothing is decoded. */
  revisionSum: number
}

export function floor(work: FloorWork): Contender {
  return {
    name: work === 'read' ? 'floor: kafkajs reads' : 'floor: kafkajs reads, decoded',
    run: (race) => run(race, work),
  }
}

async function run(race: Race, work: FloorWork): Promise<RaceResult> {
  const logFile = join(race.folder, 'floor.log')
  const brokerBefore = usageOf(race.brokerPid).cpuS
  const ended = async () => /^\{.*"revisionSum".*\}$/m.exec(await readFile(logFile, 'utf8').catch(() => ''))?.[0]
  const child = await superviseNode({
    name: 'floor',
    main: PROCESS,
    args: [race.brokers, race.topic, String(race.recordCount), work],
    logFile,
    ready: async () => (await ended()) !== undefined,
    readyMsMax: MS_MAX,
    say: () => {},
  })
  const { seconds, cpuS, readCount, revisionSum } = JSON.parse((await ended())!) as FloorEnd
  const usage: Usage = { cpuS, peakMiB: usageOf(child.pid).peakMiB }
  const brokerCpuS = usageOf(race.brokerPid).cpuS - brokerBefore
  await child.stop()
  const isDecoded = work === 'read' || revisionSum > readCount
  return {
    seconds,
    usage: { reader: usage },
    brokerCpuS,
    settledCpuS: cpuS,
    wrong: readCount === race.recordCount && isDecoded ? null : `${readCount} of ${race.recordCount} records read`,
  }
}
