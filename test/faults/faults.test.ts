/**
 * Everything that goes wrong in earnest, against a real broker, a real store and processors that are processes. After each
 * fault every count equals what was sent, counted by other code, and the log proves it.
 *
 * FAULTS=short leaves out the kinds that take long or resemble another.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from './fault.ts'
import { FULL_DISKS } from './kinds/full-disks.ts'
import { KILLED_PROCESSORS } from './kinds/killed-processors.ts'
import { OFFSETS } from './kinds/offsets.ts'
import { RECORDS } from './kinds/records.ts'
import { REPLACED_LOGS } from './kinds/replaced-logs.ts'
import { SEALS } from './kinds/seals.ts'
import { SERVERS } from './kinds/servers.ts'
import { STORE_WIRE } from './kinds/store-wire.ts'
import { ZOMBIES } from './kinds/zombies.ts'
import { recordsOfTwoWeeks, type SentRecord } from './records.ts'
import { type Servers, startServers } from './servers.ts'
import { type FaultRow, faultTable } from './table.ts'
import { Trial } from './trial.ts'
import { Turns } from './turns.ts'

const isShort = process.env.FAULTS === 'short'
const SCALE = isShort ? 0.08 : 0.2
const FAULT_MS_MAX = 1_800_000
/** Most of a fault is waiting for sessions to run out: some go on at once. */
const AT_ONCE_MAX = 3

const chosen = (faults: readonly Fault[]) => faults.filter((fault) => fault.isShort || !isShort)

const rows: FaultRow[] = []
let servers: Servers
let records: SentRecord[]
beforeAll(async () => {
  records = recordsOfTwoWeeks(SCALE)
  servers = await startServers()
})
afterAll(async () => {
  await servers.stop()
  console.log(`\n模拟数据 simulated data\n${faultTable(rows)}\n`)
})

let number = 0
async function expectTruthAfter(fault: Fault): Promise<void> {
  const fromMs = performance.now()
  const own = fault.smallDiskOf === undefined ? null : await startServers(fault)
  const trial = await Trial.begin(own ?? servers, fault.isReal === true ? null : `fault_${++number}`, records)
  const row: FaultRow = {
    name: fault.name,
    times: fault.times,
    recordCount: 0,
    lost: 0,
    doubled: 0,
    ended: 'FAILED',
    tookMs: 0,
  }
  rows.push(row)
  try {
    await fault.run(trial)
    if (fault.must === 'count') await trial.untilCounted()
    const outcome = await trial.outcome({ isLogWhole: fault.must === 'count' })
    Object.assign(row, outcome)
    const isRight = outcome.lost === 0 && outcome.doubled === 0 && outcome.problems.length === 0
    if (!isRight) throw new Error(`${fault.name}: ${JSON.stringify(outcome)}\n${trial.said()}`)
    row.ended = fault.must === 'count' ? 'goes on' : 'stops, and says so'
  } catch (error) {
    console.log(`${fault.name}: ${(error as Error).stack}\n${trial.said()}`)
    throw error
  } finally {
    row.tookMs = performance.now() - fromMs
    await trial.end().catch((error: Error) => console.log(`${fault.name}: not cleared away: ${error.message}`))
    await own?.stop()
    console.log(`${fault.name}: ${row.ended}, ${(row.tookMs / 1_000).toFixed(0)} s`) // the long form takes half an hour
  }
  expect(row).toMatchObject({ lost: 0, doubled: 0 })
}

describe.concurrent('one thing goes wrong', () => {
  const turns = new Turns(AT_ONCE_MAX)
  for (const fault of chosen([
    ...ZOMBIES,
    ...REPLACED_LOGS,
    ...OFFSETS,
    ...RECORDS,
    ...STORE_WIRE,
    ...KILLED_PROCESSORS,
    ...SEALS,
  ])) {
    test(fault.name, { timeout: FAULT_MS_MAX }, () => turns.taken(() => expectTruthAfter(fault)))
  }
})

describe('a server that all share goes away', () => {
  for (const fault of chosen([...SERVERS, ...FULL_DISKS]))
    test(fault.name, { timeout: FAULT_MS_MAX }, () => expectTruthAfter(fault))
})
