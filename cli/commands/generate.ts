import { dayOfText } from '../../kpi/local-date.ts'
import { dayStartAtMs, zoneOf } from '../../kpi/zone.ts'
import { generate } from '../../producers/generate.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { instantOption, numberOption } from '../options.ts'
import { progressOf } from '../progress.ts'
import { type SiteOptions, siteOf } from '../site.ts'

export interface GenerateCommandOptions extends SiteOptions {
  out: string
  seed: string
  from?: string
  to?: string
  scale: string
  demo?: string
}

/** Writes a synthetic period as a capture, with what must come out of it. */
export async function generateCommand(options: GenerateCommandOptions): Promise<void> {
  const { profile } = siteOf(options)
  const zone = zoneOf(profile.timeZone)
  const contractDay = (day: string) => dayStartAtMs(zone, dayOfText(day)!)
  const fromAtMs =
    options.from === undefined ? contractDay(profile.contract.from) : instantOption(zone, '--from', options.from)
  const toAtMs = options.to === undefined ? contractDay(profile.contract.to) : instantOption(zone, '--to', options.to)
  if (fromAtMs >= toAtMs)
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      '--to is not after --from, expected a later instant (it is out).',
    )
  const progress = progressOf('Generating')
  const truth = await generate({
    folder: options.out,
    profile,
    seed: numberOption('--seed', options.seed, { isWhole: true, min: 0 }),
    fromAtMs,
    toAtMs,
    scale: numberOption('--scale', options.scale, { isWhole: false, min: 0 }),
    demo: options.demo,
    onProgress: ({ publishedCount }) => progress.show(publishedCount, null, 'records'),
  })
  progress.end()
  const { calls, tickets } = truth.messages
  process.stdout.write(
    `模拟数据 (simulated data): wrote ${calls.toLocaleString('en')} call and ${tickets.toLocaleString('en')} ticket records and truth.json to ${options.out}.\n`,
  )
}
