import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, onTestFinished, test } from 'vitest'
import { look } from './browser.ts'

const SIMULATED = '模拟数据'

/** The sheets of a print, each as its text. */
async function sheetsOf(page: Page): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-print-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'print.pdf')
  await writeFile(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }))
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1)
}

const PRINTED: readonly [string, string][] = [
  ['/evaluation', '/v1/evaluations/2023'],
  ['/stability', '/v1/stability/2023'],
]

test.each(PRINTED)('%s prints the very sheets of the page that the API gives', async (path, api) => {
  const { page } = await look(path)
  await page.locator('.paper h1').first().waitFor()
  const sheets = await sheetsOf(page)
  const { page: alone } = await look('/definitions')
  await alone.setExtraHTTPHeaders({ accept: 'text/html' })
  await alone.goto(`${inject('dashboard')}${api}`)
  const expected = await sheetsOf(alone)
  const words = (sheet: string) => sheet.replace(/\s+/g, '')
  expect(sheets.length).toBe(expected.length)
  expect(sheets.map(words)).toEqual(expected.map(words))
  for (const sheet of sheets) expect(sheet).toContain(SIMULATED)
})

test('the evaluation is two sheets, in dark as in light', async () => {
  const { page } = await look('/evaluation', { theme: 'dark' })
  await page.locator('.paper h1').waitFor()
  expect(await sheetsOf(page)).toHaveLength(2)
})

test('the overview prints its figures under 模拟数据, without what only a screen needs', async () => {
  const { page } = await look('/')
  await page.locator('[data-sentence]').waitFor()
  await page.locator('tr[data-kpi=connectionRate]').waitFor()
  const text = (await sheetsOf(page)).join('\n')
  expect(text).toContain(SIMULATED)
  expect(text).toContain('98.01%')
  expect(text).not.toContain('English')
})
