/** What stands for a caller, and ids where an export has none: keyed hashes that nobody without the key can reverse. */
import { createHmac } from 'node:crypto'

/** 80 bits: among ten million callers a chance of one in ten thousand million that two share a pseudonym. */
const HEX_DIGITS = 20
const BETWEEN_CELLS = '\u001F'

export class Pseudonyms {
  readonly #salt: string

  constructor(salt: string) {
    this.#salt = salt
  }

  /**
   * Equal for equal numbers, however they are written: spaces, hyphens, brackets and the country code 86 do not matter.
   *
   * @returns empty for a withheld number: a cell without a single digit
   */
  ofCaller(cell: string): string {
    const number = cell.replaceAll(/[\s\-()（）]/g, '').replace(/^(?:\+|00)86/, '')
    return /\d/.test(number) ? `p-${this.#hash('caller', number)}` : ''
  }

  /** The same cells, the same id. */
  ofRecord(cells: readonly string[]): string {
    return `made-${this.#hash('id', cells.join(BETWEEN_CELLS))}`
  }

  #hash(purpose: string, text: string): string {
    return createHmac('sha256', this.#salt)
      .update(`${purpose}${BETWEEN_CELLS}${text}`)
      .digest('hex')
      .slice(0, HEX_DIGITS)
  }
}
