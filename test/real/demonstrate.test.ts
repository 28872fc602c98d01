/** `demonstrate`: the synthetic year into servers that are there already, once, and to its end if it was cut off. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, startUp, steadyline, type Up } from './steadyline.ts'

const PROFILE = fileURLToPath(new URL('../../profiles/panjin-2023.yaml', import.meta.url))
const STREAMING_MS_MAX = 600_000

let up: Up
let folder: string
let profile: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-demonstrate-'))
  profile = join(folder, 'two-weeks.yaml')
  const text = await readFile(PROFILE, 'utf8')
  const twoWeeks = text.replace('to: 2024-01-01, settleEvery', 'to: 2023-01-15, settleEvery')
  expect(twoWeeks).not.toBe(text)
  await writeFile(profile, twoWeeks)
  up = await startUp(['--empty', '--profile', profile])
}, STREAMING_MS_MAX)
afterAll(async () => {
  await up?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** On a folder of its own, as the container has it: the servers come from the environment. */
function demonstrate(): Promise<Ended> {
  const { kafkaBrokers, clickhouseUrl } = up.record()
  return steadyline(['demonstrate', '--profile', profile], {
    KAFKA_BROKERS: kafkaBrokers,
    CLICKHOUSE_URL: clickhouseUrl,
    STEADYLINE_DATA: join(folder, 'demonstration'),
  })
}

/** What is answered, and how many messages it was counted from. */
async function counted(): Promise<{ kpis: Record<string, unknown>; messages: number }> {
  const year = await up.get('/v1/years/2023')
  const [row] = await up.rows<{ messages: number }>(
    'SELECT toUInt32(sum(until)) AS messages FROM (SELECT max(next_offset) AS until FROM progress GROUP BY topic, partition)',
  )
  const kpis = year.kpis.map(({ id, numerator, denominator }: any) => [id, { numerator, denominator }])
  return { kpis: Object.fromEntries(kpis), messages: row!.messages }
}

test(
  'an empty pair of topics gets the year, and what is counted is what was generated',
  async () => {
    const ended = await demonstrate()
    expect([ended.exitCode, ended.stderr]).toEqual([0, expect.anything()])
    expect(ended.stdout).toMatch(/Streamed [\d,]+ records in [\d.]+ s; counting …\nCounted [\d.]+ s after/)
    const truth = JSON.parse(await readFile(join(folder, 'demonstration', 'truth.json'), 'utf8'))
    const { kpis, messages } = await counted()
    expect(kpis).toEqual(truth.years['2023'])
    expect(messages).toBeGreaterThanOrEqual(truth.messages.calls + truth.messages.tickets)
    expect(existsSync(join(folder, 'demonstration', 'generating'))).toBe(false)
  },
  STREAMING_MS_MAX,
)

test(
  'topics that hold records get nothing, unless the last time was cut off: then the same again, which changes no figure',
  async () => {
    const before = await counted()
    const again = await demonstrate()
    expect(again).toMatchObject({ exitCode: 0, stdout: 'The topics hold records already: nothing is generated.\n' })
    expect(await counted()).toEqual(before)

    await writeFile(join(folder, 'demonstration', 'generating'), '')
    expect(await demonstrate()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Streamed') })
    expect(await counted()).toEqual({ kpis: before.kpis, messages: 2 * before.messages })
  },
  STREAMING_MS_MAX,
)
