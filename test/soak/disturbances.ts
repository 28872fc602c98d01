/** What goes wrong during a soak, one after the other, and what each leaves behind to be mended by itself. */
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../faults/eventually.ts'
import { POISON } from '../faults/poison.ts'
import type { ProcessorProcess } from '../faults/processor-process.ts'
import type { Treatment } from '../faults/store-proxy.ts'
import type { Trial } from '../faults/trial.ts'

/** Longer than a session. */
const STILL_MS = 12_000

/** Two processors that are killed and replaced, and one that is only looked at. */
export interface Crew {
  replaced: ProcessorProcess[]
  witness: ProcessorProcess
}

export interface Disturbance {
  name: string
  /** The broker or the store is another process afterwards. */
  killsServer: boolean
  act(trial: Trial, crew: Crew): Promise<unknown>
}

async function still(...pids: number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await pause(STILL_MS) // the outage itself, not a wait for something
  for (const pid of pids) process.kill(pid, 'SIGCONT')
}

async function replace(trial: Trial, crew: Crew, indexes: readonly number[], how: 'kill' | 'end'): Promise<void> {
  await Promise.all(
    indexes.map(async (index) => {
      await crew.replaced[index]![how]()
      crew.replaced[index] = await trial.startProcessor()
    }),
  )
}

/** Treats the next so many writes. */
function wire(name: string, times: number, treatment: Treatment): Disturbance {
  return {
    name,
    killsServer: false,
    async act(trial) {
      let left = times
      trial.proxy.rule = ({ table }) => (table === null || left-- <= 0 ? {} : treatment)
      await eventually(`${name}: ${times} times`, () => left <= 0)
      trial.proxy.heal()
    },
  }
}

const onProcessors = (name: string, act: Disturbance['act']): Disturbance => ({ name, killsServer: false, act })
const onServers = (name: string, act: Disturbance['act']): Disturbance => ({ name, killsServer: true, act })

export const DISTURBANCES: readonly Disturbance[] = [
  onServers('store killed', async ({ servers }) => process.kill(servers.store.pid, 'SIGKILL')),
  onProcessors('processor killed', (trial, crew) => replace(trial, crew, [0], 'kill')),
  onServers('broker killed', async ({ servers }) => process.kill(servers.broker.pid, 'SIGKILL')),
  wire('answers of five writes cut', 5, { isAnswerCut: true }),
  onProcessors('processor stands still beyond its session', (_trial, crew) => still(crew.replaced[0]!.pid)),
  onServers('broker, store and all processors killed', async (trial, crew) => {
    process.kill(trial.servers.broker.pid, 'SIGKILL')
    process.kill(trial.servers.store.pid, 'SIGKILL')
    await Promise.all([
      replace(trial, crew, [0, 1], 'kill'),
      crew.witness.kill().then(async () => {
        crew.witness = await trial.startProcessor()
      }),
    ])
  }),
  onProcessors('processor ended in order and replaced', (trial, crew) => replace(trial, crew, [1], 'end')),
  wire('"disk full" to eight writes', 8, {
    answer: { status: 500, code: 243, text: 'Cannot reserve 1.00 MiB, not enough space: a soak. (NOT_ENOUGH_SPACE)' },
  }),
  onProcessors('store stands still', ({ servers }) => still(servers.store.pid)),
  onProcessors('messages that are no records', (trial) => trial.sendPoison(POISON)),
  onProcessors('two processors killed at once', (trial, crew) => replace(trial, crew, [0, 1], 'kill')),
  wire('five connections reset', 5, { isReset: true }),
  onProcessors('broker stands still', ({ servers }) => still(servers.broker.pid)),
  onProcessors('a fourth processor joins and leaves', async (trial) => (await trial.startProcessor()).end()),
  onProcessors('broker and store stand still', ({ servers }) => still(servers.broker.pid, servers.store.pid)),
]
