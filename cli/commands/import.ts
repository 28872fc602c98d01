import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { zoneOf } from '../../kpi/zone.ts'
import { captureDestination, type Destination, kafkaDestination, NOWHERE } from '../../producers/import/destination.ts'
import { importFiles, requireSources } from '../../producers/import/import-files.ts'
import { parseImportMap } from '../../producers/import/import-map.ts'
import { Unmapped } from '../../producers/import/unmapped.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { importedText, unmappedText } from '../import-report.ts'
import { instantOption } from '../options.ts'
import { progressOf } from '../progress.ts'
import { publishingOf } from '../publishing.ts'
import { type SiteOptions, siteOf, siteWithServers } from '../site.ts'

export interface ImportCommandOptions extends SiteOptions {
  calls?: string[]
  tickets?: string[]
  map: string
  out?: string
  dryRun?: boolean
  unmapped?: string
  completeUntil?: string
}

/** People's own exports into a capture or to Kafka. Exit code 1 if not a single record could be mapped. */
export async function importCommand(options: ImportCommandOptions): Promise<void> {
  const { profile } = siteOf(options)
  const files = { callFiles: options.calls ?? [], ticketFiles: options.tickets ?? [] }
  if (files.callFiles.length + files.ticketFiles.length === 0) {
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      'Nothing to import: give --calls FILE.csv, --tickets FILE.csv or both.',
    )
  }
  const map = parseImportMap(options.map, readFileSync(options.map, 'utf8'))
  requireSources({ map, ...files })
  const bytesCount = [...files.callFiles, ...files.ticketFiles].reduce((sum, file) => sum + statSync(file).size, 0)
  const destination = await destinationOf(options)
  const listFile =
    options.unmapped ?? (options.out === undefined || options.dryRun ? null : join(options.out, 'unmapped.csv'))
  const unmapped = new Unmapped(listFile)
  const progress = progressOf('Importing')
  let readBytes = 0
  const onBytes = (count: number) => {
    readBytes += count
    progress.show(readBytes, bytesCount, 'bytes')
  }
  const imported = await importFiles({ profile, map, ...files, destination, unmapped, onBytes }).finally(async () => {
    progress.end()
    await unmapped.close()
    await destination.close()
  })
  process.stdout.write(importedText(imported, profile))
  process.stderr.write(unmappedText(unmapped, listFile))
  process.stdout.write(`${whereTo(options)}\n`)
  if (imported.callsCount + imported.ticketsCount === 0) process.exitCode = 1
}

async function destinationOf(options: ImportCommandOptions): Promise<Destination> {
  if (options.dryRun) return NOWHERE
  if (options.out !== undefined) return captureDestination(options.out)
  const { settings, profile, names } = siteWithServers(options)
  const { completeUntil } = options
  const completeUntilAtMs =
    completeUntil === undefined ? null : instantOption(zoneOf(profile.timeZone), '--complete-until', completeUntil)
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const publisher = await connectPublisher({ ...(await publishingOf(settings, names)), nowMs: Date.now, say })
  return kafkaDestination({ publisher, names, profile, completeUntilAtMs })
}

function whereTo({ dryRun, out }: ImportCommandOptions): string {
  if (dryRun) return 'A dry run: nothing was written.'
  if (out !== undefined) return `Written to ${out}; \`npx steadyline replay --from ${out}\` publishes it.`
  return 'Published. `npx steadyline wait` returns once it has been counted.'
}
