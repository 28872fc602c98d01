import { SIMULATED_HEADING } from '../../api/pages/simulated-heading.ts'
import { zoneOf } from '../../kpi/zone.ts'
import { captureFacts } from '../../producers/capture-facts.ts'
import { ClickHouseFacts } from '../../producers/clickhouse-facts.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { instantOption } from '../options.ts'
import { progressOf } from '../progress.ts'
import { type SiteOptions, siteWithStore } from '../site.ts'

export interface CaptureCommandOptions extends SiteOptions {
  out: string
  from: string
  to: string
}

/** The facts of a period, all revisions, back into a capture. */
export async function captureCommand(options: CaptureCommandOptions): Promise<void> {
  const { settings, profile } = siteWithStore(options)
  const zone = zoneOf(profile.timeZone)
  const fromAtMs = instantOption(zone, '--from', options.from)
  const toAtMs = instantOption(zone, '--to', options.to)
  if (fromAtMs >= toAtMs)
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      '--to is not after --from, expected a later instant (it is out).',
    )
  const source = new ClickHouseFacts({ url: settings.CLICKHOUSE_URL, database: settings.CLICKHOUSE_DATABASE })
  const progress = progressOf('Capturing')
  const { callsCount, ticketsCount, isSimulated } = await captureFacts({
    source,
    range: { fromAtMs, toAtMs },
    folder: options.out,
    onProgress: (readCount, aboutCount) => progress.show(readCount, aboutCount, 'facts'),
  }).finally(() => {
    progress.end()
    return source.close()
  })
  process.stdout.write(
    `${isSimulated ? `${SIMULATED_HEADING}: ` : ''}wrote ${callsCount.toLocaleString('en')} call and ` +
      `${ticketsCount.toLocaleString('en')} ticket records to ${options.out}.\n`,
  )
}
