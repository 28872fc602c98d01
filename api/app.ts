/** Builds the API from its parts. Nothing here listens, reads a clock or looks at the environment: main.ts does. */
import compress from '@fastify/compress'
import etag from '@fastify/etag'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { Registry } from 'prom-client'
import { kafkaNamesOf } from '../schemas/kafka-names.ts'
import { guard, identify } from './access/guard.ts'
import type { KeyRing } from './access/key-ring.ts'
import type { AnsweredProfile } from './answered-profile.ts'
import { describeRoute, SECURITY_SCHEMES } from './described-routes.ts'
import { endConnections } from './end-connections.ts'
import { freshnessReader } from './freshness/freshness.ts'
import type { LogEnds } from './freshness/log-ends.ts'
import { sendGreatAnswersInTurn } from './great-answers.ts'
import { keepAnswers } from './kept-answers.ts'
import type { LiveFeed } from './live/live-feed.ts'
import { measureLog } from './metrics/log.ts'
import { measureRequests } from './metrics/requests.ts'
import { measureStore } from './metrics/store.ts'
import type { PlanJobs } from './planning/plan-jobs.ts'
import { answerProblems } from './problems/problem-answers.ts'
import { callRoutes } from './routes/calls.ts'
import { dashboardRoutes } from './routes/dashboard.ts'
import { evaluationRoute } from './routes/evaluations.ts'
import { freshnessRoute } from './routes/freshness.ts'
import { healthRoutes } from './routes/health.ts'
import { heatmapRoute } from './routes/heatmap.ts'
import { kpisRoute } from './routes/kpis.ts'
import { liveRoute } from './routes/live.ts'
import { metricsRoute } from './routes/metrics.ts'
import { peaksRoute } from './routes/peaks.ts'
import { periodRoutes } from './routes/periods.ts'
import { planRoutes } from './routes/plans.ts'
import { profileRoute } from './routes/profile.ts'
import { ratesRoute } from './routes/rates.ts'
import { rejectsRoute } from './routes/rejects.ts'
import { sessionRoutes } from './routes/session.ts'
import { stabilityRoute } from './routes/stability.ts'
import { statementRoutes } from './routes/statements.ts'
import { ticketRoutes } from './routes/tickets.ts'
import { verdictsRoute } from './routes/verdicts.ts'
import { windowsRoute } from './routes/windows.ts'
import { answerFor, answerScenarios, type ScenarioApps } from './scenarios/scenario-apps.ts'
import type { StatementStore } from './statements/statement-store.ts'
import type { RecordReader } from './store/record-reader.ts'
import type { RejectReader } from './store/reject-reader.ts'
import type { StabilityReader } from './store/stability-reader.ts'
import type { ReadStoreMeasures } from './store/store-measures.ts'
import type { StoreReader } from './store/store-reader.ts'
import type { StoreState } from './store/store-state.ts'

/** Longest request body, bytes. Questions have none; this leaves room for a statement's. */
const BODY_BYTES_MAX = 64 * 1024
/** Longest time to send a request, headers and body, ms. */
const REQUEST_MS_MAX = 30_000
/** Longest part of a path, characters: an id has at most 64 code points, percent-encoded. */
const PATH_PART_LENGTH_MAX = 64 * 12
/** Most requests in a minute of an address that shows no valid key: pages and probes, and whoever guesses. */
const UNKNOWN_REQUESTS_PER_MINUTE_MAX = 600

export interface AppParts {
  answered: AnsweredProfile
  reader: StoreReader
  stability: StabilityReader
  records: RecordReader
  rejects: RejectReader
  statements: StatementStore
  live: LiveFeed
  /** Plans that may be asked for. Without them there are no such routes. */
  plans?: PlanJobs
  /** Says whether anything was written. Without it every question is answered anew. */
  storeState?: StoreState
  /** What Prometheus is told of the store. Without it nothing is. */
  readMeasures?: ReadStoreMeasures
  /** `null` if no brokers are set. */
  logEnds: LogEnds | null
  /** Most requests of one key in a minute; of one address where none is shown. */
  requestsPerMinuteMax: number
  /** Keys that are valid now. Without them everyone who reaches the API may ask everything. */
  keys?: KeyRing
  /** Whose figures these are; null for the real ones. */
  scenario?: string | null
  /** Apps of scenarios that may be asked for beside. */
  scenarios?: ScenarioApps
  /** Where the dashboard is built. Without it there is none. */
  dashboardFolder?: string
  /** Longest delay of the event loop before questions are turned away, ms. Without it none are. */
  loopDelayMsMax?: number
  logger: NonNullable<FastifyServerOptions['logger']>
  /** Metrics of the process itself may be in it already. */
  registry?: Registry
}

