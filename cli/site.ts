/**
 * Where a command works: settings, profile, and the servers it talks to.
 *
 * Servers come from the environment; else from the `up` that runs on the data folder.
 */
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import type { Series } from '../processors/store.ts'
import { definitionsHash } from '../schemas/definitions-hash.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { type KafkaNames, kafkaNamesOf } from '../schemas/kafka-names.ts'
import { type Profile, parseProfile } from '../schemas/profile.ts'
import { databaseOf } from '../schemas/scenario-names.ts'
import { readSettings, type Settings } from '../schemas/settings.ts'
import { PROJECT_ROOT } from './project-root.ts'
import { runningUp } from './up-record.ts'

/** Options that every command takes. */
export interface SiteOptions {
  data?: string | undefined
  profile?: string | undefined
  /** Name of a scenario; without it everything is about the real figures. */
  scenario?: string | undefined
}

export interface Site {
  /** `CLICKHOUSE_DATABASE` is that of the scenario, if one is asked for. */
  settings: Settings
  scenario: string | null
  /** Topics and group, those of the scenario or the real ones. */
  names: KafkaNames
  /** The database of the real figures. */
  realDatabase: string
  /** Absolute. */
  dataFolder: string
  /** Absolute paths; the first profile is the one that answers. */
  profileFiles: string[]
  profile: Profile
}

/** Settings and profile, without asking for servers. */
export function siteOf(options: SiteOptions): Site {
  const settings = readSettings({
    ...process.env,
    ...(options.data === undefined ? {} : { STEADYLINE_DATA: options.data }),
    ...(options.profile === undefined ? {} : { STEADYLINE_PROFILE: options.profile }),
  })
  const profileFiles = settings.STEADYLINE_PROFILE.split(',').map((file) => foundFile(file.trim()))
  const [profile] = profileFiles.map((file) => parseProfile(file, readFileSync(file, 'utf8')))
  const scenario = options.scenario ?? null
  const realDatabase = settings.CLICKHOUSE_DATABASE
  return {
    settings: { ...settings, CLICKHOUSE_DATABASE: databaseOf(realDatabase, scenario) },
    scenario,
    names: kafkaNamesOf(scenario),
    realDatabase,
    dataFolder: resolve(settings.STEADYLINE_DATA),
    profileFiles,
    profile: profile!,
  }
}

type Address = 'KAFKA_BROKERS' | 'CLICKHOUSE_URL'
/** A site whose servers of these names are known. */
type SiteWith<Needed extends Address> = Site & { settings: Settings & Record<Needed, string> }

/** The same with both servers known. @throws SteadylineError (exit code 3) if one is not */
export function siteWithServers(options: SiteOptions): SiteWith<Address> {
  return siteWith(options, ['KAFKA_BROKERS', 'CLICKHOUSE_URL'])
}

/** The same for what reads and writes the store alone: Kafka may be unknown. @throws SteadylineError (exit code 3) */
export function siteWithStore(options: SiteOptions): SiteWith<'CLICKHOUSE_URL'> {
  return siteWith(options, ['CLICKHOUSE_URL'])
}

function siteWith<Needed extends Address>(options: SiteOptions, needed: readonly Needed[]): SiteWith<Needed> {
  const site = siteOf(options)
  const up = runningUp(site.dataFolder)
  const known: Record<Address, string | undefined> = {
    KAFKA_BROKERS: site.settings.KAFKA_BROKERS ?? up?.kafkaBrokers,
    CLICKHOUSE_URL: site.settings.CLICKHOUSE_URL ?? up?.clickhouseUrl,
  }
  const missing = needed.find((name) => known[name] === undefined)
  if (missing !== undefined) {
    throw new SteadylineError(
      'STEADYLINE_NO_SERVERS',
      3,
      `Nothing runs on the data folder ${site.dataFolder}, and ${missing} is not set. ` +
        'Start everything with `npx steadyline up`, give its folder with --data DIR, or name your servers in the environment.',
    )
  }
  return { ...site, settings: { ...site.settings, ...known } as SiteWith<Needed>['settings'] }
}

/** The series of cells that a profile answers from. */
export function seriesOf(profile: Profile): Series {
  return { name: definitionsHash(profile.definitions), definitions: profile.definitions, timeZone: profile.timeZone }
}

function foundFile(file: string): string {
  const candidates = isAbsolute(file) ? [file] : [resolve(file), join(PROJECT_ROOT, file)]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found !== undefined) return found
  throw new SteadylineError(
    'STEADYLINE_PROFILE_MISSING',
    2,
    `There is no profile ${file}, expected a YAML file. Give one with --profile FILE or STEADYLINE_PROFILE, for example profiles/panjin-2023.yaml.`,
  )
}
