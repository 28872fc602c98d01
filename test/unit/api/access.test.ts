import { describe, expect, test } from 'vitest'
import { apiKeyHash } from '../../../api/access/api-key.ts'
import { KeyRing } from '../../../api/access/key-ring.ts'
import { ROLES, type Role } from '../../../api/access/role.ts'
import { anApp } from './asked-app.ts'

const keyOf = (role: Role) => `slk_id-${role.slice(0, 5).padEnd(5, '0')}_${role.padEnd(43, 'k')}`
const keptKey = (role: Role, name = `the-${role}`) => ({
  name,
  role,
  id: keyOf(role).slice(4, 12),
  sha256: apiKeyHash(keyOf(role)).toString('hex'),
  createdAt: '2023-01-01T00:00:00Z',
})
const bearer = (role: Role) => ({ authorization: `Bearer ${keyOf(role)}` })
const ringOfAll = () => new KeyRing(ROLES.map((role) => keptKey(role)))

/** What each role may ask: figures everyone, and one thing more. */
const ASKED: [string, string, readonly Role[]][] = [
  ['GET', '/v1/kpis', ROLES],
  ['GET', '/v1/years/2023', ROLES],
  ['GET', '/v1/rates?from=2023-01-01&to=2023-01-02', ROLES],
  ['GET', '/v1/statements', ROLES],
  ['GET', '/v1/session', ROLES],
  ['GET', '/metrics', ROLES],
  ['GET', '/v1/calls?from=2023-01-01&to=2023-01-02', ['analyst', 'admin']],
  ['HEAD', '/v1/calls?from=2023-01-01&to=2023-01-02', ['analyst', 'admin']],
  ['GET', '/v1/tickets?from=2023-01-01&to=2023-01-02', ['analyst', 'admin']],
  ['GET', '/v1/calls/one', ['analyst', 'admin']],
  ['GET', '/v1/rejects', ['analyst', 'admin']],
  ['GET', '/v1/tickets/one', ['analyst', 'admin']],
  ['GET', '/v1/statements/none/diff', ['analyst', 'evaluator', 'admin']],
  ['POST', '/v1/statements', ['evaluator', 'admin']],
]

describe('with keys', () => {
  test('each route is for its roles and for no other', async () => {
    const { app } = await anApp({}, { keys: ringOfAll() })
    for (const [method, url, allowed] of ASKED) {
      for (const role of ROLES) {
        const payload = method === 'POST' ? { payload: { period: 'nothing' } } : {}
        const { statusCode } = await app.inject({ method: method as 'GET', url, headers: bearer(role), ...payload })
        expect(statusCode, `${method} ${url} as ${role}`).not.toBe(401)
        expect(statusCode === 403, `${method} ${url} as ${role}: ${statusCode}`).toBe(!allowed.includes(role))
      }
    }
  })

  test('every route under /v1 needs a key, but for signing in and out', async () => {
    const { app } = await anApp({}, { keys: ringOfAll() })
    const { paths } = (await app.inject('/docs/json')).json()
    const open: string[] = []
    for (const [path, methods] of Object.entries<Record<string, any>>(paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        const url = path.replaceAll(/\{\w+\}/g, '2023')
        const { statusCode, headers } = await app.inject({ method: method as 'GET', url })
        if (statusCode !== 401) open.push(`${method.toUpperCase()} ${path}`)
        else expect(headers['www-authenticate']).toContain('Bearer')
        expect([path, method, security !== undefined]).toEqual([path, method, statusCode === 401])
      }
    }
    expect(open.sort()).toEqual(['DELETE /v1/session', 'GET /health/live', 'GET /health/ready', 'POST /v1/session'])
  })

  test.each<[string, Record<string, string>, string]>([
    ['no key', {}, 'STEADYLINE_KEY_NEEDED'],
    ['a key that nobody made', { authorization: `Bearer slk_00000000_${'x'.repeat(43)}` }, 'STEADYLINE_KEY_UNKNOWN'],
    ['the hash instead of the key', { authorization: `Bearer ${keptKey('admin').sha256}` }, 'STEADYLINE_KEY_UNKNOWN'],
    [
      'a key but for its last letter',
      { authorization: bearer('admin').authorization.slice(0, -1) },
      'STEADYLINE_KEY_UNKNOWN',
    ],
    ['another scheme', { authorization: 'Basic YTpi' }, 'STEADYLINE_KEY_UNKNOWN'],
    ['a cookie of nothing', { cookie: 'steadyline_session=; a=b' }, 'STEADYLINE_KEY_NEEDED'],
  ])('%s is 401', async (_what, headers, code) => {
    const { ask } = await anApp({}, { keys: ringOfAll() })
    const answer = await ask('/v1/years/2023', headers)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 401, code })
  })

  test('what needs no key says nothing of the figures, and an unknown path is 404 for everyone', async () => {
    const { ask } = await anApp({}, { keys: ringOfAll() })
    for (const url of ['/health/live', '/health/ready', '/docs', '/docs/json']) {
      expect([url, (await ask(url)).statusCode]).toEqual([url, 200])
    }
    expect((await ask('/v1/nothing')).statusCode).toBe(404)
  })

  test('a key that was removed is refused at once, a new one taken', async () => {
    const keys = new KeyRing([keptKey('viewer')])
    const { ask } = await anApp({}, { keys })
    expect((await ask('/v1/kpis', bearer('viewer'))).statusCode).toBe(200)
    keys.replace([keptKey('analyst')])
    expect((await ask('/v1/kpis', bearer('viewer'))).statusCode).toBe(401)
    expect((await ask('/v1/kpis', bearer('analyst'))).statusCode).toBe(200)
  })

  test('the rate is counted by key: one that is exceeded leaves the others', async () => {
    const { ask } = await anApp({}, { keys: ringOfAll(), requestsPerMinuteMax: 2 })
    const statuses = async (role: Role) => [
      (await ask('/v1/kpis', bearer(role))).statusCode,
      (await ask('/v1/kpis', bearer(role))).statusCode,
      (await ask('/v1/kpis', bearer(role))).statusCode,
    ]
    expect(await statuses('viewer')).toEqual([200, 200, 429])
    expect(await statuses('planner')).toEqual([200, 200, 429])
  })

  test('guessing is slow: after so many wrong keys an address hears nothing but 429, and right keys are served', async () => {
    const { ask } = await anApp({}, { keys: ringOfAll(), requestsPerMinuteMax: 1_000 })
    const guess = (at: number) => ({ authorization: `Bearer slk_00000000_${String(at).padEnd(43, 'x')}` })
    const statuses: number[] = []
    for (let at = 0; at < 700; at++) statuses.push((await ask('/v1/kpis', guess(at))).statusCode)
    expect(new Set(statuses.slice(0, 600))).toEqual(new Set([401]))
    expect(new Set(statuses.slice(600))).toEqual(new Set([429]))
    expect((await ask('/v1/kpis', bearer('viewer'))).statusCode).toBe(200)
  })
})

