import { expect, test } from 'vitest'
import { answerOf, look } from './browser.ts'
import { seriousFaultsOf } from './serious-faults.ts'

/** What is there once a page is drawn. */
const PAGES: readonly [string, string][] = [
  ['/', '[data-sentence]'],
  ['/?tables=months', '[data-figure=months] table'],
  ['/evaluation', '.paper table'],
  ['/stability?period=2023-Q1', '.paper table'], // the annex of a year has a thousand rows of the same form
  ['/statements', 'main table'],
  ['/definitions', '[data-definition]'],
  ['/rejects', '[data-total]'],
]

test.each(
  PAGES.flatMap(([path, drawn]) => [
    { path, drawn, theme: 'light' as const },
    { path, drawn, theme: 'dark' as const },
  ]),
)('axe finds no serious fault on $path ($theme)', async ({ path, drawn, theme }) => {
  const { page } = await look(path, { theme, language: theme === 'light' ? 'zh' : 'en' })
  await page.locator(drawn).first().waitFor()
  expect(await seriousFaultsOf(page)).toEqual([])
})

test('axe finds no serious fault on a phone', async () => {
  const { page } = await look('/', { width: 390, height: 844 })
  await page.locator('[data-sentence]').waitFor()
  expect(await seriousFaultsOf(page)).toEqual([])
})

test('nothing is wider than a phone, but tables that scroll inside themselves', async () => {
  for (const [path, drawn] of PAGES) {
    const { page } = await look(path, { width: 390, height: 844, language: 'en' })
    await page.locator(drawn).first().waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
  }
})

test('by keyboard alone: to the content, to another page, and to a chart’s table', async () => {
  const { page } = await look('/', { language: 'en' })
  await page.locator('[data-figure=months] svg').waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  expect(await page.evaluate<string>('document.activeElement.id')).toBe('content')
  await page.locator('[data-figure=months]').getByRole('button', { name: 'Table' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-figure=months] table').waitFor()
  await page.getByRole('link', { name: 'Definitions' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Definitions' }).waitFor()
  expect(await page.getByRole('link', { name: 'Definitions' }).getAttribute('aria-current')).toBe('page')
})

test('a chart says in words what it shows', async () => {
  const { points } = await answerOf<{ points: { ratio: number }[] }>(
    '/v1/rates?grain=month&from=2023-01-01&to=2024-01-01',
  )
  const { page } = await look('/')
  const label = await page.locator('[data-figure=months] [role=img]').getAttribute('aria-label')
  for (const { ratio } of points) expect(label).toContain(`${(100 * ratio).toFixed(2)}%`)
})
