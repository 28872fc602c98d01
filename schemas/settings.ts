/**
 * The settings that every process reads from its environment, checked whole: every problem is reported at once.
 *
 * `process.env` itself is read in main files and in cli/ only, and handed in here.
 */
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { SteadylineError } from './errors.ts'

export const Settings = Type.Object({
  KAFKA_BROKERS: Type.Optional(
    Type.String({
      description: 'Kafka brokers, host:port separated by commas. Without it a broker is started on this machine.',
    }),
  ),
  KAFKA_USERNAME: Type.Optional(Type.String({ description: 'User for SASL. Needs KAFKA_PASSWORD.' })),
  KAFKA_PASSWORD: Type.Optional(Type.String({ description: 'Password for SASL.' })),
  KAFKA_MECHANISM: Type.Union([Type.Literal('plain'), Type.Literal('scram-sha-256'), Type.Literal('scram-sha-512')], {
    default: 'plain',
    description: 'SASL mechanism: plain, scram-sha-256 or scram-sha-512.',
  }),
  KAFKA_TLS: Type.Boolean({ default: false, description: 'Whether brokers are spoken to over TLS: true or false.' }),
  KAFKA_SESSION_MS: Type.Integer({
    minimum: 6_000,
    maximum: 1_800_000,
    default: 30_000,
    description:
      'A processor that has not been heard of for this long loses its partitions to others, ms. Less means a faster takeover after a crash, and more of them for nothing on a busy machine. Brokers allow 6000 to 1800000 unless they are set otherwise.',
  }),
  CLICKHOUSE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s]+',
      description:
        'ClickHouse over HTTP, for example http://127.0.0.1:8123. Without it a store is started on this machine.',
    }),
  ),
  CLICKHOUSE_READ_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s]+',
      description: 'A replica that serves reads; otherwise CLICKHOUSE_URL.',
    }),
  ),
  CLICKHOUSE_DATABASE: Type.String({
    pattern: '^[a-z][a-z0-9_]{0,62}$',
    default: 'steadyline',
    description: 'Database of all tables: lower-case letters, digits and _.',
  }),
  SCHEMA_REGISTRY_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s]+',
      description:
        'A schema registry by the Confluent protocol, for example http://user:password@127.0.0.1:8081, with its path if it has one. Without it ids come from schemas/ids.json.',
    }),
  ),
  STEADYLINE_DATA: Type.String({
    default: '.steadyline',
    description: 'Folder of the broker and the store that run on this machine.',
  }),
  STEADYLINE_PROFILE: Type.String({
    default: 'profiles/panjin-2023.yaml',
    description: 'The profile; several separated by commas, the first of which answers.',
  }),
  API_HOST: Type.String({ default: '127.0.0.1', description: 'Address on which the API listens.' }),
  API_PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8080,
    description: 'Port on which the API listens; 0 takes a free one.',
  }),
  API_KEYS_FILE: Type.Optional(
    Type.String({ description: 'File of hashed API keys. Without it the API listens on loopback only.' }),
  ),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'Least level of a log line: trace, debug, info, warn, error or silent.',
  }),
  FLUSH_ROWS_MAX: Type.Integer({
    minimum: 1_000,
    maximum: 50_000_000,
    default: 2_000_000,
    description:
      'Most facts that wait for one recompute while catching up. More means fewer recomputes and more work repeated after a crash.',
  }),
  FLUSH_MS_MAX: Type.Integer({
    minimum: 50,
    maximum: 60_000,
    default: 1_000,
    description:
      'Longest time a record waits before it is counted when live, ms. Shorter means fresher figures and more, smaller parts in ClickHouse.',
  }),
  PROCESSOR_METRICS_HOST: Type.String({
    default: '127.0.0.1',
    description: 'Address on which a processor answers Prometheus. Nobody is asked who they are there.',
  }),
  PROCESSOR_METRICS_PORT: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description:
        'Port on which a processor answers Prometheus at /metrics; 0 takes a free one, which the log names. Without it there is none. Processors of one machine need one each; those of scenarios have none.',
    }),
  ),
  VERDICT_WEBHOOK_URL: Type.Optional(
    Type.String({ pattern: '^https?://[^/\\s]+', description: 'Is posted every verdict that deviates.' }),
  ),
})
export type Settings = Static<typeof Settings>

/** User and password of an address are nobody's business but its own. */
function withoutSecret(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//…@')
}

/**
 * Reads the settings out of an environment.
 *
 * @throws SteadylineError (exit code 2) with every setting that is wrong, what it is and what was expected
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const problems: string[] = []
  const known: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(Settings.properties)) {
    const text = environment[name]
    if (text === undefined || text === '') continue
    const value = Value.Convert(schema, text)
    known[name] = value
    if (!Value.Check(schema, value))
      problems.push(
        `${name} is ${JSON.stringify(withoutSecret(text))}. ${(schema as { description?: string }).description}`,
      )
  }
  for (const name of Object.keys(environment)) {
    if (name.startsWith('STEADYLINE_') && !(name in Settings.properties)) {
      problems.push(
        `${name} is not a setting. Known: ${Object.keys(Settings.properties)
          .filter((known) => known.startsWith('STEADYLINE_'))
          .join(', ')}`,
      )
    }
  }
  const settings = Value.Default(Settings, known) as Settings
  if ((settings.KAFKA_USERNAME === undefined) !== (settings.KAFKA_PASSWORD === undefined)) {
    problems.push('KAFKA_USERNAME and KAFKA_PASSWORD go together: set both or neither')
  }
  if (problems.length > 0) {
    throw new SteadylineError(
      'STEADYLINE_SETTINGS_INVALID',
      2,
      `The environment holds settings that cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
  }
  return settings
}

/** Brokers as a list, or null if none are set. */
export function brokersOf(settings: Settings): string[] | null {
  const brokers = settings.KAFKA_BROKERS?.split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '')
  return brokers === undefined || brokers.length === 0 ? null : brokers
}
