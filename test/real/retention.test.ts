/**
 * Years are sealed and their facts deleted under running processors: no figure changes, a record that comes later for them is
 * rejected, and what needs the deleted facts says so (invariant I7).
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callMessage, ticketMessage } from '../unit/schemas/messages.ts'
import { until } from './local-processes.ts'
import { type Ended, startUp, steadyline, type Up } from './steadyline.ts'

const PROFILE = fileURLToPath(new URL('../../profiles/panjin-2023.yaml', import.meta.url))
const CALLS = 'hotline.calls.v1'
const TICKETS = 'hotline.tickets.v1'
const at = (local: string) => Date.parse(`${local}+08:00`)
/** Where the seal lies: eight hours of the local year 2023 are older. */
const SEALED_BEFORE = '2023-01-01T08:00:00+08:00'

/** Every kind of answer that speaks of the sealed year, of the one whose first hours are sealed, and of both. */
const ANSWERS = [
  '/v1/years/2022',
  '/v1/years/2023',
  '/v1/quarters/2022-Q4',
  '/v1/quarters/2023-Q1',
  '/v1/months/2022-12',
  '/v1/months/2023-01',
  '/v1/months/2023-02',
  '/v1/rates?grain=hour&from=2022-12-01&to=2023-02-01',
  '/v1/rates?grain=day&from=2022-11-01&to=2023-03-01&line=12345',
  '/v1/peaks?year=2022',
  '/v1/peaks?from=2022-12-01&to=2023-02-01',
  '/v1/stability/2022',
  '/v1/stability/2023',
  '/v1/stability/2022?line=12345',
  '/v1/evaluations/2022',
  '/v1/evaluations/2023',
  '/v1/heatmap?year=2022',
  '/v1/verdicts?from=2022-11-01&to=2023-03-01',
]

/** Every command is a process, and the machine may be busy. */
const COMMANDS_MS_MAX = 900_000

let capture: string
let up: Up
let before: Record<string, unknown>
let statementId: string

beforeAll(async () => {
  capture = await mkdtemp(join(tmpdir(), 'steadyline-retention-'))
  const period = ['--from', '2022-11-20', '--to', '2023-02-10', '--scale', '0.1']
  expect(await steadyline(['generate', '--out', capture, ...period])).toMatchObject({ exitCode: 0 })
  up = await startUp(['--empty'])
  await succeeds('replay', '--from', capture, '--complete-until', '2023-07-01')
  await counted()
  statementId = (await issueStatement('2022-12')).body.id
  before = await figures()
}, COMMANDS_MS_MAX)

afterAll(async () => {
  await up?.stop()
  await rm(capture, { recursive: true, force: true })
})

async function succeeds(...command: string[]): Promise<Ended> {
  const ended = await up.run(...command)
  expect([command, ended.exitCode, ended.stderr]).toEqual([command, 0, expect.anything()])
  return ended
}

const counted = () => succeeds('wait', '--timeout', '120s')

async function figures(): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  for (const path of ANSWERS) answers[path] = (await answered(path)).body
  return answers
}

/** An API on a busy machine asks to be asked again. */
async function answered(path: string, init?: RequestInit): Promise<{ status: number; body: any }> {
  let answer: Response
  await until(
    `${path} is answered`,
    async () => {
      answer = await fetch(`http://127.0.0.1:${up.port}${path}`, init)
      return answer.status !== 503
    },
    120_000,
  )
  return { status: answer!.status, body: await answer!.json() }
}

const issueStatement = (period: string) =>
  answered('/v1/statements', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ period, provisional: true }),
  })

async function publish(topic: string, values: Buffer[]): Promise<void> {
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, acks: -1, messages: values.map((value) => ({ value })) })
  await producer.disconnect()
}

const lateCall = (callId: string, arrivedAtMs: number, emittedAtMs: number): Buffer =>
  callMessage({
    call_id: callId,
    arrived_at: arrivedAtMs,
    queued_at: arrivedAtMs,
    answered_at: arrivedAtMs + 1_000,
    ended_at: arrivedAtMs + 61_000,
    emitted_at: emittedAtMs,
  })

