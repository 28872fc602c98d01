/** What could not be mapped: all of it into a file where one is asked for, the first of it and the reasons for people. */
import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { csvText } from '../../schemas/csv-text.ts'
import type { Place } from './place.ts'

const SHOWN_MAX = 100
const REASONS_MAX = 50

export interface UnmappedList {
  count: number
  /** The first ones. */
  shown: readonly { place: Place; reason: string }[]
  /** How often each reason came, the first kinds of them. */
  countByReason: ReadonlyMap<string, number>
}

export class Unmapped implements UnmappedList {
  count = 0
  readonly shown: { place: Place; reason: string }[] = []
  readonly countByReason = new Map<string, number>()
  readonly #path: string | null
  #file: WriteStream | null = null

  /** @param path  where all are written, as file, line and reason; made only if there are any */
  constructor(path: string | null) {
    this.#path = path
  }

  async add(place: Place, reason: string): Promise<void> {
    this.count += 1
    if (this.shown.length < SHOWN_MAX) this.shown.push({ place, reason })
    const known = this.countByReason.get(reason)
    if (known !== undefined || this.countByReason.size < REASONS_MAX) this.countByReason.set(reason, (known ?? 0) + 1)
    if (this.#path !== null) await this.#write([place.file, place.line, reason])
  }

  async close(): Promise<void> {
    if (this.#file === null) {
      if (this.#path !== null) await rm(this.#path, { force: true }) // the list of an earlier try speaks no more
      return
    }
    this.#file.end()
    await finished(this.#file)
  }

  async #write(row: [string, number, string]): Promise<void> {
    if (this.#file === null) {
      this.#file = createWriteStream(this.#path!)
      this.#file.write(csvText([['file', 'line', 'reason']]))
    }
    if (this.#file.write(csvText([row]))) return
    const file = this.#file
    await new Promise<void>((resolve, reject) => {
      file.once('drain', resolve).once('error', reject)
    })
  }
}
