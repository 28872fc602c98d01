/**
 * What `npm start` shows a newcomer: a year through Kafka, every count as it was generated, and every command of every
 * document on it.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DocumentCommand, documentCommands, missingOf } from './document-commands.ts'
import { walker } from './document-walk.ts'
import { until } from './local-processes.ts'
import { startUp, type Up } from './steadyline.ts'

/** A year is generated, streamed and counted. */
const YEAR_MS_MAX = 500_000

/** What is walked elsewhere or cannot be walked here, with the reason; a command that stands in no document any more is an error. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'docs/api.md curl -s http://127.0.0.1:8080/v1/windows/':
    'of a year with an evening that collapsed: test/real/windows.test.ts',
  'docs/api.md curl -sN http://127.0.0.1:8080/v1/live': 'a stream without an end: test/real/live.test.ts',
  'docs/import.md npx steadyline import --calls calls.csv': 'a form with names of your own files; the examples follow',
  'docs/retention-and-backup.md npx steadyline restore': 'wants an empty database: test/real/backup.test.ts',
  'docs/scenarios.md npx steadyline replay --from week --speed 60x': 'takes weeks of 60x; test/real/scenarios.test.ts',
}
/** Pages about a store of one's own, in which there is no demonstration. */
const ON_AN_EMPTY_ONE = new Set(['docs/connect.md'])

const commands = documentCommands()
const isLeftOut = ({ place, command }: DocumentCommand) =>
  Object.keys(LEFT_OUT).some((start) => `${place.split(':')[0]} ${command}`.startsWith(start))

let up: Up
let truth: any
beforeAll(async () => {
  up = await startUp([], { env: { LANG: 'en_US.UTF-8', LC_ALL: '' } })
  await until('the figures are printed', () => up.said().includes('Ctrl-C stops everything'), YEAR_MS_MAX)
  truth = JSON.parse(await readFile(join(up.folder, 'truth.json'), 'utf8'))
})
afterAll(() => up.stop())

const countsOf = (answer: any) =>
  Object.fromEntries(answer.kpis.map(({ id, numerator, denominator }: any) => [id, { numerator, denominator }]))

test('the year, every month and every KPI equal what was generated', async () => {
  expect(countsOf(await up.get('/v1/years/2023'))).toEqual(truth.years['2023'])
  for (const month of Object.keys(truth.months).filter((name) => name.startsWith('2023'))) {
    expect({ month, ...countsOf(await up.get(`/v1/months/${month}`)) }).toEqual({ month, ...truth.months[month] })
  }
})

test('the six classes of offered calls add up in every hour', async () => {
  const unequal = await up.rows(
    'SELECT toStartOfHour(cell) AS hour FROM call_cells FINAL GROUP BY hour HAVING sum(offered) != sum(answered + abandoned + no_seat + flowed_out + failed + other)',
  )
  expect(unequal).toEqual([])
  const [sum] = await up.rows('SELECT count()::UInt32 AS cells, sum(offered)::UInt32 AS offered FROM call_cells FINAL')
  expect(sum.cells).toBeGreaterThan(20_000)
  expect(sum.offered).toBe(truth.years['2023'].connectionRate.denominator)
})

test('it is final, marked as simulated, and printed beside the published figures', async () => {
  const year = await up.get('/v1/years/2023')
  expect(year).toMatchObject({ status: 'final', simulated: true, evidence: truth.facts })
  const said = up.said()
  expect(said).toContain('模拟数据')
  for (const percent of ['98.01 %', '75.53 %', '99.88 %', '91.43 %', '98.33 %']) expect(said).toContain(percent)
  expect(said).toContain('优')
})

test('what is left out is there', () => {
  const left = commands.filter(isLeftOut).map(({ place, command }) => `${place.split(':')[0]} ${command}`)
  expect(Object.keys(LEFT_OUT).filter((start) => !left.some((command) => command.startsWith(start)))).toEqual([])
  expect(commands.length).toBeGreaterThan(40)
})

describe('a newcomer’s walk: every command of every document comes out as it shows', () => {
  let empty: Up
  let walk: Record<'year' | 'empty', Awaited<ReturnType<typeof walker>>>
  beforeAll(async () => {
    empty = await startUp(['--empty'])
    walk = { year: await walker(up), empty: await walker(empty) }
  })
  afterAll(() => empty?.stop())

  for (const one of commands.filter((command) => !isLeftOut(command))) {
    test(`${one.place} ${one.command}`, async () => {
      const { exitCode, output } = await walk[ON_AN_EMPTY_ONE.has(one.place.split(':')[0]!) ? 'empty' : 'year'](one)
      expect({ exitCode, missing: missingOf(one.shown, output) }, output).toEqual({ exitCode: 0, missing: [] })
    })
  }
})

test('everything killed and started again, the figures are the same', async () => {
  const before = await up.get('/v1/years/2023')
  const { pids } = up.record()
  for (const pid of [pids.processor, pids.api, pids.store!, pids.broker!]) process.kill(pid, 'SIGKILL')
  await until('every part is started again', () =>
    Object.entries(up.record().pids).every(([name, pid]) => name === 'up' || (pid > 0 && pid !== pids[name as 'api'])),
  )
  await until('the API answers as before', async () => (await up.get('/v1/years/2023').catch(() => null)) !== null)
  expect(await up.run('wait', '--timeout', '5m')).toMatchObject({ exitCode: 0 })
  expect(await up.get('/v1/years/2023')).toEqual(before)
})