async function beforeRetentionCount(): Promise<number> {
  const { byCode } = JSON.parse((await succeeds('rejects', 'list', '--format', 'json')).stdout)
  return byCode.BEFORE_RETENTION ?? 0
}

test(
  'what is wrong or too early is refused with one message, and nothing is changed',
  async () => {
    const early = await up.run('retention', '--keep-from', '2024')
    expect(early).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not final are not sealed') })
    const dry = await succeeds('retention', '--keep-from', '2023', '--dry-run')
    expect(dry.stdout).toContain(SEALED_BEFORE)
    expect(dry.stdout).toContain('The first 8 hours of the local year 2023')
    expect(await up.rows('SELECT count() AS count FROM seals')).toEqual([{ count: 0 }])
  },
  COMMANDS_MS_MAX,
)

test(
  'a year is sealed while its records come once more and the processor is killed: every figure stays',
  async () => {
    const [facts] = await up.rows("SELECT count() AS count FROM call_facts WHERE cell < '2023-01-01'")
    expect(Number(facts.count)).toBeGreaterThan(1_000)
    const replaying = up.run('replay', '--from', capture)
    const sealing = up.run('retention', '--keep-from', '2023')
    process.kill(up.record().pids.processor!, 'SIGKILL')
    const [sealed] = await Promise.all([sealing, replaying])
    expect([sealed.exitCode, sealed.stderr]).toEqual([0, expect.anything()])
    await counted()
    for (const table of ['call_facts', 'ticket_facts'])
      expect(await up.rows(`SELECT count() AS count FROM ${table} WHERE cell < '2023-01-01'`)).toEqual([{ count: 0 }])
    expect(await figures()).toEqual(before)
  },
  COMMANDS_MS_MAX,
)

test(
  'a record of a sealed year is rejected as BEFORE_RETENTION, whoever reads it; one of a kept year counts',
  async () => {
    const ofBefore = await beforeRetentionCount()
    const emittedAtMs = at('2023-06-30T00:00:00')
    await publish(CALLS, [
      lateCall('late-2022', at('2022-12-15T10:00:00'), emittedAtMs),
      lateCall('last-sealed', at('2023-01-01T07:59:59.999'), emittedAtMs),
      lateCall('first-kept', at('2023-01-01T08:00:00'), emittedAtMs),
    ])
    await publish(TICKETS, [
      ticketMessage({
        ticket_id: 'late-2022',
        accepted_at: at('2022-12-15T10:00:00'),
        closed_at: null,
        emitted_at: emittedAtMs,
      }),
    ])
    await counted()
    expect(await beforeRetentionCount()).toBe(ofBefore + 3)
    const rejected = await up.rows<{ topic: string; reason: string }>(
      "SELECT topic, reason FROM rejects FINAL WHERE code = 'BEFORE_RETENTION' ORDER BY topic, offset",
    )
    expect(rejected[0]!.reason).toBe(
      'its quarter-hour lies before 2023-01-01T00:00:00.000Z, expected at or after it: what is older is sealed',
    )
    const january = (await answered('/v1/rates?grain=hour&from=2023-01-01&to=2023-01-02')).body.points
    const of = (points: { startAt: string; offeredCount: number }[], hour: string) =>
      points.find(({ startAt }) => startAt.startsWith(`2023-01-01T${hour}`))!.offeredCount
    const known = (before['/v1/rates?grain=hour&from=2022-12-01&to=2023-02-01'] as { points: never[] }).points
    expect(of(january, '07')).toBe(of(known, '07'))
    expect(of(january, '08')).toBe(of(known, '08') + 1)
    const now = await figures()
    for (const path of ['/v1/years/2022', '/v1/months/2022-12', '/v1/peaks?year=2022', '/v1/heatmap?year=2022'])
      expect([path, (now[path] as { kpis?: unknown }).kpis ?? now[path]]).toEqual([
        path,
        (before[path] as { kpis?: unknown }).kpis ?? before[path],
      ])
  },
  COMMANDS_MS_MAX,
)

