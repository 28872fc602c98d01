/** What the store says of windows and hours is what the definitions say of the same records. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { anApp } from '../unit/api/asked-app.ts'
import { appOverStore } from './app-over-store.ts'
import { RandomFacts } from './random-facts.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const calls = new RandomFacts(2023).calls(6000)

let folder: string
let store: StoreOfFacts
let real: FastifyInstance
let oracle: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline windows '))
  store = await startStoreOfFacts(folder, profile)
  await store.addCalls(calls.slice(0, 4000))
  await store.addCalls(calls.slice(3000)) // some of them twice
  real = await appOverStore(answeredProfileOf(profile), store.url)
  const asked = await anApp(profile)
  asked.reader.callFacts = calls
  oracle = asked.app
})

afterAll(async () => {
  await real?.close()
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

test.each([
  '/v1/windows/evening@2023-09-12',
  '/v1/windows/weekday-morning@2023-03-10?line=12345',
  '/v1/windows/weekday-afternoon@2023-11-01?region=',
  '/v1/windows/spring-festival@2023-01-21',
  `/v1/windows/heating-season-start@2023-10-28?line=${encodeURIComponent("热线'x\\")}`,
  '/v1/heatmap?year=2023',
  '/v1/heatmap?year=2023&line=12315&days=offday',
  '/v1/heatmap?from=2023-03-01T00:15&to=2023-04-01&region=211103&days=workday',
])('%s', async (url) => {
  const [said, expected] = await Promise.all([real.inject(url), oracle.inject(url)])
  expect([said.statusCode, expected.statusCode]).toEqual([200, 200])
  expect(said.json()).toEqual(expected.json())
})
