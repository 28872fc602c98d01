/** Debian's Chromium, as a person who looks at the dashboard. */
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, inject, onTestFinished } from 'vitest'
import { CHROMIUM, FLAGS } from './chromium.ts'

/** On a slow and busy machine; whatever waits this long is broken. */
const WAIT_MS_MAX = 60_000

let launched: Promise<Browser> | undefined

afterAll(async () => {
  await (await launched)?.close()
})

export interface Looking {
  language?: 'zh' | 'en'
  theme?: 'light' | 'dark'
  width?: number
  height?: number
  /** Default: that of the demonstration year. */
  dashboard?: string
}

export interface Looked {
  page: Page
  context: BrowserContext
  /** Every address that was asked for. */
  asked: string[]
  /** What scripts complained of. */
  faults: string[]
}

/** Opens a page of the dashboard in a browser that knows nothing of earlier ones; it is closed with the test. */
export async function look(path: string, looking: Looking = {}): Promise<Looked> {
  const { language = 'zh', theme = 'light', width = 1280, height = 800, dashboard = inject('dashboard') } = looking
  launched ??= chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  const context = await (await launched).newContext({
    baseURL: dashboard,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    viewport: { width, height },
    acceptDownloads: true,
  })
  onTestFinished(() => context.close())
  context.setDefaultTimeout(WAIT_MS_MAX)
  const page = await context.newPage()
  const asked: string[] = []
  const faults: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(path)
  return { page, context, asked, faults }
}

/** A JSON answer of the API of the demonstration year. */
export async function answerOf<Answer>(path: string, dashboard = inject('dashboard')): Promise<Answer> {
  const response = await fetch(`${dashboard}${path}`)
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}

/** The text of one place, with its white space made plain. */
export async function textOf(place: Locator): Promise<string> {
  return ((await place.textContent()) ?? '').replace(/\s+/g, ' ').trim()
}

/** The texts of what is found, in the order of the page, with its white space made plain. */
export async function textsOf(page: Page, selector: string): Promise<string[]> {
  await page.locator(selector).first().waitFor()
  const texts = await page.locator(selector).allInnerTexts()
  return texts.map((text) => text.replace(/\s+/g, ' ').trim())
}
