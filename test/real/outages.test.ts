/**
 * What dies in the middle, comes back, and changes nothing: every count equals what was generated, and the log proves it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from './local-processes.ts'
import { type Ended, startUp, steadyline, type Up } from './steadyline.ts'

/** Sixty days in seven seconds, and what comes late in as many again: long enough for every outage to fall into the middle. */
const SPEED = '800000x'
const STOPPED_MS = 4_000

let capture: string
let truth: any
beforeAll(async () => {
  capture = await mkdtemp(join(tmpdir(), 'steadyline-outages-'))
  const args = ['--out', capture, '--from', '2023-03-01', '--to', '2023-04-30', '--scale', '0.15', '--seed', '5']
  expect(await steadyline(['generate', ...args])).toMatchObject({ exitCode: 0 })
  truth = JSON.parse(await readFile(join(capture, 'truth.json'), 'utf8'))
})
afterAll(() => rm(capture, { recursive: true, force: true }))

const countedRecords = async (up: Up): Promise<number> => {
  const [row] = await up
    .rows('SELECT sum(fact_records)::UInt32 AS records FROM progress FINAL')
    .catch(() => [{ records: 0 }])
  return row.records
}

/** Replays the capture, disturbs it in the middle, and checks every count. */
async function expectTruthAfter(up: Up, disturb: () => Promise<void>): Promise<void> {
  const total = truth.messages.calls + truth.messages.tickets
  const before = await countedRecords(up)
  const replaying: Promise<Ended> = up.run('replay', '--from', capture, '--speed', SPEED)
  await until('a fifth of the records are counted', async () => (await countedRecords(up)) - before > total / 5)
  await disturb()
  expect(await replaying).toMatchObject({ exitCode: 0 })
  expect(await up.run('wait', '--timeout', '5m')).toMatchObject({ exitCode: 0 })
  const year = await up.get('/v1/years/2023')
  const kpis = Object.fromEntries(
    year.kpis.map(({ id, numerator, denominator }: any) => [id, { numerator, denominator }]),
  )
  expect(kpis).toEqual(Object.fromEntries(Object.keys(kpis).map((id) => [id, truth.years['2023'][id]])))
  const [facts] = await up.rows(
    'SELECT (SELECT count() FROM call_facts FINAL)::UInt32 AS calls, (SELECT count() FROM ticket_facts FINAL)::UInt32 AS tickets',
  )
  expect(facts).toEqual(truth.facts)
  const reconciled = await up.run('reconcile', '--log')
  expect(reconciled.stdout).toContain('Every cell agrees with its facts')
  expect(reconciled.exitCode).toBe(0)
}

async function answersAgain(up: Up, name: 'broker' | 'store' | 'processor', pidBefore: number): Promise<void> {
  await until(
    `the ${name} is started again`,
    () => up.record().pids[name] !== pidBefore && up.record().pids[name] !== 0,
  )
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('in the middle of a replay', () => {
  test('a processor is killed with -9 and comes back', async () => {
    const up = await startUp(['--empty'])
    try {
      await expectTruthAfter(up, async () => {
        const { processor } = up.record().pids
        process.kill(processor, 'SIGKILL')
        await answersAgain(up, 'processor', processor)
      })
    } finally {
      await up.stop()
    }
  })

  test('the store stands still and is then killed; the broker stands still and is then killed', async () => {
    const up = await startUp(['--empty'])
    try {
      await expectTruthAfter(up, async () => {
        for (const name of ['store', 'broker'] as const) {
          const pid = up.record().pids[name]!
          process.kill(pid, 'SIGSTOP')
          await pause(STOPPED_MS) // the outage itself, not a wait for something
          process.kill(pid, 'SIGCONT')
          process.kill(pid, 'SIGKILL')
          await answersAgain(up, name, pid)
        }
      })
      expect(up.said()).toMatch(/The store ended .* it is being started again/)
      expect(up.said()).toMatch(/The broker ended .* it is being started again/)
    } finally {
      await up.stop()
    }
  })

  test('a second processor joins and leaves again', async () => {
    const up = await startUp(['--empty'])
    try {
      await expectTruthAfter(up, async () => {
        const second = await startProcessor(up)
        await until('the group has two members', async () => (await second.partitionCount()) === 8)
        await second.stop()
      })
    } finally {
      await up.stop()
    }
  })
})

test('a changed definition and rebuild give a second series beside the first', async () => {
  const up = await startUp(['--empty'])
  try {
    expect(await up.run('replay', '--from', capture)).toMatchObject({ exitCode: 0 })
    expect(await up.run('wait', '--timeout', '5m')).toMatchObject({ exitCode: 0 })
    const profile = join(capture, 'other-definitions.yaml')
    const yaml = await readFile('profiles/panjin-2023.yaml', 'utf8')
    const { writeFile } = await import('node:fs/promises')
    await writeFile(profile, yaml.replace('answerThresholdMs: 15000', 'answerThresholdMs: 20000'))
    const before = await up.rows('SELECT definitions, count() AS cells FROM call_cells FINAL GROUP BY definitions')
    expect(before).toHaveLength(1)
    expect(await up.run('rebuild', '--profile', profile)).toMatchObject({ exitCode: 0 })
    const after = await up.rows(
      'SELECT definitions, count()::UInt32 AS cells, sum(offered)::UInt32 AS offered, sum(answered_fast)::UInt32 AS fast FROM call_cells FINAL GROUP BY definitions',
    )
    expect(after).toHaveLength(2)
    const [first, second] = [
      after.find(({ definitions }) => definitions === before[0].definitions),
      after.find(({ definitions }) => definitions !== before[0].definitions),
    ]
    expect(second).toMatchObject({ cells: first.cells, offered: first.offered })
    expect(second.fast).toBeGreaterThan(first.fast)
    expect(await up.run('reconcile', '--profile', profile)).toMatchObject({ exitCode: 0 })
  } finally {
    await up.stop()
  }
})

/** `steadyline process` on the servers of an `up`. */
async function startProcessor(up: Up): Promise<{ partitionCount(): Promise<number>; stop(): Promise<void> }> {
  const { spawn } = await import('node:child_process')
  const command = new URL('../../cli/steadyline.mjs', import.meta.url).pathname
  const child = spawn(process.execPath, [command, 'process', '--data', up.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'info' },
  })
  let said = ''
  child.stdout.on('data', (bytes) => (said += bytes))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    // The last time: before, it may have been given more or fewer.
    partitionCount: async () =>
      Number([...said.matchAll(/"partitionCount":(\d+),"msg":"reading partitions"/g)].at(-1)?.[1] ?? 0),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
