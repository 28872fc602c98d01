import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The process's folder under a name that is the same everywhere: the engine takes `{1},` in a path for a pattern. */
const HERE = process.platform === 'linux' ? '/proc/self/cwd' : ''

/**
 * Rows on their way in. The engine reads rows of any format from a file, and only there binary ones stay as they are
 * (its own interface takes text). The files live for one insert, mostly in the page cache.
 */
export class Incoming {
  readonly #folder: string
  #count = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @param folder relative to the process's */
  static async open(folder: string): Promise<Incoming> {
    await rm(folder, { recursive: true, force: true }) // what a killed process left
    await mkdir(folder, { recursive: true })
    return new Incoming(folder)
  }

  /** Keeps the bytes in a file for as long as `use` takes. */
  async hold<Result>(bytes: AsyncIterable<Uint8Array>, use: (path: string) => Promise<Result>): Promise<Result> {
    this.#count += 1
    const path = join(this.#folder, String(this.#count))
    try {
      await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(path))
      return await use(join(HERE, path))
    } finally {
      await rm(path, { force: true })
    }
  }
}
