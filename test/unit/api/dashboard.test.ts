import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dashboardRoutes } from '../../../api/routes/dashboard.ts'
import { anApp } from './asked-app.ts'

const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

async function servedFrom(folder: string) {
  const app = Fastify()
  await app.register(dashboardRoutes, { folder })
  onTestFinished(() => app.close())
  return (url: string, headers: Record<string, string> = PAGE) => app.inject({ url, headers })
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-dashboard-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'dist')
}

async function build(folder: string, text: string): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), `<!doctype html><p>${text}`)
  await writeFile(join(folder, 'assets', 'a-1.js'), 'export {}')
}

describe('the dashboard is served', () => {
  test('from the moment it is built, and anew when it is built anew', async () => {
    const folder = await aFolder()
    const ask = await servedFrom(folder)
    const before = await ask('/')
    expect(before.statusCode).toBe(503)
    expect(before.body).toContain('npm run build:web')
    await build(folder, 'first')
    expect((await ask('/')).body).toContain('first')
    await rm(folder, { recursive: true })
    await build(folder, 'second')
    expect((await ask('/')).body).toContain('second')
  })

  test('at every path that a browser opens, but those of programs', async () => {
    const folder = await aFolder()
    await build(folder, 'page')
    const ask = await servedFrom(folder)
    for (const path of ['/', '/peaks', '/peaks/evening@2023-03-10', '/statements/x?view=diff']) {
      const { statusCode, headers } = await ask(path)
      expect([statusCode, headers['cache-control']], path).toEqual([200, 'no-cache'])
    }
    for (const path of ['/v1/nothing', '/v1', '/docs/nothing', '/health/nothing', '/metrics/x', '/assets/nothing.js']) {
      expect((await ask(path)).statusCode, path).toBe(404)
    }
    expect((await ask('/peaks', { accept: 'application/json' })).statusCode).toBe(404)
  })

  test('and nothing outside its folder', async () => {
    const folder = await aFolder()
    await build(folder, 'page')
    await writeFile(join(folder, '..', 'secret.txt'), 'told to nobody')
    const ask = await servedFrom(folder)
    for (const path of [
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
    ]) {
      expect((await ask(path)).body, path).not.toContain('told to nobody')
    }
    const asset = await ask('/assets/a-1.js')
    expect(asset.headers['cache-control']).toContain('immutable')
  })
})

test('the profile answers with names in both languages, a name without a language in each', async () => {
  const { ask } = await anApp({
    lines: [{ number: '12345', name: '热线' }],
    regions: { '1': { zh: '区', en: 'District' } },
  })
  const profile = (await ask('/v1/profile')).json()
  expect(profile.lines).toEqual([{ number: '12345', name: { zh: '热线', en: '热线' } }])
  expect(profile.regions).toEqual([{ code: '1', name: { zh: '区', en: 'District' } }])
  expect(profile.peaks[0]).toEqual({
    id: 'weekday-morning',
    name: { zh: '工作日上午高峰', en: 'Workday morning peak' },
    days: 'workday',
    from: '08:30',
    to: '11:30',
  })
  expect(profile.special[0]).toMatchObject({ id: 'spring-festival', from: '2023-01-21', to: '2023-01-28' })
  expect(profile.contract).toEqual({ from: '2023-01-01', to: '2024-01-01' })
})
