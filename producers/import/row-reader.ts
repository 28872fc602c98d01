/** The cells of one row by the names of fields, as a map says, with everything that is wrong with them. */
import { DAY_MS } from '../../kpi/local-date.ts'
import type { Zone } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { shownShape, shownWord } from './shown-cell.ts'
import { instantOfTime, type ReadTime, type TimeFormat, timeFormatOf, USUAL_FORMATS } from './time-format.ts'

const USUALLY_EMPTY = ['', '-', '--', 'NULL', 'null', '\\N', '0000-00-00 00:00:00']
const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/
const REPLACEMENT = '\uFFFD'

export interface RowReaderOptions {
  file: string
  /** Names of the columns in the order in which they stand. */
  names: readonly string[]
  /** By field, as the map has it. */
  columns: Readonly<Record<string, string | readonly string[] | undefined>>
  idFrom: readonly string[]
  times: readonly string[] | undefined
  empty: readonly string[] | undefined
  zone: Zone
}

export class RowReader<Field extends string> {
  /** What is wrong with the row at hand; whoever reads a field that is missing adds to it. */
  readonly problems: string[] = []
  readonly #columns: ReadonlyMap<string, readonly number[]>
  readonly #idFrom: readonly number[]
  readonly #namesCount: number
  readonly #formats: readonly TimeFormat[]
  readonly #formatsText: string
  readonly #empty: ReadonlySet<string>
  readonly #zone: Zone
  #cells: readonly string[] = []

  /** @throws SteadylineError where the map names columns that the file has not */
  constructor({ file, names, columns, idFrom, times, empty = [], zone }: RowReaderOptions) {
    const wanted = Object.entries(columns).flatMap(([field, column]) => {
      return column === undefined ? [] : [{ field, columns: typeof column === 'string' ? [column] : column }]
    })
    requireColumns(file, names, [...wanted.flatMap((field) => field.columns), ...idFrom])
    this.#columns = new Map(wanted.map((field) => [field.field, field.columns.map((name) => names.indexOf(name))]))
    this.#idFrom = idFrom.map((name) => names.indexOf(name))
    this.#namesCount = names.length
    this.#formats = (times ?? USUAL_FORMATS).map(timeFormatOf)
    this.#formatsText = times?.join(' or ') ?? 'year, month and day first, or `times:` in the map'
    this.#empty = new Set([...USUALLY_EMPTY, ...empty])
    this.#zone = zone
  }

