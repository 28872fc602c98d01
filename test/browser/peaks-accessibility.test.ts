import { expect, test } from 'vitest'
import type { CallAnswer } from '../../api/answers/call-answer.ts'
import { answerOf, look } from './browser.ts'
import { seriousFaultsOf } from './serious-faults.ts'

const EVENING = 'from=2023-06-05T18:00&to=2023-06-05T20:00'
/** What is there once a page is drawn. */
const PAGES: readonly [string, string][] = [
  ['/peaks', '.control svg'],
  ['/peaks?from=2023-06-01&to=2023-07-01&tables=heatmap,control,pooled', '[data-figure=control] table'],
  ['/peaks/evening@2023-06-05', '.course svg'],
  ['/peaks/spring-festival@2023-01-21?tables=course', '[data-figure=course] table'],
  [`/calls?${EVENING}&window=evening@2023-06-05`, '[data-call]'],
]

test.each(
  PAGES.flatMap(([path, drawn]) => [
    { path, drawn, theme: 'light' as const },
    { path, drawn, theme: 'dark' as const },
  ]),
)('axe finds no serious fault on $path ($theme)', async ({ path, drawn, theme }) => {
  const { page } = await look(path, { theme, language: theme === 'light' ? 'zh' : 'en' })
  await page.locator(drawn).first().waitFor()
  await page.locator('.waiting').first().waitFor({ state: 'detached' })
  expect(await seriousFaultsOf(page)).toEqual([])
})

test('nor on one call', async () => {
  const { calls } = await answerOf<{ calls: CallAnswer[] }>(`/v1/calls?${EVENING}&limit=1`)
  const { page } = await look(`/calls/${calls[0]!.callId}`, { theme: 'dark' })
  await page.locator('[data-revision]').first().waitFor()
  expect(await seriousFaultsOf(page)).toEqual([])
})

test('nothing is wider than a phone, but tables that scroll inside themselves', async () => {
  for (const [path, drawn] of PAGES) {
    const { page } = await look(path, { width: 390, height: 844, language: 'en' })
    await page.locator(drawn).first().waitFor()
    await page.locator('.waiting').first().waitFor({ state: 'detached' })
    expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
  }
})
