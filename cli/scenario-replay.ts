/**
 * Replays a capture into a scenario: makes the records anew if it is asked to, streams them to the scenario's own topics
 * while a processor of its own counts them into its own database, and waits until everything is counted.
 */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zoneOf } from '../kpi/zone.ts'
import { type Replayed, requireCapture } from '../producers/replay.ts'
import { type TransformedCapture, transformCapture } from '../producers/scenario/transform-capture.ts'
import { isUnchanged, type Transformation } from '../producers/scenario/transformation.ts'
import { ClickHouseScenarios } from '../schemas/clickhouse-scenarios.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { holidaysOf } from '../schemas/profile-windows.ts'
import type { ScenarioReplay } from '../schemas/scenario-recipe.ts'
import { allCounted } from './all-counted.ts'
import { progressOf } from './progress.ts'
import { keptText } from './shift-text.ts'
import type { siteWithServers } from './site.ts'
import { startProcessor } from './up/processor-part.ts'

const COUNTED_MS_MAX = 60 * 60_000

type ScenarioSite = ReturnType<typeof siteWithServers> & { scenario: string }

export interface ScenarioReplayOptions {
  site: ScenarioSite
  /** Folder of the capture, as it was given. */
  from: string
  transformation: Transformation
  /** The duration as it was given. */
  shiftText: string | null
  /** Publishes a capture to the scenario's topics. */
  publish: (folder: string) => Promise<Replayed>
  nowMs: () => number
  say: (sentence: string) => void
}

export interface ReplayedScenario extends Replayed {
  /** Null where the records are those of the capture, byte by byte. */
  transformed: TransformedCapture | null
}

export async function replayIntoScenario(options: ScenarioReplayOptions): Promise<ReplayedScenario> {
  const { site, from, transformation } = options
  await requireCapture(from)
  if (isUnchanged(transformation)) return { ...(await streamAndCount(from, null, options)), transformed: null }
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-scenario-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeFolder)
  try {
    const transformed = await madeAnew(folder, options)
    return { ...(await streamAndCount(folder, transformed, options)), transformed }
  } finally {
    process.off('exit', removeFolder)
    removeFolder()
  }
  async function madeAnew(into: string, { say }: ScenarioReplayOptions): Promise<TransformedCapture> {
    const progress = progressOf('Making the records anew')
    const zone = zoneOf(site.profile.timeZone)
    const transformed = await transformCapture({
      transformation,
      zone,
      holidays: holidaysOf(site.profile),
      from,
      into,
      onProgress: (readCount) => progress.show(readCount, null, 'records read'),
    }).finally(() => progress.end())
    for (const sentence of keptText(transformed)) say(sentence)
    return transformed
  }
}

async function streamAndCount(
  folder: string,
  transformed: TransformedCapture | null,
  { site, from, transformation, shiftText, publish, nowMs, say }: ScenarioReplayOptions,
): Promise<Replayed> {
  const { settings, scenario, realDatabase, dataFolder, profileFiles } = site
  const scenarios = new ClickHouseScenarios({ url: settings.CLICKHOUSE_URL, realDatabase })
  const replay: ScenarioReplay = {
    madeAtMs: nowMs(),
    source: from,
    shift: shiftText,
    shiftRule: transformed === null ? null : (keptText(transformed)[0] ?? null),
    scale: transformation.scale,
    seed: transformation.seed,
    lines: transformation.lines === null ? null : [...transformation.lines],
    regions: transformation.regions === null ? null : [...transformation.regions],
    growth: Object.fromEntries(transformation.growth),
  }
  await scenarios.begin(scenario, replay).finally(() => scenarios.close())
  const env = {
    ...process.env,
    KAFKA_BROKERS: settings.KAFKA_BROKERS,
    CLICKHOUSE_URL: settings.CLICKHOUSE_URL,
    CLICKHOUSE_DATABASE: realDatabase,
    STEADYLINE_PROFILE: profileFiles.join(','),
    STEADYLINE_DATA: dataFolder,
  }
  const processor = await startProcessor({ env, settings, scenario, dataFolder, say })
  const givenUp = processor.ended.then((reason) => {
    throw reason ?? new Error('the processor ended')
  })
  givenUp.catch(() => {}) // it is heard where it is raced
  try {
    const replayed = await Promise.race([publish(folder), givenUp])
    await Promise.race([requireCounted(site), givenUp])
    return replayed
  } finally {
    await processor.stop()
  }
}

async function requireCounted(site: ScenarioSite): Promise<void> {
  if (await allCounted(site, COUNTED_MS_MAX)) return
  throw new SteadylineError(
    'STEADYLINE_NOT_COUNTED',
    1,
    `Not everything of scenario ${site.scenario} is counted after ${COUNTED_MS_MAX / 60_000} minutes. See ${site.dataFolder}/logs/processor.${site.scenario}.log; \`npx steadyline process --scenario ${site.scenario}\` counts on.`,
  )
}
