/** What `npm start` shows a newcomer: a year through Kafka, and every count as it was generated. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from './local-processes.ts'
import { startUp, type Up } from './steadyline.ts'

/** A year is generated, streamed and counted. */
const YEAR_MS_MAX = 500_000

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
