/** `?scenario=`: answered by an app of its own, which says whose figures they are. */
import type { FastifyInstance } from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { apiKeyHash } from '../../../api/access/api-key.ts'
import { KeyRing } from '../../../api/access/key-ring.ts'
import { ROLES, type Role } from '../../../api/access/role.ts'
import { OpenScenarioApps } from '../../../api/scenarios/open-scenario-apps.ts'
import { anApp } from './asked-app.ts'

/** An API with the scenario `busy` beside the real figures. */
async function withScenario(
  keys?: KeyRing,
): Promise<{ app: FastifyInstance; builtCount: () => number; drop: () => void }> {
  const there = new Set(['busy'])
  let builtCount = 0
  const scenarios = new OpenScenarioApps({
    isThere: async (name) => there.has(name),
    async build(name) {
      builtCount += 1
      return (await anApp({}, { scenario: name })).app
    },
  })
  onTestFinished(() => scenarios.close())
  const { app } = await anApp({}, { scenarios, ...(keys === undefined ? {} : { keys }) })
  return { app, builtCount: () => builtCount, drop: () => there.delete('busy') }
}

describe('a question about a scenario', () => {
  test('is answered with the field scenario, and one about the real figures without', async () => {
    const { app } = await withScenario()
    const ofScenario = await app.inject('/v1/years/2023?asOf=2023-05-01&scenario=busy')
    expect(ofScenario.json()).toMatchObject({ scenario: 'busy', period: '2023' })
    const real = await app.inject('/v1/years/2023')
    expect(real.json()).not.toHaveProperty('scenario')
    expect(real.headers.etag).not.toBe(ofScenario.headers.etag)
  })

  test('says so in CSV and on the page too', async () => {
    const { app } = await withScenario()
    const asked = (accept: string) => app.inject({ url: '/v1/stability/2023?scenario=busy', headers: { accept } })
    expect((await asked('text/csv')).body.split('\n')[0]).toBe('情景 scenario busy')
    expect((await asked('text/html')).body).toContain('<p class="simulated">情景 scenario busy</p>')
  })

  test('names the topics of the scenario', async () => {
    const { app } = await withScenario()
    const { topics } = (await app.inject('/v1/freshness?scenario=busy')).json()
    expect(topics.map(({ topic }: { topic: string }) => topic)).toEqual([
      'hotline.calls.v1.busy',
      'hotline.tickets.v1.busy',
    ])
  })

  test('is refused for what it would be refused for without the scenario', async () => {
    const { app } = await withScenario()
    const answer = await app.inject('/v1/peaks?year=2023&colour=red&scenario=busy')
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ scenario: 'busy', parameter: 'colour' })
  })
})

test('a scenario that is not there is 404, also one that was dropped a moment ago', async () => {
  const { app, drop, builtCount } = await withScenario()
  expect((await app.inject('/v1/kpis?scenario=busy')).statusCode).toBe(200)
  expect((await app.inject('/v1/kpis?scenario=busy')).statusCode).toBe(200)
  expect(builtCount()).toBe(1)
  drop()
  const gone = await app.inject('/v1/kpis?scenario=busy')
  expect(gone.statusCode).toBe(404)
  expect(gone.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(gone.json().code).toBe('STEADYLINE_SCENARIO_UNKNOWN')
})

test.each(['Busy', 'a.b', '', '../x', 'a'.repeat(32)])('%j is no name of a scenario: 400', async (name) => {
  const { app } = await withScenario()
  const answer = await app.inject(`/v1/kpis?scenario=${encodeURIComponent(name)}`)
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'STEADYLINE_PARAMETER_INVALID', parameter: 'scenario' })
})

test('with keys a scenario is for planners, and a route keeps its own role beside', async () => {
  const kept = (role: Role) => {
    const key = keyOf(role)
    const sha256 = apiKeyHash(key).toString('hex')
    return { name: role, role, id: key.slice(4, 12), sha256, createdAt: '2023-01-01T00:00:00Z' }
  }
  const { app } = await withScenario(new KeyRing(ROLES.map(kept)))
  const allowed = async (url: string) => {
    const statuses = await Promise.all(
      ROLES.map(async (role) => {
        const { statusCode } = await app.inject({ url, headers: { authorization: `Bearer ${keyOf(role)}` } })
        return statusCode === 200 ? role : null
      }),
    )
    return statuses.filter((role) => role !== null)
  }
  expect(await allowed('/v1/kpis')).toEqual(ROLES)
  expect(await allowed('/v1/kpis?scenario=busy')).toEqual(['planner', 'admin'])
  expect(await allowed('/v1/calls?from=2023-01-01&to=2023-01-02&scenario=busy')).toEqual(['admin'])
  expect((await app.inject('/v1/kpis?scenario=busy')).statusCode).toBe(401)
})

const keyOf = (role: Role) => `slk_id-${role.slice(0, 5).padEnd(5, '0')}_${role.padEnd(43, 'k')}`

test('nothing is issued of a scenario', async () => {
  const { app } = await withScenario()
  const answer = await app.inject({ method: 'POST', url: '/v1/statements?scenario=busy', payload: { period: '2023' } })
  expect(answer.statusCode).toBe(409)
  expect(answer.json().code).toBe('STEADYLINE_SCENARIO_READ_ONLY')
})

test('an API that answers for a scenario alone issues nothing either', async () => {
  const { app } = await anApp({}, { scenario: 'busy' })
  const answer = await app.inject({ method: 'POST', url: '/v1/statements', payload: { period: '2023' } })
  expect(answer.statusCode).toBe(409)
})

test('OpenAPI has the parameter on every GET under /v1', async () => {
  const { app } = await anApp()
  const { paths } = (await app.inject('/docs/json')).json()
  const without = Object.entries(paths as Record<string, { get?: { parameters?: { name: string }[] } }>)
    .filter(([path, { get }]) => path.startsWith('/v1/') && get !== undefined)
    .filter(([, { get }]) => !get!.parameters?.some(({ name }) => name === 'scenario'))
  expect(without.map(([path]) => path)).toEqual([])
})
