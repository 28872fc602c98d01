/** Everything on one machine. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolderInUse } from '../../local/local-server-error.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { shownUrl } from '../../schemas/shown-url.ts'
import { buildDashboard } from '../dashboard-build.ts'
import { type Language, languageOf } from '../language.ts'
import { logIsEmpty } from '../log-is-empty.ts'
import { type Site, type SiteOptions, siteOf } from '../site.ts'
import { demonstrateWhereEmpty } from '../up/demonstration.ts'
import { scorecard, yearTable } from '../up/figures.ts'
import { type Parts, startParts } from '../up/parts.ts'
import { removeUpRecord, runningUp, writeUpRecord } from '../up-record.ts'

const REFRESH_RECORD_MS = 200

export interface UpOptions extends SiteOptions {
  port?: string
  empty?: boolean
  exit?: boolean
  demo?: string
  lang?: Language
}

export async function up(options: UpOptions): Promise<void> {
  const site = siteWithPort(siteOf(options), options.port)
  if (runningUp(site.dataFolder) !== null) throw dataFolderInUse('broker', site.dataFolder)
  mkdirSync(join(site.dataFolder, 'logs'), { recursive: true })
  say(`Starting on ${site.dataFolder} …`)
  const dashboard = buildDashboard(say)
  const parts = await startParts(site, say)
  const ended = endsOf(parts)
  try {
    keepRecord(site, parts)
    await Promise.race([ended, run(site, parts, dashboard, options)])
    if (options.exit !== true) await ended
  } finally {
    removeUpRecord(site.dataFolder)
    await parts.stop()
  }
  process.exit(process.exitCode ?? 0)
}

async function run(site: Site, parts: Parts, dashboard: Promise<void>, options: UpOptions): Promise<void> {
  const { api } = parts.record()
  const year = site.profile.contract.from.slice(0, 4)
  const { settings } = parts
  if (options.empty !== true) await demonstrateWhereEmpty({ site, settings, demo: options.demo, say })
  if (await logIsEmpty({ ...site, settings }))
    say('\nThe store is empty: `npx steadyline replay` or `import` puts records in, or your own producers do.\n')
  else if (parts.settings.API_KEYS_FILE !== undefined)
    say(`\nThe API's figures need a key now; here without one: npx steadyline evaluate --year ${year}\n`)
  else await sayFigures(site, api, year, options)
  await dashboard
  if (options.exit === true) return say('Everything stops now; the data stays, and `npm start` shows it again.')
  const { kafkaBrokers, clickhouseUrl } = parts.record()
  say(`Dashboard: ${api}   API: ${api}/docs   Kafka: ${kafkaBrokers}   ClickHouse: ${shownUrl(clickhouseUrl)}`)
  const reach =
    parts.settings.API_KEYS_FILE === undefined ? 'It listens on this machine only.' : 'Every question needs an API key.'
  say(`${reach} Ctrl-C stops everything; the data stays.`)
}

async function sayFigures(site: Site, api: string, year: string, options: UpOptions): Promise<void> {
  const language = languageOf(options.lang, process.env.LC_ALL ?? process.env.LANG)
  say(`\n${await yearTable(api, year, language)}\n`)
  if (site.profile.evaluation !== undefined) say(`${await scorecard(api, year, language)}\n`)
}

/** Resolves when a person asks to end; rejects when a part was given up. */
function endsOf(parts: Parts): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const givenUp = parts.givenUp.then((reason) => {
    throw reason
  })
  return Promise.race([asked, givenUp])
}

/** Keeps `up.json` true while children come and go. */
function keepRecord(site: Site, parts: Parts): void {
  let written = ''
  const write = () => {
    const record = parts.record()
    if (JSON.stringify(record) === written) return
    written = JSON.stringify(record)
    writeUpRecord(site.dataFolder, record)
  }
  write()
  setInterval(write, REFRESH_RECORD_MS).unref()
}

function siteWithPort(site: Site, port: string | undefined): Site {
  if (port === undefined) return site
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      `--port is ${JSON.stringify(port)}, expected a number from 1 to 65535.`,
    )
  }
  return { ...site, settings: { ...site.settings, API_PORT: Number(port) } }
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}
