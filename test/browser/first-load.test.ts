import { expect, inject, test } from 'vitest'
import { look } from './browser.ts'

const FIRST_LOAD_BYTES_MAX = 350 * 1024

test('the first load is at most 350 kB as it comes over the wire, and drawn from this server alone', async () => {
  const { page, context, asked, faults } = await look('/definitions')
  await page.goto('about:blank')
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(inject('dashboard'))
  await page.locator('[data-figure=months] svg').waitFor()
  await page.locator('[data-sentence]').waitFor()
  expect(bytes).toBeGreaterThan(100 * 1024) // the charts are in it
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX)
  const hosts = new Set(asked.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin))
  expect([...hosts]).toEqual([inject('dashboard')])
  expect(faults).toEqual([])
})

test('no page asks another host', async () => {
  for (const path of ['/evaluation', '/stability', '/statements', '/definitions', '/rejects']) {
    const { page, asked } = await look(path)
    await page.waitForLoadState('load')
    await page.locator('h1').first().waitFor()
    expect(asked.filter((url) => /^(https?|wss?):/.test(url) && !url.startsWith(inject('dashboard')))).toEqual([])
  }
})

test('scripts come from this server only: no inline script runs, whoever wrote it', async () => {
  const policy = (await fetch(inject('dashboard'), { headers: { accept: 'text/html' } })).headers.get(
    'content-security-policy',
  )!
  const directives = Object.fromEntries(policy.split(';').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
  expect(directives['script-src']).toEqual(["'self'"])
  expect(directives['script-src-attr']).toEqual(["'none'"])
  expect(directives['default-src']).toEqual(["'self'"])

  const { page } = await look('/definitions')
  await page.locator('h1').waitFor()
  const isRun = await page.evaluate<boolean>(`new Promise((resolve) => {
    const script = document.createElement('script')
    script.textContent = 'window.wasRun = true'
    document.body.append(script)
    requestAnimationFrame(() => resolve(window.wasRun === true))
  })`)
  expect(isRun).toBe(false)
})

test('assets are compressed once and kept; pages are asked for anew; what programs miss is no page', async () => {
  const html = await (await fetch(inject('dashboard'), { headers: { accept: 'text/html' } })).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)![1]!
  const asset = await fetch(`${inject('dashboard')}${script}`, { headers: { 'accept-encoding': 'br' } })
  expect(asset.headers.get('content-encoding')).toBe('br')
  expect(asset.headers.get('cache-control')).toContain('immutable')
  for (const path of ['/v1/nothing', '/assets/nothing.js', '/docs/nothing', '/no/such/page']) {
    const missed = await fetch(`${inject('dashboard')}${path}`, { headers: { accept: 'application/json' } })
    expect(missed.status).toBe(404)
    expect(missed.headers.get('content-type')).toContain('json')
  }
  const page = await fetch(`${inject('dashboard')}/no/such/page`, { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('cache-control')).toBe('no-cache')
})