export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { answered, reader, stability, records, statements, logEnds, registry = new Registry() } = parts
  const { scenario = null } = parts
  const app = Fastify({
    logger: parts.logger,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    routerOptions: { maxParamLength: PATH_PART_LENGTH_MAX },
    // A parameter that nobody knows is a question misunderstood, so it is refused, not cut away.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, useDefaults: true } },
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }), // metrics count requests
  }).withTypeProvider<TypeBoxTypeProvider>()

  answerProblems(app)
  endConnections(app)
  measureRequests(app, registry)
  await protect(app, parts)
  if (parts.scenarios !== undefined) answerScenarios(app, parts.scenarios)
  await describe(app, answered)

  const names = kafkaNamesOf(scenario)
  const readFreshness = freshnessReader(answered, reader, logEnds, names)
  await app.register(kpisRoute, { answered })
  await app.register(profileRoute, { answered })
  await app.register(periodRoutes, { answered, reader })
  await app.register(ratesRoute, { answered, reader })
  await app.register(evaluationRoute, { answered, reader })
  await app.register(peaksRoute, { answered, reader, stability })
  await app.register(heatmapRoute, { answered, reader, stability })
  await app.register(windowsRoute, { answered, reader, stability })
  await app.register(stabilityRoute, { answered, reader, stability })
  await app.register(verdictsRoute, { answered, reader, stability })
  await app.register(statementRoutes, { answered, reader, statements })
  await app.register(callRoutes, { answered, records })
  await app.register(ticketRoutes, { answered, records })
  await app.register(rejectsRoute, { rejects: parts.rejects })
  await app.register(freshnessRoute, { readFreshness })
  await app.register(liveRoute, { feed: parts.live })
  if (parts.plans !== undefined) await app.register(planRoutes, { answered, plans: parts.plans })
  await app.register(sessionRoutes, { keys: parts.keys ?? null })
  await app.register(healthRoutes, { reader })
  const measures = [measureLog(registry, { reader, logEnds, names })]
  if (parts.readMeasures !== undefined) measures.push(measureStore(registry, parts.readMeasures))
  await app.register(metricsRoute, { registry, measures })
  if (parts.dashboardFolder !== undefined) await app.register(dashboardRoutes, { folder: parts.dashboardFolder })
  return app
}

type Protection = Pick<AppParts, 'requestsPerMinuteMax' | 'storeState' | 'loopDelayMsMax' | 'scenario'> & {
  keys?: KeyRing | null
}

/** Answers are kept as the bytes that go out; ETags are of them, too, so both come before compression and after whatever changes a text. */
async function protect(
  app: FastifyInstance,
  { keys = null, requestsPerMinuteMax, storeState, loopDelayMsMax, scenario = null }: Protection,
): Promise<void> {
  identify(app, keys)
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'upgrade-insecure-requests': null, // served on plain HTTP
        'font-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"], // charts are drawn with style attributes
      },
    },
    hsts: false,
  })
  await app.register(rateLimit, {
    max: ({ holder }) =>
      holder === null ? Math.min(UNKNOWN_REQUESTS_PER_MINUTE_MAX, requestsPerMinuteMax) : requestsPerMinuteMax,
    timeWindow: 60_000,
    keyGenerator: ({ holder, ip }) => (keys === null || holder === null ? `address ${ip}` : `key ${holder.name}`),
  })
  if (loopDelayMsMax !== undefined) await app.register(underPressure, { maxEventLoopDelay: loopDelayMsMax })
  guard(app, keys)
  if (scenario !== null) answerFor(app, scenario)
  if (storeState !== undefined) keepAnswers(app, storeState)
  await app.register(etag, { weak: true })
  sendGreatAnswersInTurn(app)
  await app.register(compress, { threshold: 1024 })
}

async function describe(app: FastifyInstance, { profile }: AnsweredProfile): Promise<void> {
  await app.register(swagger, {
    transform: describeRoute,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Steadyline',
        version: '1',
        description: `Do peak-time connection rates stay in line with the overall rate? Answers for ${profile.id}.`,
      },
      components: { securitySchemes: SECURITY_SCHEMES },
      tags: [
        { name: 'figures', description: 'KPIs and rates, each with its base, status and evidence.' },
        {
          name: 'stability',
          description: 'Whether peaks and special periods hold, and the verdicts that were issued.',
        },
        {
          name: 'statements',
          description: 'Figures that were issued 定版报表: kept as bytes with their hash, and never altered.',
        },
        { name: 'records', description: 'The calls and tickets behind a figure.' },
        {
          name: 'plans',
          description: 'How many seats a steady peak needs: recorded calls played again with other seats.',
        },
        { name: 'operation', description: 'How fresh the figures are, and whether questions can be answered.' },
      ],
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs' })
}