describe('a session', () => {
  test('holds the key in a cookie that scripts and other sites cannot use, until it is ended', async () => {
    const { app, ask } = await anApp({}, { keys: ringOfAll() })
    const begun = await app.inject({ method: 'POST', url: '/v1/session', payload: { key: keyOf('analyst') } })
    expect([begun.statusCode, begun.body]).toEqual([204, ''])
    const set = String(begun.headers['set-cookie'])
    expect(set).toMatch(/^steadyline_session=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/)
    const cookie = set.split(';')[0]!
    expect((await ask('/v1/session', { cookie })).json()).toEqual({
      name: 'the-analyst',
      role: 'analyst',
      keysNeeded: true,
    })
    expect((await ask('/v1/years/2023', { cookie: `theme=dark; ${cookie}` })).statusCode).toBe(200)
    const ended = await app.inject({ method: 'DELETE', url: '/v1/session', headers: { cookie } })
    expect([ended.statusCode, ended.headers['set-cookie']]).toEqual([
      204,
      expect.stringMatching(/^steadyline_session=; .*Max-Age=0/),
    ])
  })

  test('is refused with a wrong key; behind TLS its cookie stays there', async () => {
    const { app } = await anApp({}, { keys: ringOfAll() })
    const wrong = await app.inject({ method: 'POST', url: '/v1/session', payload: { key: 'slk_guess' } })
    expect([wrong.statusCode, wrong.headers['set-cookie']]).toEqual([401, undefined])
    const headers = { 'x-forwarded-proto': 'https' }
    const right = await app.inject({ method: 'POST', url: '/v1/session', headers, payload: { key: keyOf('viewer') } })
    expect(right.headers['set-cookie']).toMatch(/; Secure$/)
  })

  test('without keys everyone on this machine is told so', async () => {
    const { app, ask } = await anApp()
    expect((await ask('/v1/session')).json()).toEqual({ name: 'loopback', role: 'admin', keysNeeded: false })
    const begun = await app.inject({ method: 'POST', url: '/v1/session', payload: { key: '' } })
    expect([begun.statusCode, begun.headers['set-cookie']]).toEqual([204, undefined])
  })
})

test('each use of a key and each statement is a line of the log with a name, never with a key', async () => {
  const lines: any[] = []
  const log = { write: (line: string) => void lines.push(JSON.parse(line)) }
  const { app, ask } = await anApp({}, { keys: ringOfAll(), log })
  await ask('/v1/calls/call-secret-id', bearer('analyst'))
  await ask('/v1/calls/call-secret-id', bearer('viewer'))
  await ask('/v1/kpis', { authorization: `Bearer ${keyOf('admin')}x` })
  const issued = await app.inject({
    method: 'POST',
    url: '/v1/statements',
    headers: bearer('evaluator'),
    payload: { period: '2023-01', provisional: true },
  })
  expect(issued.statusCode).toBe(201)
  expect(lines.filter(({ audit }) => audit !== undefined)).toMatchObject([
    { audit: 'key-used', key: 'the-analyst', role: 'analyst', isAllowed: true, method: 'GET', route: '/v1/calls/:id' },
    { audit: 'key-used', key: 'the-viewer', isAllowed: false },
    { audit: 'key-refused' },
    { audit: 'key-used', key: 'the-evaluator', route: '/v1/statements' },
    { audit: 'statement-issued', key: 'the-evaluator', period: '2023-01', statement: issued.json().id, isNew: true },
  ])
  const text = JSON.stringify(lines)
  for (const role of ROLES) expect(text).not.toContain(keyOf(role))
  expect(text).not.toContain('call-secret-id')
})
