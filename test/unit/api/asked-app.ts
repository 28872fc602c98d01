/** An API over plain arrays, that closes itself. */
import { readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { afterAll, onTestFinished } from 'vitest'
import type { KeyRing } from '../../../api/access/key-ring.ts'
import { answeredProfileOf } from '../../../api/answered-profile.ts'
import { buildApp } from '../../../api/app.ts'
import type { LogEnds } from '../../../api/freshness/log-ends.ts'
import { LiveFeed } from '../../../api/live/live-feed.ts'
import type { ScenarioApps } from '../../../api/scenarios/scenario-apps.ts'
import type { ReadStoreMeasures } from '../../../api/store/store-measures.ts'
import { StoreState } from '../../../api/store/store-state.ts'
import { type Profile, parseProfile } from '../../../schemas/profile.ts'
import { ArrayLive } from './array-live.ts'
import { ArrayReader } from './array-reader.ts'
import { ArrayRecords } from './array-records.ts'
import { ArrayRejects } from './array-rejects.ts'
import { ArrayStability } from './array-stability.ts'
import { ArrayStatements } from './array-statements.ts'

const FILE = 'profiles/panjin-2023.yaml'
export const PANJIN = parseProfile(FILE, readFileSync(FILE, 'utf8'))

export interface AskedApp {
  app: FastifyInstance
  reader: ArrayReader
  stability: ArrayStability
  records: ArrayRecords
  rejects: ArrayRejects
  statements: ArrayStatements
  ask: (url: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>
}

/** Building an app takes a fifth of a second, so those of one profile are one; each test finds it empty. */
const built = new Map<string, Promise<AskedApp>>()

afterAll(async () => {
  for (const { app } of await Promise.all(built.values())) await app.close()
})

/** @param ports given ones make an app of its own */
export async function anApp(change: Partial<Profile> = {}, ports: Ports = {}): Promise<AskedApp> {
  const profile = { ...PANJIN, ...change }
  const key = JSON.stringify(change)
  const isItsOwn = Object.keys(ports).length > 0
  const asked = await ((isItsOwn ? undefined : built.get(key)) ?? build(profile, ports))
  if (isItsOwn) onTestFinished(() => asked.app.close())
  else built.set(key, Promise.resolve(asked))
  asked.reader.empty()
  asked.stability.empty()
  asked.records.empty()
  asked.rejects.all = []
  asked.statements.empty()
  return asked
}

interface Ports {
  logEnds?: LogEnds
  requestsPerMinuteMax?: number
  keys?: KeyRing
  readState?: () => Promise<string>
  readMeasures?: ReadStoreMeasures
  scenario?: string
  scenarios?: ScenarioApps
  /** Hears every line of the log. */
  log?: { write(line: string): void }
}

async function build(profile: Profile, ports: Ports): Promise<AskedApp> {
  const { logEnds, requestsPerMinuteMax = 10_000, keys, readState, readMeasures, scenario, scenarios, log } = ports
  const answered = answeredProfileOf(profile)
  const reader = new ArrayReader(profile.definitions, answered.zone)
  const stability = new ArrayStability(reader, profile.definitions)
  const records = new ArrayRecords()
  const rejects = new ArrayRejects()
  const statements = new ArrayStatements(reader, answered)
  const app = await buildApp({
    answered,
    reader,
    stability,
    records,
    rejects,
    statements,
    live: new LiveFeed(answered, new ArrayLive(), { runName: 'test', lookMs: 50, listenersMax: 2 }),
    logEnds: logEnds ?? null,
    requestsPerMinuteMax,
    logger: log === undefined ? false : { level: 'trace', stream: log },
    ...(keys === undefined ? {} : { keys }),
    ...(readState === undefined ? {} : { storeState: new StoreState(readState, hoursLater()) }),
    ...(readMeasures === undefined ? {} : { readMeasures }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(scenarios === undefined ? {} : { scenarios }),
  })
  return {
    app,
    reader,
    stability,
    records,
    rejects,
    statements,
    async ask(url, headers = {}) {
      // Arrays answer without a turn of the event loop; a row of questions would look to the API like a loop that hangs.
      await nextTurn()
      return app.inject({ url, headers })
    },
  }
}

/** An instant written in the zone of Panjin, epoch ms. */
export const at = (local: string): number => Date.parse(`${local}+08:00`)

/** A clock by which every question comes an hour after the one before it. */
function hoursLater(): () => number {
  let nowMs = 0
  return () => {
    nowMs += 3_600_000
    return nowMs
  }
}
