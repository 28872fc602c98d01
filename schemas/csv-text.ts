/**
 * CSV for people, the same wherever it is written: RFC 4180 quoting, one line feed per row.
 *
 * Spreadsheets run a cell that begins with `= + - @`, a tab or a carriage return as a formula, and cells hold what
 * others wrote (names of regions, reasons, units). Such a cell gets an apostrophe in front, which a spreadsheet takes as
 * "this is text". A number stays a number, a negative one too, also where it comes as text such as `-2.10`.
 */
import { stringify } from 'csv-stringify/sync'

/** `null` is an empty cell: a rate that nobody can say is neither 0 nor a word. */
export type CsvCell = string | number | null

export interface CsvOptions {
  /** Begin with a byte order mark, by which Excel knows the text for UTF-8. Programs do not want it. Default: none. */
  hasByteOrderMark?: boolean
}

const BYTE_ORDER_MARK = '\uFEFF'
/** With the wide forms of the signs, which some spreadsheets take for the narrow ones. */
const RUN_AS_FORMULA = /^[=+\-@\t\r＝＋－＠]/
const NUMBER = /^-?\d+(?:\.\d+)?$/

export function csvText(rows: Iterable<readonly CsvCell[]>, { hasByteOrderMark = false }: CsvOptions = {}): string {
  const text = stringify(Array.from(rows, (row) => row.map(harmless)))
  return hasByteOrderMark ? BYTE_ORDER_MARK + text : text
}

function harmless(cell: CsvCell): string | number | null {
  if (typeof cell !== 'string' || !RUN_AS_FORMULA.test(cell) || NUMBER.test(cell)) return cell
  return `'${cell}`
}