test(
  'reconcile finds no difference, not in cells and not in the log',
  async () => {
    const log = await succeeds('reconcile', '--log')
    expect(log.stdout).toContain('Cells before 2023-01-01T00:00:00.000Z are sealed')
    expect(log.stdout).toContain('records are of sealed years')
    // Again: nothing is left to do, and nothing changes.
    await succeeds('retention', '--keep-from', '2023')
    const rebuilt = await succeeds('rebuild')
    expect(rebuilt.stdout).toContain('they stay as they were')
    expect((await answered('/v1/years/2022')).body.kpis).toEqual((before['/v1/years/2022'] as { kpis: unknown }).kpis)
  },
  COMMANDS_MS_MAX,
)

test(
  'what needs deleted records says so, and answers nothing wrong',
  async () => {
    const asked = [
      '/v1/years/2022?asOf=2022-12-31',
      '/v1/years/2023?asOf=2023-01-31',
      '/v1/evaluations/2022?asOf=2022-12-31',
      '/v1/calls?from=2022-12-01&to=2023-02-01',
      '/v1/tickets?from=2022-12-01&to=2022-12-02',
      '/v1/windows/evening@2022-12-20',
      `/v1/statements/${statementId}/diff`,
    ]
    for (const path of asked)
      expect([path, (await answered(path)).body]).toEqual([
        path,
        expect.objectContaining({
          status: 410,
          code: 'STEADYLINE_FACTS_DELETED',
          detail: expect.stringContaining(SEALED_BEFORE),
        }),
      ])
    expect((await answered('/v1/calls?from=2023-01-02&to=2023-01-03')).status).toBe(200)
    expect((await answered('/v1/windows/evening@2023-01-20')).status).toBe(200)
    expect((await issueStatement('2022-11')).status).toBe(410)
    for (const command of [
      ['capture', '--out', join(capture, 'of-2022'), '--from', '2022-12-01', '--to', '2023-02-01'],
      ['plan', 'what-if', '--from', '2022-12-01', '--to', '2023-01-10'],
    ])
      expect([command, await up.run(...command)]).toEqual([
        command,
        expect.objectContaining({ exitCode: 1, stderr: expect.stringContaining('were deleted') }),
      ])
    expect((await answered(`/v1/statements/${statementId}`)).body.id).toBe(statementId)
  },
  COMMANDS_MS_MAX,
)

test(
  'definitions that were changed since have no series of the sealed year, and their figures are refused and not 0',
  async () => {
    const profile = join(capture, 'stricter.yaml')
    const text = await readFile(PROFILE, 'utf8')
    await writeFile(profile, text.replace('answerThresholdMs: 15000', 'answerThresholdMs: 10000'))
    await succeeds('rebuild', '--profile', profile)
    for (const command of [
      ['stability', '--quarter', '2022-Q4', '--line', '12345'],
      ['stability', '--year', '2023'], // its first eight hours are sealed
      ['evaluate', '--year', '2022'],
    ])
      expect([command, await up.run(...command, '--profile', profile)]).toEqual([
        command,
        expect.objectContaining({ exitCode: 1, stderr: expect.stringContaining('were not counted over them') }),
      ])
    expect(await up.run('evaluate', '--year', '2022')).toMatchObject({ exitCode: 0 })
  },
  COMMANDS_MS_MAX,
)

test(
  'the seal holds for a processor that starts anew',
  async () => {
    const { pids } = up.record()
    process.kill(pids.processor!, 'SIGTERM')
    await until('another processor runs', async () => up.record().pids.processor !== pids.processor, 60_000)
    const ofBefore = await beforeRetentionCount()
    await publish(CALLS, [lateCall('later-2022', at('2022-11-25T10:00:00'), at('2023-06-30T00:00:00'))])
    await counted()
    expect(await beforeRetentionCount()).toBe(ofBefore + 1)
  },
  COMMANDS_MS_MAX,
)
