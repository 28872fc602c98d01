/**
 * Years that are sealed and whose facts are deleted, by the command that people run, while something goes wrong: it dies
 * between two of its steps, a processor is late by the whole sealing, several count what comes again.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually } from '../eventually.ts'
import type { Fault } from '../fault.ts'
import type { StoreProxy, StoreRequest } from '../store-proxy.ts'
import type { Trial } from '../trial.ts'

const COMMAND = fileURLToPath(new URL('../../../cli/steadyline.mjs', import.meta.url))
const SEALED_BEFORE_MS = Date.UTC(2024, 0, 1)
/** Nothing of 2023 is waited for then. */
const FINAL_AT_MS = Date.UTC(2024, 11, 1)
const PARTITIONS = 16

/** Sealing 2023, as a process. */
interface Sealing {
  ended: Promise<{ exitCode: number | null; said: string }>
  kill(): Promise<void>
}

function seal({ scenario, servers }: Trial, proxy: StoreProxy): Sealing {
  const naming = scenario === null ? [] : ['--scenario', scenario]
  const child: ChildProcess = spawn(process.execPath, [COMMAND, 'retention', '--keep-from', '2024', ...naming], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KAFKA_BROKERS: servers.broker.address, CLICKHOUSE_URL: proxy.url },
  })
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (bytes) => (said += bytes))
  const ended = new Promise<{ exitCode: number | null; said: string }>((resolve) =>
    child.once('close', (exitCode) => resolve({ exitCode, said })),
  )
  return {
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function expectSealed(trial: Trial, sealing: Sealing): Promise<void> {
  const { exitCode, said } = await sealing.ended
  if (exitCode !== 0) throw new Error(`retention ended with code ${exitCode} and said: ${said}`)
  const [left] = await trial.rows<{ count: number }>(
    `SELECT (SELECT count() FROM call_facts WHERE cell < '2024-01-01') + (SELECT count() FROM ticket_facts WHERE cell < '2024-01-01') AS count`,
  )
  if (left!.count > 0) throw new Error(`${left!.count} facts of the sealed year are there, expected none`)
}

async function finalYear(trial: Trial): Promise<void> {
  await trial.send(0, 1)
  await becomesFinal(trial)
}

async function becomesFinal(trial: Trial): Promise<void> {
  await trial.sendHeartbeats(FINAL_AT_MS)
  await trial.untilCounted()
  await eventually('the year is final', async () => {
    const [row] = await trial.rows<{ atMs: number; count: number }>(
      'SELECT toUnixTimestamp64Milli(min(watermark)) AS atMs, count() AS count FROM watermarks FINAL',
    )
    return row!.count === 2 && row!.atMs === FINAL_AT_MS
  })
  trial.sealedBeforeMs = SEALED_BEFORE_MS
}

/** Records of the sealed year come again: each a fact of before, or a reject, according to when it was read. */
async function sendAgain(trial: Trial, fromShare: number, toShare: number): Promise<void> {
  const countBefore = trial.sent.length
  await trial.send(fromShare, toShare)
  trial.lateCountMax += trial.sent.length - countBefore
}

const DEATHS: readonly ((asked: StoreRequest) => boolean)[] = [
  ({ statement }) => statement.includes('ticket_facts') && statement.includes('ADD CONSTRAINT'),
  ({ statement }) => statement.includes('INTO seals') && statement.includes('true'),
  ({ statement }) => statement.includes('ALTER TABLE call_facts') && statement.includes('DROP PARTITION'),
]

const diesBetweenSteps: Fault = {
  name: 'retention killed with -9 after refusing, after sealing, after half of deleting',
  times: DEATHS.length,
  isShort: true,
  must: 'count',
  async run(trial) {
    await trial.startProcessor()
    await finalYear(trial)
    for (const [index, isLast] of DEATHS.entries()) {
      const itsProxy = await trial.startProxy()
      const sealing = seal(trial, itsProxy)
      let isDead = false
      itsProxy.rule = (asked) => {
        if (!isLast(asked)) return {}
        return {
          isAnswerCut: true,
          done: async () => {
            await sealing.kill()
            isDead = true
          },
        }
      }
      const { exitCode, said } = await sealing.ended
      await eventually(`retention dies at its step ${index}; it ended with ${exitCode}: ${said}`, () => isDead, 10_000)
      await sendAgain(trial, index / 4, (index + 1) / 4)
      await trial.untilCounted()
    }
    await expectSealed(trial, seal(trial, trial.proxy))
    await sendAgain(trial, 3 / 4, 1)
  },
}

const zombieBeyondTheSeal: Fault = {
  name: 'stopped beyond its session, its facts land after their year was sealed and deleted',
  times: 1,
  isShort: false,
  must: 'count',
  run: (trial) => landsAfterTheSeal(trial, trial.proxy),
}

/** @param sealingProxy  by which retention speaks to the store */
export async function landsAfterTheSeal(trial: Trial, sealingProxy: StoreProxy): Promise<void> {
  const itsProxy = await trial.startProxy()
  const zombie = await trial.startProcessor({ clickhouseUrl: itsProxy.url })
  await trial.send(0, 1 / 2)
  await trial.untilCounted()
  let land: () => void = () => {}
  let isHeld = false
  const held = new Promise<void>((resolve) => {
    land = resolve
  })
  itsProxy.rule = ({ table }) => {
    if (table !== 'call_facts') return {}
    isHeld = true
    zombie.signal('SIGSTOP')
    return { held }
  }
  await sendAgain(trial, 1 / 2, 1) // what it holds, another counts: its own are refused, and booked as that
  await eventually('its facts are on their way', () => isHeld)
  const other = await trial.startProcessor()
  await eventually('the other has all partitions', () => other.partitionCount === PARTITIONS)
  await becomesFinal(trial)
  await expectSealed(trial, seal(trial, sealingProxy))
  itsProxy.heal()
  land()
  zombie.signal('SIGCONT')
  await eventually('it has read again what is its own', () => zombie.partitionCount < PARTITIONS)
}

const severalCount: Fault = {
  name: 'a year sealed while three processors count what comes again, and one is killed',
  times: 2,
  isShort: false,
  must: 'count',
  async run(trial) {
    const [first] = await Promise.all([trial.startProcessor(), trial.startProcessor(), trial.startProcessor()])
    await finalYear(trial)
    const sealing = seal(trial, trial.proxy)
    await Promise.all([sendAgain(trial, 0, 1), sendAgain(trial, 1 / 2, 1), first.kill()])
    await expectSealed(trial, sealing)
    await sendAgain(trial, 0, 1 / 4)
  },
}

export const SEALS: readonly Fault[] = [diesBetweenSteps, zombieBeyondTheSeal, severalCount]
