/**
 * Takes the pictures of docs/screenshots: `npm run screenshots` on a running `npm start`, or on the dashboard whose address
 * is given; with words after it, `plans,seats`, only those whose names begin so. Pictures are looked at before they are committed.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { CHROMIUM, FLAGS } from './chromium.ts'

const FOLDER = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))
const WAIT_MS_MAX = 120_000
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

interface Picture {
  name: string
  path: string
  /** What is there once the page is drawn. */
  drawn: string
  language: 'zh' | 'en'
  theme: 'light' | 'dark'
  size: { width: number; height: number }
}

const desk = (name: string, path: string, drawn: string): Picture[] => [
  { name: `${name}-zh`, path, drawn, language: 'zh', theme: 'light', size: DESK },
  { name: `${name}-en-dark`, path, drawn, language: 'en', theme: 'dark', size: DESK },
]
const PICTURES: readonly Picture[] = [
  ...desk('overview', '/', '[data-figure=months] svg'),
  { name: 'overview-en', path: '/', drawn: '[data-figure=months] svg', language: 'en', theme: 'light', size: DESK },
  { name: 'overview-phone', path: '/', drawn: '[data-figure=months] svg', language: 'zh', theme: 'light', size: PHONE },
  ...desk('peaks', '/peaks', '[data-figure] svg'),
  { name: 'peaks-phone', path: '/peaks', drawn: '.control svg', language: 'zh', theme: 'light', size: PHONE },
  ...desk('window', '/peaks/weekday-morning@2023-11-06', '.course svg'),
  ...desk('calls', '/calls?from=2023-11-06T08:30&to=2023-11-06T11:30&window=weekday-morning@2023-11-06', '[data-call]'),
  ...desk('evaluation', '/evaluation', '.paper table'),
  ...desk('stability', '/stability', '.paper table'),
  ...desk('statements', '/statements', 'main table'),
  ...desk('definitions', '/definitions', '[data-definition]'),
  ...desk('rejects', '/rejects', '[data-total]'),
]

/** Two plans of the demonstration year, which the pictures of plans show side by side; they take a minute. */
async function plansPictures(dashboard: string): Promise<Picture[]> {
  const evening = { seatFactors: [{ period: 'evening', factor: 0.8 }] }
  const whatIf = await planned(dashboard, 'what-if', { ...evening, costPerPerson: 60_000 })
  const seats = await planned(dashboard, 'seats', { from: '2023-11-01', to: '2023-12-01', costPerPerson: 60_000 })
  const form = '/plans?seats.evening=-20'
  const phone = { drawn: '[data-figure=hours] svg', language: 'zh', theme: 'light', size: PHONE } as const
  return [
    ...desk('plans', form, '[data-beside] tbody tr'),
    ...desk('what-if', `/plans/${whatIf}`, '[data-figure=hours] svg'),
    ...desk('seats', `/plans/${seats}`, '[data-figure=curve] svg'),
    { ...phone, name: 'what-if-phone', path: `/plans/${whatIf}` },
  ]
}

/** @returns the id of a plan that is done */
async function planned(dashboard: string, kind: string, inputs: object): Promise<string> {
  const response = await fetch(`${dashboard}/v1/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, inputs }),
  })
  const { id } = (await response.json()) as { id: string }
  await (await fetch(`${dashboard}/v1/plans/${id}/events`)).text() // ends with the plan
  return id
}

async function take(browser: Browser, dashboard: string, { name, path, drawn, language, theme, size }: Picture) {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const context = await browser.newContext({ baseURL: dashboard, locale, colorScheme: theme, viewport: size })
  context.setDefaultTimeout(WAIT_MS_MAX)
  const page = await context.newPage()
  await page.goto(path)
  await page.locator(drawn).first().waitFor()
  for (const waiting of await page.locator('.waiting').all()) await waiting.waitFor({ state: 'detached' })
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  await context.close()
}

mkdirSync(FOLDER, { recursive: true })
const dashboard = process.argv[2] ?? 'http://127.0.0.1:8080'
const wanted = (process.argv[3] ?? '').split(',')
const plans = await plansPictures(dashboard)
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
for (const picture of [...PICTURES, ...plans].filter(({ name }) => wanted.some((word) => name.startsWith(word)))) {
  await take(browser, dashboard, picture)
  process.stdout.write(`${picture.name}.png\n`)
}
await browser.close()
