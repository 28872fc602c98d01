/** `demonstrate`: the synthetic year into servers that are there already, once, and to its end if it was cut off. */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testFolder } from './local-processes.ts'
import { type Ended, startUp, steadyline, type Up } from './steadyline.ts'

const PROFILE = fileURLToPath(new URL('../../profiles/panjin-2023.yaml', import.meta.url))
const STREAMING_MS_MAX = 600_000

let up: Up
let folder: string
let profile: string

beforeAll(async () => {
  folder = await testFolder()
  profile = join(folder, 'two-weeks.yaml')
  const text = await readFile(PROFILE, 'utf8')
  const twoWeeks = text.replace('to: 2024-01-01, settleEvery', 'to: 2023-01-15, settleEvery')
  expect(twoWeeks).not.toBe(text)
  await writeFile(profile, twoWeeks)
  up = await startUp(['--empty', '--profile', profile])
}, STREAMING_MS_MAX)
afterAll(() => up?.stop())

/** On a folder of its own, as the container has it: the servers come from the environment. */
function demonstrate(): Promise<Ended> {
  const { kafkaBrokers, clickhouseUrl } = up.record()
  return steadyline(['demonstrate', '--profile', profile], {
    KAFKA_BROKERS: kafkaBrokers,
    CLICKHOUSE_URL: clickhouseUrl,
    STEADYLINE_DATA: join(folder, 'demonstration'),
  })
}

/** What is counted, and how many messages it is of. */
async function counted(): Promise<{ offered: number; accepted: number; messages: number }> {
  const [row] = await up.rows(
    `SELECT (SELECT toUInt32(sum(offered)) FROM call_cells FINAL) AS offered,
            (SELECT toUInt32(sum(accepted)) FROM ticket_cells FINAL) AS accepted,
            (SELECT toUInt32(sum(next_offset)) FROM (SELECT max(next_offset) AS next_offset FROM progress GROUP BY topic, partition)) AS messages`,
  )
  return row
}

test(
  'an empty pair of topics gets the year, and what is counted is what was generated',
  async () => {
    const ended = await demonstrate()
    expect([ended.exitCode, ended.stderr]).toEqual([0, expect.anything()])
    expect(ended.stdout).toMatch(/Streamed [\d,]+ records in [\d.]+ s; counting …\nCounted [\d.]+ s after/)
    const truth = JSON.parse(await readFile(join(folder, 'demonstration', 'truth.json'), 'utf8'))
    const { offered, accepted, messages } = await counted()
    expect(offered).toBe(truth.years['2023'].connectionRate.denominator)
    expect(accepted).toBe(truth.years['2023'].closureRate.denominator)
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
    const { messages, ...figures } = await counted()
    expect(figures).toEqual({ offered: before.offered, accepted: before.accepted })
    expect(messages).toBe(2 * before.messages)
  },
  STREAMING_MS_MAX,
)
