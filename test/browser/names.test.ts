import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { look, textOf } from './browser.ts'
import { serve } from './serve.ts'

const EVIL = '<img src=x onerror=window.wasRun=true>'

test('names are text, whatever they hold: of lines, regions, peaks and the profile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-names-')) // a list of profiles is split at commas
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const profile = join(folder, 'profile.yaml')
  const names = ['政务服务便民热线', '双台子区', '晚间高峰', '盘锦12345热线2023']
  let yaml = await readFile('profiles/panjin-2023.yaml', 'utf8')
  for (const name of names) yaml = yaml.replace(new RegExp(`(?<=[ :])${name}(?=[ ,}\\n])`), `"${EVIL}"`)
  await writeFile(profile, yaml)
  const dashboard = await serve(['--profile', profile])

  const { page, faults } = await look('/', { dashboard })
  await page.locator('[data-pooled=evening]').waitFor()
  expect(await textOf(page.locator('.brand'))).toContain(EVIL)
  expect(await textOf(page.locator('[data-pooled=evening]'))).toContain(EVIL)
  expect(await page.title()).toContain(EVIL)
  await page.goto('/stability')
  await page.locator('.paper h1').first().waitFor()
  expect(await textOf(page.getByLabel('线路'))).toContain(`12345 ${EVIL}`)
  expect(await textOf(page.getByLabel('区域'))).toContain(EVIL)
  expect(await page.locator('.paper body').textContent()).toContain(EVIL)
  await page.goto('/definitions')
  expect(await textOf(page.locator('section[aria-labelledby=windows]'))).toContain(EVIL)
  expect(await page.locator('img[src=x]').count()).toBe(0)
  expect(await page.evaluate('window.wasRun')).toBeUndefined()
  expect(faults).toEqual([])
})
