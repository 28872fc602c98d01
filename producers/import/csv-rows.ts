/** A CSV or TSV file, row by row, each with the line it begins in. */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { SteadylineError } from '../../schemas/errors.ts'

export const DELIMITERS = { comma: ',', tab: '\t', semicolon: ';', pipe: '|' } as const
export type DelimiterName = keyof typeof DELIMITERS

/** A record longer than this is a quote that nobody closed. */
const ROW_CHARACTERS_MAX = 1_000_000

export interface CsvRow {
  line: number
  cells: string[]
}

export interface CsvReading {
  file: string
  delimiter: DelimiterName
  /** Whether cells may stand in double quotes, with line ends and delimiters in them. */
  hasQuotes: boolean
}

/** Empty lines are no rows. @throws SteadylineError for a quote that is never closed: nothing after it could be told */
export async function* csvRows(text: AsyncIterable<string>, reading: CsvReading): AsyncGenerator<CsvRow> {
  let parsedLinesCount = 0
  const parser = parse({
    bom: true,
    delimiter: DELIMITERS[reading.delimiter],
    info: true,
    max_record_size: ROW_CHARACTERS_MAX,
    quote: reading.hasQuotes ? '"' : false,
    record_delimiter: '\n',
    relax_column_count: true, // rows of another length are listed, not thrown
    relax_quotes: true, // ="13800000000" is how some exports keep a number a text
    on_record: (record: string[], { lines }: { lines: number }) => {
      parsedLinesCount = lines
      return record
    },
  })
  const source = Readable.from(text, { objectMode: true })
  source.on('error', (error) => parser.destroy(error)).pipe(parser)
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.length > 1 || record[0] !== '') yield { line, cells: record }
      line = info.lines + 1
    }
  } catch (error) {
    if (error instanceof CsvError) throw notClosed(reading.file, parsedLinesCount + 1)
    throw error
  } finally {
    source.destroy()
  }
}

/** The delimiter that stands most often in the first line, outside quotes; a comma where there is none. */
export function delimiterOf(firstLine: string): DelimiterName {
  const bare = firstLine.replaceAll(/"[^"]*"/g, '')
  const countOf = (name: DelimiterName) => bare.split(DELIMITERS[name]).length
  const names = Object.keys(DELIMITERS) as DelimiterName[]
  return names.reduce((best, name) => (countOf(name) > countOf(best) ? name : best))
}

function notClosed(file: string, line: number): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_IMPORT_UNREADABLE',
    2,
    `${file}, line ${line}: a quote opens in this record and is never closed, so nothing after it can be told apart. Close it, or double it where it is part of the text.`,
  )
}
