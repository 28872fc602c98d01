/**
 * Takes people's own exports to a capture or to Kafka.
 *
 * Every record of a file either goes on or is listed with its line and the reason; what goes on is what the processors
 * will count. Memory holds pieces of a file, never the file.
 */
import { zoneOf } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import type { Profile } from '../../schemas/profile.ts'
import type { Destination } from './destination.ts'
import type { ImportMap } from './import-map.ts'
import { ImportJudge } from './judged-record.ts'
import type { CallSource, CsvTickets } from './map-schema.ts'
import type { Mapped } from './place.ts'
import { Pseudonyms } from './pseudonym.ts'
import { QueueLog } from './queue-log.ts'
import type { ReadContext } from './read-context.ts'
import { readCsv } from './read-csv.ts'
import { readQueueLog } from './read-queue-log.ts'
import { Regions } from './regions.ts'
import type { FileReading } from './source-file.ts'
import { Tally, type Totals } from './tally.ts'
import type { Unmapped } from './unmapped.ts'

export interface ImportOptions {
  profile: Profile
  map: ImportMap
  /** The n-th file is read by the n-th source of the map, or all by the only one. */
  callFiles: readonly string[]
  ticketFiles: readonly string[]
  destination: Destination
  unmapped: Unmapped
  onBytes: (count: number) => void
}

export interface ImportedFiles {
  /** How each file was read, in their order. */
  readings: readonly FileReading[]
  callsCount: number
  ticketsCount: number
  totals: Totals
}

/** @throws SteadylineError for a file that cannot be read as its map says; what went on before it stays where it went */
export async function importFiles(options: ImportOptions): Promise<ImportedFiles> {
  const { destination, unmapped } = options
  const judge = new ImportJudge()
  const tally = await Tally.create(options.profile.definitions)
  const counts = { calls: 0, tickets: 0 }
  const readings: FileReading[] = []
  try {
    for await (const mapped of everyRecord(options, readings)) {
      if ('reason' in mapped) {
        await unmapped.add(mapped.place, mapped.reason)
        continue
      }
      const { message, reason, content } = judge.judge(mapped.imported)
      if (reason !== null) {
        await unmapped.add(mapped.place, reason)
        continue
      }
      await tally.add(mapped.imported, mapped.place, content)
      await destination.take(mapped.imported, message)
      counts[mapped.imported.kind] += 1
    }
    await destination.complete()
    return { readings, callsCount: counts.calls, ticketsCount: counts.tickets, totals: await tally.totals() }
  } finally {
    await tally.close()
  }
}

async function* everyRecord(options: ImportOptions, readings: FileReading[]): AsyncGenerator<Mapped> {
  const { profile, map, callFiles, ticketFiles, onBytes } = options
  const zone = zoneOf(profile.timeZone)
  const pseudonyms = map.salt === null ? null : new Pseudonyms(map.salt)
  const onFile = (reading: FileReading) => readings.push(reading)
  const context: ReadContext = { zone, profile, pseudonyms, onBytes, onFile }
  for (const { source, files } of pairs(map.calls, callFiles)) yield* readCalls(source, files, context)
  for (const { source, files } of pairs(map.tickets, ticketFiles)) {
    for (const file of files) yield* readCsv('tickets', file, source, context)
  }
}

async function* readCalls(source: CallSource, files: readonly string[], context: ReadContext): AsyncGenerator<Mapped> {
  if (source.format !== 'asterisk-queue-log') {
    for (const file of files) yield* readCsv('calls', file, source, context)
    return
  }
  const regions = new Regions(context.profile, undefined)
  const log = new QueueLog({ source, regions, pseudonyms: context.pseudonyms!, revision: source.revision ?? 1 })
  for (const file of files) yield* readQueueLog(file, source, log, context)
  yield* log.end()
}

/** @throws SteadylineError (exit code 2) where files and the sources of the map do not go together */
export function requireSources({
  map,
  callFiles,
  ticketFiles,
}: Pick<ImportOptions, 'map' | 'callFiles' | 'ticketFiles'>): void {
  const problems = [
    ...misfit('calls', map.calls.length, callFiles.length),
    ...misfit('tickets', map.tickets.length, ticketFiles.length),
  ]
  if (problems.length > 0) throw new SteadylineError('STEADYLINE_MAP_INVALID', 2, problems.join('\n'))
}

function misfit(kind: 'calls' | 'tickets', sourcesCount: number, filesCount: number): string[] {
  if (filesCount === 0 || sourcesCount === 1 || sourcesCount === filesCount) return []
  if (sourcesCount === 0) return [`--${kind} is given and the map has no \`${kind}:\`. Add it, or leave the files out.`]
  return [
    `The map has ${sourcesCount} entries under \`${kind}:\`, and --${kind} is given ${filesCount} times: expected as many, in the same order, or one entry for all files.`,
  ]
}

/** One source for all files, or one for each. */
function pairs<Source extends CallSource | CsvTickets>(
  sources: readonly Source[],
  files: readonly string[],
): { source: Source; files: readonly string[] }[] {
  if (files.length === 0) return []
  const [only] = sources
  if (only !== undefined && sources.length === 1) return [{ source: only, files }]
  return sources.map((source, index) => ({ source, files: [files[index]!] }))
}
