/** The process that answers: reads the environment and the profile, listens, and ends when it is asked to. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { ClickHouseScenarios } from '../schemas/clickhouse-scenarios.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { kafkaConnectionOf } from '../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../schemas/kafka-names.ts'
import { parseProfile } from '../schemas/profile.ts'
import { databaseOf, scenarioNamed } from '../schemas/scenario-names.ts'
import { brokersOf, readSettings, type Settings } from '../schemas/settings.ts'
import { type WatchedKeys, watchedKeys } from './access/watched-keys.ts'
import { answeredProfileOf } from './answered-profile.ts'
import { buildApp } from './app.ts'
import { KafkaOffsets } from './freshness/kafka-offsets.ts'
import { PlanJobs } from './planning/plan-jobs.ts'
import { threadPlans } from './planning/thread-plans.ts'
import { OpenScenarioApps } from './scenarios/open-scenario-apps.ts'
import { type ApiSettings, apiSettingsOf } from './settings.ts'
import { API_TURNS, QueryTurns } from './store/query-turns.ts'
import { StoreUnreachableError } from './store/store-unreachable-error.ts'
import { storeParts } from './store-parts.ts'
import { warmUp } from './warm-up.ts'

/** Where `npm run build:web` puts the dashboard. */
const DASHBOARD_FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url))
/** A page asks some ten questions; a hundred a second from one address is a program in a loop. */
const REQUESTS_PER_MINUTE_MAX = 6_000
/** Of plans: waiting or running of one caller and of all, kept when they are over, longest time of one. */
const PLANS = { perCallerMax: 4, waitingMax: 16, keptMax: 50, runMsMax: 20 * 60_000 }
/** Connections that wait to be accepted: one in a turn of the event loop is, and Linux drops those beyond for seconds. */
const WAITING_CONNECTIONS_MAX = 4_096
/** A loop that is this late would only make those who wait wait longer: they are asked to come again, ms. */
const LOOP_DELAY_MS_MAX = 2_000

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const api = apiSettingsOf(settings)
  const keys = api.keysFile === null ? null : watchedKeys(api.keysFile)
  const app = await appOf(settings, api, keys)
  endWhenAsked(app)
  await listen(app, api, keys)
}

async function appOf(settings: Settings, api: ApiSettings, keys: WatchedKeys | null): Promise<FastifyInstance> {
  const answered = answeredProfileOf(parseProfile(api.profileFile, readProfile(api.profileFile)))
  const logEnds = brokersOf(settings) === null ? null : new KafkaOffsets(kafkaConnectionOf(settings))
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const turns = new QueryTurns(API_TURNS)
  const common = {
    answered,
    logEnds,
    requestsPerMinuteMax: REQUESTS_PER_MINUTE_MAX,
    logger: { level: settings.LOG_LEVEL },
  }
  const partsFor = (scenario: string | null) => {
    const database = databaseOf(api.database, scenario)
    const runName = Date.now().toString(36)
    return storeParts({ answered, api, database, names: kafkaNamesOf(scenario), turns, runName })
  }
  const known = new ClickHouseScenarios({ url: api.storeUrl, realDatabase: api.database })
  const scenarios = new OpenScenarioApps({
    isThere: (name) =>
      known.isThere(name).catch((error: unknown) => {
        const why =
          'The store does not say which scenarios there are. Start it, or set CLICKHOUSE_URL to one that runs.'
        throw new StoreUnreachableError('STEADYLINE_STORE_UNREACHABLE', why, error)
      }),
    async build(name) {
      const { parts, close } = partsFor(name)
      const app = await buildApp({ ...common, ...parts, scenario: name })
      app.addHook('onClose', close)
      return app
    },
  })
  const scenario = askedScenario()
  const { parts, close } = partsFor(scenario)
  const plans = new PlanJobs({
    ...PLANS,
    newId: randomUUID,
    nowMs: Date.now,
    start: threadPlans({
      storeUrl: api.storeUrl,
      database: databaseOf(api.database, scenario),
      profile: answered.profile,
      onFault: (error) => app.log.error({ code: 'STEADYLINE_INTERNAL', err: error }, 'plan failed'),
    }),
  })
  const app = await buildApp({
    ...common,
    ...parts,
    plans,
    scenario,
    scenarios,
    registry,
    ...(keys === null ? {} : { keys: keys.ring }),
    loopDelayMsMax: LOOP_DELAY_MS_MAX,
    dashboardFolder: DASHBOARD_FOLDER,
  })
  keys?.watch(app.log)
  app.addHook('onListen', async () => void warmUp(answered))
  app.addHook('onClose', async () => {
    keys?.close()
    await scenarios.close()
    await Promise.all([close(), known.close(), logEnds?.close()])
  })
  return app
}

/** `--scenario NAME`: an API that answers for a scenario alone. */
function askedScenario(): string | null {
  const { scenario = null } = parseArgs({ options: { scenario: { type: 'string' } }, strict: false }).values as {
    scenario?: string
  }
  return scenario === null ? null : scenarioNamed(scenario)
}

function readProfile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new SteadylineError(
      'STEADYLINE_PROFILE_MISSING',
      2,
      `There is no profile ${file}, expected a YAML file. Set STEADYLINE_PROFILE to one, for example profiles/panjin-2023.yaml.`,
    )
  }
}

async function listen(app: FastifyInstance, { host, port }: ApiSettings, keys: WatchedKeys | null): Promise<void> {
  try {
    const address = await app.listen({ host, port, backlog: WAITING_CONNECTIONS_MAX })
    if (keys === null) app.log.info({ address }, 'listening on loopback only: there is no API_KEYS_FILE')
    else app.audit.info({ address, keysCount: keys.ring.count }, 'listening: every question needs an API key')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new SteadylineError(
      'STEADYLINE_PORT_IN_USE',
      3,
      `Port ${port} on ${host} is in use. Stop what listens there, or set API_PORT to another; 0 takes a free one.`,
    )
  }
}

/** Ends in order on SIGTERM, which also comes from the watcher beside a child of `up` when `up` is gone, and on SIGINT. */
function endWhenAsked(app: FastifyInstance): void {
  const end = () => {
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

main().catch((error: unknown) => {
  const known = error instanceof SteadylineError
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(known ? error.exitCode : 1)
})
