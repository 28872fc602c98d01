/**
 * The process of one processor. As many as wanted run in the same consumer group.
 *
 * Settings: schemas/settings.ts. Optional argument: --scenario NAME.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Logger, pino } from 'pino'
import { definitionsHash } from '../schemas/definitions-hash.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { kafkaConnectionOf } from '../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../schemas/kafka-names.ts'
import { parseProfile } from '../schemas/profile.ts'
import { registryOf } from '../schemas/registry/registry-of.ts'
import { databaseOf } from '../schemas/scenario-names.ts'
import { readSettings, type Settings } from '../schemas/settings.ts'
import { shownError } from '../schemas/shown-error.ts'
import { serveMetrics } from './measures/metrics-server.ts'
import { PrometheusMeasures } from './measures/prometheus-measures.ts'
import { type RunningProcessor, runProcessor } from './run-processor.ts'
import type { Series } from './store.ts'
import { type JudgedProfile, judgedProfileOf } from './verdicts/judged-profile.ts'

/** A graceful end may take this long: a recompute of a large span, and then the rest. */
const END_MS_MAX = 60_000

function fail(error: unknown): never {
  const { message, exitCode } = shownError(error)
  process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}

process.on('unhandledRejection', fail)
process.on('uncaughtException', fail)

/** What Prometheus reads, where it is asked for; it answers before the servers do. */
async function watched(
  { PROCESSOR_METRICS_HOST: host, PROCESSOR_METRICS_PORT: port }: Settings,
  log: Logger,
): Promise<PrometheusMeasures | undefined> {
  if (port === undefined) return undefined
  const measures = new PrometheusMeasures(Date.now)
  const { address } = await serveMetrics(measures, host, port)
  log.info({ address }, 'metrics for Prometheus are here')
  return measures
}

try {
  const settings = readSettings(process.env)
  const { scenario = null } = parseArgs({ options: { scenario: { type: 'string' } }, strict: false }).values as {
    scenario?: string
  }
  const log = pino({ name: 'processor', level: settings.LOG_LEVEL })
  const series = new Map<string, Series>()
  const profiles: JudgedProfile[] = []
  for (const file of settings.STEADYLINE_PROFILE.split(',')) {
    const profile = parseProfile(file, readFileSync(file, 'utf8'))
    profiles.push(judgedProfileOf(profile))
    const name = definitionsHash(profile.definitions)
    series.set(`${name} ${profile.timeZone}`, { name, definitions: profile.definitions, timeZone: profile.timeZone })
  }
  if (settings.CLICKHOUSE_URL === undefined) {
    throw new SteadylineError(
      'STEADYLINE_SETTINGS_INVALID',
      2,
      'CLICKHOUSE_URL is not set, expected http://host:port. Start everything with `npx steadyline up`, or name your server.',
    )
  }
  const realDatabase = settings.CLICKHOUSE_DATABASE
  let running: RunningProcessor | null = null
  let isEnding = false
  const end = (): void => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), END_MS_MAX).unref()
    void (running?.end() ?? Promise.resolve()).then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  const measures = scenario === null ? await watched(settings, log) : undefined
  running = await runProcessor({
    ...(measures === undefined ? {} : { measures }),
    kafka: kafkaConnectionOf(settings),
    registry: registryOf(settings),
    names: kafkaNamesOf(scenario),
    clickhouse: { url: settings.CLICKHOUSE_URL, database: databaseOf(realDatabase, scenario) },
    scenario: scenario === null ? null : { name: scenario, realDatabase },
    series: [...series.values()],
    profiles,
    webhookUrl: scenario === null ? (settings.VERDICT_WEBHOOK_URL ?? null) : null, // nobody is told of what did not happen
    flushRowsMax: settings.FLUSH_ROWS_MAX,
    flushMsMax: settings.FLUSH_MS_MAX,
    sessionMs: settings.KAFKA_SESSION_MS,
    now: Date.now,
    log,
    onFatal: fail,
  })
  process.stdout.write('processor is ready\n')
} catch (error) {
  fail(error)
}
