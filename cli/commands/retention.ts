import { isoOf } from '../../kpi/instant-text.ts'
import { dayOfText } from '../../kpi/local-date.ts'
import { dayStartAtMs, zoneOf } from '../../kpi/zone.ts'
import { reconcileCells } from '../../processors/reconcile/reconcile-cells.ts'
import { ClickHouseSealingStore } from '../../processors/retention/clickhouse-sealing-store.ts'
import { sealYears } from '../../processors/retention/seal-years.ts'
import type { SealingStore, YearOfFacts } from '../../processors/retention/sealing-store.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { progressOf } from '../progress.ts'
import { type Servers, withServers } from '../servers.ts'
import { type Site, type SiteOptions, seriesOf, siteWithServers } from '../site.ts'

const HOUR_MS = 3_600_000
const YEAR_MIN = 1991
const YEAR_MAX = 2099
/** Processors count what came in just before within this time, unless one is away, ms. */
const COUNTING_MS_MAX = 60_000

export interface RetentionOptions extends SiteOptions {
  keepFrom: string
  dryRun?: boolean
}

/** Seals the UTC years before one, and deletes their facts. No figure is lowered. */
export async function retention(options: RetentionOptions): Promise<void> {
  const site = siteWithServers(options)
  const beforeAtMs = startOfYear(options.keepFrom)
  await withServers(site, async (servers) => {
    await servers.store.begin()
    const sealing = new ClickHouseSealingStore({
      url: site.settings.CLICKHOUSE_URL,
      database: site.settings.CLICKHOUSE_DATABASE,
    })
    try {
      await retain(site, servers, sealing, beforeAtMs, options.dryRun === true)
    } finally {
      await sealing.close()
    }
  })
}

async function retain(
  site: Site,
  servers: Servers,
  sealing: SealingStore,
  beforeAtMs: number,
  isDryRun: boolean,
): Promise<void> {
  const refusedBeforeMs = await sealing.refusedBeforeMs()
  if (beforeAtMs < refusedBeforeMs) throw sealedFurther(refusedBeforeMs)
  await requireFinal(site, servers, beforeAtMs)
  const years = (await sealing.years()).filter(({ year }) => year < new Date(beforeAtMs).getUTCFullYear())
  sayPlan(site, beforeAtMs, years)
  await requireAgreement(site, servers, await sealing.sealedBeforeMs(), beforeAtMs)
  if (isDryRun) return say('Every one of their cells agrees with its facts. Nothing was changed (--dry-run).')
  const { name: definitions, timeZone } = seriesOf(site.profile)
  await sealYears({
    store: sealing,
    beforeAtMs,
    own: { definitions, timeZone },
    countingMsMax: COUNTING_MS_MAX,
    now: Date.now,
    onStep: (what) => process.stderr.write(`${what} …\n`),
  })
  say(
    `Sealed before ${instants(site, beforeAtMs)}. Its figures stay; its records are deleted, and later ones for it are rejected as BEFORE_RETENTION.`,
  )
}

/** What is not final yet must not be sealed: it would never be counted to its end. */
async function requireFinal({ profile }: Site, { store, names }: Servers, beforeAtMs: number): Promise<void> {
  const settleMs = {
    [names.calls]: profile.settleHours * HOUR_MS,
    [names.tickets]: profile.ticketSettleDays * 24 * HOUR_MS,
  }
  for (const [topic, ms] of Object.entries(settleMs)) {
    const watermarkAtMs = (await store.lastWatermark(topic))?.watermarkAtMs ?? 0
    if (watermarkAtMs >= beforeAtMs + ms) continue
    throw new SteadylineError(
      'STEADYLINE_RETENTION_TOO_EARLY',
      1,
      `The watermark of ${topic} is ${watermarkAtMs === 0 ? 'not there yet' : new Date(watermarkAtMs).toISOString()}, expected ${new Date(beforeAtMs + ms).toISOString()} or later: ` +
        'years that are not final are not sealed. Wait for them, or keep from an earlier year.',
    )
  }
}

/** Facts are the only proof of their cells, so they are looked at a last time before they are deleted. */
async function requireAgreement(site: Site, { audited }: Servers, fromAtMs: number, toAtMs: number): Promise<void> {
  const progress = progressOf('Reconciling')
  const differences = await reconcileCells({
    audited,
    series: seriesOf(site.profile),
    within: { fromAtMs, toAtMs },
    onDay: (day, number, count) => progress.show(number, count, day),
  })
  progress.end()
  if (differences.length === 0) return
  for (const { sentence } of differences.slice(0, 20)) say(sentence)
  throw new SteadylineError(
    'STEADYLINE_CELLS_DIFFER',
    1,
    `${differences.length} cells differ from their facts, expected none before these are deleted. Nothing was changed. Run \`npx steadyline reconcile --repair\`, then this again.`,
  )
}

function sayPlan(site: Site, beforeAtMs: number, years: readonly YearOfFacts[]): void {
  say(`Before ${instants(site, beforeAtMs)}:`)
  for (const { year, callRows, ticketRows } of years)
    say(
      `  UTC year ${year}: ${callRows.toLocaleString('en')} rows of calls, ${ticketRows.toLocaleString('en')} of tickets`,
    )
  if (years.length === 0) say('  no facts')
  const year = new Date(beforeAtMs).getUTCFullYear()
  const localStartAtMs = dayStartAtMs(zoneOf(site.profile.timeZone), dayOfText(`${year}-01-01`)!)
  if (localStartAtMs < beforeAtMs)
    say(
      `  The first ${(beforeAtMs - localStartAtMs) / HOUR_MS} hours of the local year ${year} are among it; --keep-from ${year - 1} keeps their records.`,
    )
}

function instants({ profile }: Site, atMs: number): string {
  return `${new Date(atMs).toISOString()} (${isoOf(zoneOf(profile.timeZone), atMs)})`
}

function startOfYear(text: string): number {
  const year = Number(text)
  if (/^\d{4}$/.test(text) && year >= YEAR_MIN && year <= YEAR_MAX) return Date.UTC(year, 0, 1)
  throw new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    `--keep-from is ${JSON.stringify(text)}, expected a year such as 2022: the first one whose records stay.`,
  )
}

function sealedFurther(refusedBeforeMs: number): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_SEALED_FURTHER',
    2,
    `Records before ${new Date(refusedBeforeMs).toISOString()} are refused already, and a seal is never taken back. Use --keep-from ${new Date(refusedBeforeMs).getUTCFullYear()} or a later year.`,
  )
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}
