/** New ids and pseudonyms of what never happened. Ids begin with `sim-`, by which every answer says so. */
import { createHash } from 'node:crypto'
import { hash64, hashText } from './hash-64.ts'
import type { Transformation } from './transformation.ts'

/** What is no id and no pseudonym stays what it is: none. */
export class NewNames {
  readonly #mark: string
  readonly #seed: number

  /** Of other transformations other ids come, so that two replays into one scenario never meet in one call. */
  constructor({ shift, scale, seed, lines, regions, growth }: Transformation) {
    const sorted = (words: Iterable<unknown> | null) => (words === null ? null : [...words].sort())
    const recipe = JSON.stringify([shift, scale, seed, sorted(lines), sorted(regions), sorted(growth)])
    const digest = createHash('sha256').update(recipe).digest()
    this.#mark = digest.readUInt32BE(0).toString(36)
    this.#seed = digest.readUInt32BE(4)
  }

  /** @param copyNumber  0 for the one that takes the place of the original */
  idOf(id: string, copyNumber: number): string {
    const copy = copyNumber === 0 ? '' : `-${copyNumber}`
    return `sim-${this.#mark}-${hashText(hash64(id, this.#seed))}${copy}`
  }

  /** Equal for equal callers: each copy is a person of its own, who calls again. */
  callerOf(caller: string, copyNumber: number): string {
    return caller === '' ? '' : `p${hashText(hash64(caller, this.#seed + 1 + copyNumber))}`
  }
}
