import { zoneOf } from '../../kpi/zone.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { type Replayed, replay } from '../../producers/replay.ts'
import { isUnchanged } from '../../producers/scenario/transformation.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { instantOption, speedOption } from '../options.ts'
import { pauseControl } from '../pause-control.ts'
import { progressOf } from '../progress.ts'
import { publishingOf } from '../publishing.ts'
import { type TransformationOptions, transformationOf } from '../scenario-options.ts'
import { type ReplayedScenario, replayIntoScenario } from '../scenario-replay.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'

export interface ReplayCommandOptions extends SiteOptions, TransformationOptions {
  from: string
  speed: string
  completeUntil?: string
}

/** Publishes a capture to Kafka, each record's bytes as they are, or made anew for a scenario. */
export async function replayCommand(options: ReplayCommandOptions): Promise<void> {
  const speed = speedOption(options.speed)
  const transformation = transformationOf(options)
  if (!isUnchanged(transformation) && options.scenario === undefined) throw needsScenario()
  const site = siteWithServers(options)
  const completeUntilAtMs =
    options.completeUntil === undefined
      ? null
      : instantOption(zoneOf(site.profile.timeZone), '--complete-until', options.completeUntil)
  const publish = (folder: string) => published(folder, { site, speed, completeUntilAtMs })
  const { scenario } = site
  if (scenario === null) {
    print(`Published ${countsText(await publish(options.from))} from ${options.from}.`)
    return
  }
  // Interrupted, it tidies up behind itself; what was published stays in the scenario.
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  const replayed = await replayIntoScenario({
    site: { ...site, scenario },
    from: options.from,
    transformation,
    shiftText: options.shift ?? null,
    publish,
    nowMs: Date.now,
    say,
  })
  print(reportText(scenario, options.from, replayed))
}

interface Publishing {
  site: ReturnType<typeof siteWithServers>
  speed: 'max' | number
  completeUntilAtMs: number | null
}

async function published(folder: string, { site, speed, completeUntilAtMs }: Publishing): Promise<Replayed> {
  const { settings, profile, names } = site
  const publisher = await connectPublisher({ ...(await publishingOf(settings, names)), nowMs: Date.now, say })
  const progress = progressOf('Replaying')
  const control = pauseControl(() => performance.now(), say)
  if (speed !== 'max') say(`${control.instructions}.`)
  return replay({
    profile,
    folder,
    publisher,
    names,
    speed,
    ...(completeUntilAtMs === null ? {} : { completeUntilAtMs }),
    pause: control.pause,
    nowMs: () => performance.now(),
    onProgress: ({ publishedCount, expectedCount, atMs }) =>
      progress.show(publishedCount, expectedCount, `records, until ${new Date(atMs).toISOString().slice(0, 16)}Z`),
  }).finally(() => {
    control.end()
    progress.end()
    return publisher.close()
  })
}

function reportText(scenario: string, from: string, { transformed, ...replayed }: ReplayedScenario): string {
  const madeAnew = transformed === null ? '' : ', made anew: 模拟数据 simulated data, every new id begins with sim-'
  return [
    `情景 scenario ${scenario}: ${countsText(replayed)} from ${from}${madeAnew}. Everything is counted.`,
    `Beside the real figures: npx steadyline scenarios compare ${scenario}`,
  ].join('\n')
}

function countsText({ callsCount, ticketsCount }: Replayed): string {
  return `${callsCount.toLocaleString('en')} call and ${ticketsCount.toLocaleString('en')} ticket records`
}

function needsScenario(): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    '--shift, --scale, --growth, --lines and --regions make records that never happened, expected --scenario NAME with them: they go to topics and a database of their own.',
  )
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
