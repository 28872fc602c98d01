import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PeriodAnswer } from '../../api/answers/period-answer.ts'
import { testFolder } from '../real/local-processes.ts'
import { startUp, steadyline } from '../real/steadyline.ts'
import { look, textOf } from './browser.ts'

const STATES_MS_MAX = 360_000

test('an empty store, a backlog, the first figures, a server that goes and comes back: each is said, without reloading', {
  timeout: STATES_MS_MAX,
}, async ({ onTestFinished }) => {
  const up = await startUp(['--empty'])
  onTestFinished(() => up.stop())
  const { page } = await look('/', { dashboard: `http://127.0.0.1:${up.port}`, language: 'en' })
  const shown = page.locator('tr[data-kpi=connectionRate] [data-percent]')

  await page.locator('[data-empty]').waitFor()
  expect(await textOf(page.locator('[data-empty]'))).toContain('npx steadyline import')
  expect(await textOf(shown)).toBe('—')
  expect(await page.locator('.banner.simulated').count()).toBe(0)

  const capture = join(await testFolder(), 'capture')
  const made = await steadyline(['generate', '--out', capture, '--from', '2023-03-13', '--to', '2023-03-16'])
  expect(made.exitCode, made.stderr).toBe(0)
  const { processor } = up.record().pids
  process.kill(processor!, 'SIGSTOP')
  const replayed = await up.run('replay', '--from', capture)
  expect(replayed.exitCode, replayed.stderr).toBe(0)
  await page.getByText(/Still counting: \d+ of [\d,]+ records/).waitFor()
  process.kill(processor!, 'SIGCONT')

  const waited = await up.run('wait', '--timeout', '3m')
  expect(waited.exitCode, waited.stderr).toBe(0)
  const year = await up.get<PeriodAnswer>('/v1/years/2023')
  const connection = year.kpis.find(({ id }) => id === 'connectionRate')!
  await shown.filter({ hasText: `${connection.percent}%` }).waitFor()
  await page.getByText('Still counting').waitFor({ state: 'detached' })
  expect(await textOf(page.locator('.updated'))).toMatch(/updated \d\d:\d\d:\d\d: .*\+[\d,]+ (calls|tickets)/)
  expect(await textOf(page.locator('.banner.simulated'))).toContain('模拟数据')
  expect(await textOf(page.locator('.page-head .mark'))).toBe('open')
  expect(await page.locator('[data-empty]').count()).toBe(0)

  process.kill(up.record().pids.api!, 'SIGKILL')
  await page.locator('.banner.gone').waitFor()
  expect(await textOf(shown), 'the last figures stay').toBe(`${connection.percent}%`)
  await page.locator('.banner.gone').waitFor({ state: 'detached' })
  await page.getByText('All counted').waitFor()
  expect(await textOf(shown)).toBe(`${connection.percent}%`)
})
