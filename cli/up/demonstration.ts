/** Streams the profile's synthetic year through Kafka, waits until it is counted, and keeps what must come out of it. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayOfText } from '../../kpi/local-date.ts'
import { dayStartAtMs, zoneOf } from '../../kpi/zone.ts'
import { truthText } from '../../producers/generate.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { streamYear } from '../../producers/stream-year.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import type { Settings } from '../../schemas/settings.ts'
import { allCounted } from '../all-counted.ts'
import { logIsEmpty } from '../log-is-empty.ts'
import { progressOf } from '../progress.ts'
import { publishingOf } from '../publishing.ts'
import type { Site } from '../site.ts'

const SEED = 1
const COUNTED_MS_MAX = 30 * 60_000

export interface DemonstrationOptions {
  site: Site
  /** With the servers' addresses. */
  settings: Settings
  demo: string | undefined
  say: (sentence: string) => void
}

/** Streams the year where the log is empty or the last time was cut off; elsewhere does nothing. Says whether it did. */
export async function demonstrateWhereEmpty(options: DemonstrationOptions): Promise<boolean> {
  const { site, settings } = options
  const generating = join(site.dataFolder, 'generating')
  if (!existsSync(generating) && !(await logIsEmpty({ ...site, settings }))) return false
  // The same seed gives the same records, so a year that was cut off is simply streamed again: duplicates change nothing.
  writeFileSync(generating, '')
  await streamDemonstration(options)
  rmSync(generating)
  return true
}

async function streamDemonstration({ site, settings, demo, say }: DemonstrationOptions): Promise<void> {
  const { profile, dataFolder } = site
  const { names } = site
  const zone = zoneOf(profile.timeZone)
  const fromAtMs = dayStartAtMs(zone, dayOfText(profile.contract.from)!)
  const toAtMs = dayStartAtMs(zone, dayOfText(profile.contract.to)!)
  const startedAtMs = performance.now()
  const publisher = await connectPublisher({ ...(await publishingOf(settings, names)), nowMs: Date.now, say })
  const progress = progressOf('Streaming a synthetic year')
  const truth = await streamYear({
    profile,
    seed: SEED,
    fromAtMs,
    toAtMs,
    scale: 1,
    demo,
    publisher,
    names,
    onProgress: ({ publishedCount, atMs }) =>
      progress.show(publishedCount, null, `records, until ${new Date(atMs).toISOString().slice(0, 10)}`),
  }).finally(() => {
    progress.end()
    return publisher.close()
  })
  writeFileSync(join(dataFolder, 'truth.json'), truthText(truth))
  const recordCount = truth.messages.calls + truth.messages.tickets
  const streamedMs = performance.now() - startedAtMs
  say(`Streamed ${recordCount.toLocaleString('en')} records in ${(streamedMs / 1_000).toFixed(1)} s; counting …`)
  if (!(await allCounted({ ...site, settings }, COUNTED_MS_MAX))) {
    throw new SteadylineError(
      'STEADYLINE_NOT_COUNTED',
      1,
      `Not everything is counted after ${COUNTED_MS_MAX / 60_000} minutes. A processor must run, and its log says why it does not count: of a processor that up started, ${dataFolder}/logs/processor.log.`,
    )
  }
  say(`Counted ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s after the first record was made.`)
}
