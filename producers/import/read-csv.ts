/** A CSV file as calls or tickets. */
import { callOfRow } from './call-of-row.ts'
import { csvRows } from './csv-rows.ts'
import type { CsvCalls, CsvTickets } from './map-schema.ts'
import type { Imported, Mapped } from './place.ts'
import type { ReadContext } from './read-context.ts'
import { Regions } from './regions.ts'
import { RowReader } from './row-reader.ts'
import { lookAt } from './source-file.ts'
import { textOf } from './source-text.ts'
import { ticketOfRow } from './ticket-of-row.ts'

export function readCsv(kind: 'calls', file: string, source: CsvCalls, context: ReadContext): AsyncGenerator<Mapped>
export function readCsv(kind: 'tickets', file: string, source: CsvTickets, context: ReadContext): AsyncGenerator<Mapped>
export async function* readCsv(
  kind: 'calls' | 'tickets',
  file: string,
  source: CsvCalls | CsvTickets,
  context: ReadContext,
): AsyncGenerator<Mapped> {
  const reading = await lookAt(file, source)
  context.onFile(reading)
  const readerOf = (names: readonly string[]) =>
    new RowReader<string>({
      ...source,
      file,
      names,
      idFrom: source.idFrom ?? [],
      zone: context.zone,
      times: source.times,
      empty: source.empty,
    })
  const recordOf = recordMaker(kind, source, context)
  let reader = source.header === undefined ? null : readerOf(source.header)
  const rows = csvRows(textOf(file, reading.encoding, context.onBytes), { ...reading, hasQuotes: true })
  for await (const { line, cells } of rows) {
    if (reader === null) {
      reader = readerOf(cells.map((name) => name.trim()))
      continue
    }
    reader.begin(cells)
    const imported = recordOf(reader)
    const place = { file, line }
    yield reader.problems.length === 0 ? { place, imported } : { place, reason: reader.problems.join('; ') }
  }
}

function recordMaker(
  kind: 'calls' | 'tickets',
  source: CsvCalls | CsvTickets,
  { profile, pseudonyms }: ReadContext,
): (row: RowReader<string>) => Imported {
  const shared = { regions: new Regions(profile, source.values?.region), pseudonyms, revision: source.revision ?? 1 }
  if (kind === 'calls') {
    const mapping = { source: source as CsvCalls, ...shared }
    return (row) => ({ kind, record: callOfRow(row, mapping) })
  }
  const mapping = { source: source as CsvTickets, ...shared }
  return (row) => ({ kind, record: ticketOfRow(row, mapping) })
}
