import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../real/local-processes.ts'
import { steadyline } from '../real/steadyline.ts'
import { look } from './browser.ts'
import { serve } from './serve.ts'

async function keyOf(file: string, role: string): Promise<string> {
  const { stdout, stderr } = await steadyline(['keys', 'add', '--name', role, '--role', role, '--file', file])
  const key = /slk_\S+/.exec(stdout)?.[0]
  if (key === undefined) throw new Error(`keys add said ${stdout}${stderr}`)
  return key
}

const SIGNING_MS_MAX = 360_000

test('where keys are set up, one signs in; without a right that is said, and signing out ends it', {
  timeout: SIGNING_MS_MAX,
}, async () => {
  const file = join(await testFolder(), 'keys.json')
  const viewer = await keyOf(file, 'viewer')
  const evaluator = await keyOf(file, 'evaluator')
  const dashboard = await serve([], { API_KEYS_FILE: file })
  const { page, context } = await look('/statements', { dashboard, language: 'en' })

  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByLabel('Key').fill('slk_not-a-key')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The key is not right').waitFor()
  await page.getByLabel('Key').fill(viewer)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Issuing one needs the key of an evaluator.').waitFor()
  expect(await page.getByRole('button', { name: 'Issue the statement' }).count()).toBe(0)
  expect(page.url()).toBe(`${dashboard}/statements`)
  expect(await page.evaluate('document.cookie'), 'scripts cannot read the session').toBe('')

  await page.goto('/rejects')
  await page.getByText('Your key does not carry the right to see this').waitFor()
  await page.goto('/')
  await page.locator('tr[data-kpi=connectionRate]').waitFor()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await context.cookies()).toEqual([])
  await page.getByLabel('Key').fill(evaluator)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('tr[data-kpi=connectionRate]').waitFor()
  await page.goto('/statements')
  await page.getByRole('button', { name: 'Issue the statement' }).waitFor()
})

test('plans need the key of a planner: a viewer is told so, a planner asks for one by keyboard alone', {
  timeout: SIGNING_MS_MAX,
}, async () => {
  const file = join(await testFolder(), 'keys.json')
  const viewer = await keyOf(file, 'viewer')
  const planner = await keyOf(file, 'planner')
  const dashboard = await serve([], { API_KEYS_FILE: file })
  const signIn = async (key: string) => {
    const { page } = await look('/plans?kind=forecast&from=2023-12-04&weeks=1', { dashboard, language: 'en' })
    await page.getByLabel('Key').focus()
    await page.keyboard.type(key)
    await page.keyboard.press('Enter')
    return page
  }
  const refused = await signIn(viewer)
  await refused.getByText('Plans need the key of a planner.').waitFor()
  expect(await refused.getByRole('button', { name: 'Start' }).count()).toBe(0)
  const session = {
    cookie: (await refused.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; '),
  }
  expect((await fetch(`${dashboard}/v1/plans`, { headers: session })).status).toBe(403)

  const page = await signIn(planner)
  await page.getByRole('button', { name: 'Start' }).waitFor()
  await page.locator('input[name=weeks]').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('2')
  expect(new URL(page.url()).searchParams.get('weeks')).toBe('2')
  const isOnStart = () => page.evaluate("document.activeElement?.textContent?.trim() === 'Start'")
  for (let tabs = 0; !(await isOnStart()); tabs++) {
    expect(tabs, 'Start is reached by Tab').toBeLessThan(20)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.locator('[data-state=done]').waitFor({ timeout: SIGNING_MS_MAX })
})