  begin(cells: readonly string[]): void {
    this.#cells = cells
    this.problems.length = 0
    if (cells.length !== this.#namesCount) this.problems.push(`${cells.length} columns, expected ${this.#namesCount}`)
  }

  has(field: Field): boolean {
    return this.#columns.has(field)
  }

  /** Without the space around it; empty where the cell is or the map names no column. */
  text(field: Field, between = '/'): string {
    const columns = this.#columns.get(field)
    if (columns === undefined) return ''
    const text =
      columns.length === 1
        ? this.#cell(columns[0]!)
        : columns
            .map((at) => this.#cell(at))
            .join(between)
            .trim()
    if (text.includes(REPLACEMENT)) this.problems.push(`${field} holds bytes that do not fit the encoding of the file`)
    return this.#empty.has(text) ? '' : text
  }

  /** What `idFrom` names, as it stands. */
  idCells(): string[] {
    return this.#idFrom.map((at) => this.#cell(at))
  }

  required(field: Field): string {
    const text = this.text(field)
    if (text === '') this.problems.push(`${field} is empty`)
    return text
  }

  /** @returns NaN, with a problem, where there is none */
  requiredInstant(field: Field, notBeforeMs: number): number {
    const atMs = this.instant(field, notBeforeMs)
    if (atMs === null) this.problems.push(`${field} is empty`)
    return atMs ?? Number.NaN
  }

  /** @returns null for an empty cell; NaN, with a problem, for one that is no time */
  instant(field: Field, notBeforeMs: number): number | null {
    const time = this.#time(field)
    return time === null ? null : time === undefined ? Number.NaN : instantOfTime(this.#zone, time, notBeforeMs)
  }

  /** The same of an instant until which there is time: a date alone is its last millisecond. */
  deadline(field: Field): number | null {
    const time = this.#time(field)
    if (time === null) return null
    if (time === undefined) return Number.NaN
    if (time.kind === 'instant' || !time.isWholeDay) return instantOfTime(this.#zone, time, Number.NEGATIVE_INFINITY)
    return instantOfTime(this.#zone, { ...time, localMs: time.localMs + DAY_MS }, Number.NEGATIVE_INFINITY) - 1
  }

  /** Seconds, or `1:23:45`, in ms. @returns null for an empty cell; NaN, with a problem, for anything else */
  lengthMs(field: Field): number | null {
    const text = this.text(field)
    if (text === '') return null
    if (/^\d{1,7}(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000)
    const clock = CLOCK.exec(text)
    if (clock !== null) return ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1_000
    this.problems.push(`${field} is ${shownShape(text)}, expected seconds or H:mm:ss`)
    return Number.NaN
  }

  /** The meaning of a word: by the map, or the word itself where it is a symbol. `fixed` where there is no column. */
  symbol<Symbol extends string>(
    field: Field,
    words: Readonly<Record<string, Symbol | null>> | undefined,
    symbols: readonly Symbol[],
    fixed: Symbol | undefined,
  ): Symbol | null {
    if (!this.has(field)) return fixed ?? null
    const word = this.text(field)
    if (words !== undefined && Object.hasOwn(words, word)) return words[word]!
    if (symbols.includes(word as Symbol)) return word as Symbol
    if (word === '' && fixed !== undefined) return fixed
    this.problems.push(`${field} is ${shownWord(word)}, which the map does not name`)
    return null
  }

  /** 1 to 5, or null for not rated. */
  score(field: Field, words: Readonly<Record<string, number | null>> | undefined): number | null {
    const word = this.text(field)
    if (words !== undefined && Object.hasOwn(words, word)) return words[word]!
    if (word === '') return null
    if (/^[1-5]$/.test(word)) return Number(word)
    if (Object.hasOwn(USUAL_SCORES, word)) return USUAL_SCORES[word]!
    this.problems.push(`${field} is ${shownWord(word)}, which the map does not name, expected 1 to 5`)
    return null
  }

  #cell(at: number): string {
    const cell = (this.#cells[at] ?? '').trim()
    return cell.startsWith('="') && cell.endsWith('"') ? cell.slice(2, -1) : cell
  }

  /** @returns null for an empty cell; undefined, with a problem, for one that no format reads */
  #time(field: Field): ReadTime | null | undefined {
    const text = this.text(field, ' ')
    if (text === '') return null
    for (const format of this.#formats) {
      const time = format(text, this.#zone)
      if (time !== null) return time
    }
    this.problems.push(`${field} is ${shownShape(text)}, expected a time as ${this.#formatsText}`)
    return undefined
  }
}

/** The five answers as the schema of calls and tickets words them. */
const USUAL_SCORES: Readonly<Record<string, number>> = { 非常满意: 5, 满意: 4, 基本满意: 3, 不满意: 2, 非常不满意: 1 }

function requireColumns(file: string, names: readonly string[], wanted: readonly string[]): void {
  const missing = [...new Set(wanted.filter((name) => !names.includes(name)))]
  const twice = [...new Set(wanted.filter((name) => names.indexOf(name) !== names.lastIndexOf(name)))]
  if (missing.length === 0 && twice.length === 0) return
  const faults = [
    ...(missing.length === 0 ? [] : [`has no column ${missing.join(', ')}`]),
    ...(twice.length === 0 ? [] : [`has the column ${twice.join(', ')} more than once`]),
  ]
  throw new SteadylineError(
    'STEADYLINE_IMPORT_UNREADABLE',
    2,
    `${file} ${faults.join(' and ')}. Its first row reads ${names.map(shownWord).join(', ')}: ` +
      'mend the names in the map, its encoding or its delimiter, or give `header:` for a file without names.',
  )
}
