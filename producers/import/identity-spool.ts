/**
 * Puts records aside on disk, equal ids together, so that the states of one call can be looked at together however far
 * apart they stand in a file, and memory holds a small part of them at a time.
 */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PARTS_COUNT = 64
const WAITING_CHARACTERS_MAX = 4 * 1024 * 1024

export class IdentitySpool<Entry> {
  readonly #folder: string
  readonly #parts: string[][] = Array.from({ length: PARTS_COUNT }, () => [])
  #waitingCharacters = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async create<Entry>(): Promise<IdentitySpool<Entry>> {
    return new IdentitySpool<Entry>(await mkdtemp(join(tmpdir(), 'steadyline-import-')))
  }

  /** Ask after each `add`, then `write`. */
  get isFull(): boolean {
    return this.#waitingCharacters > WAITING_CHARACTERS_MAX
  }

  /** @param entry  must survive JSON */
  add(id: string, entry: Entry): void {
    const line = `${JSON.stringify(entry)}\n`
    this.#parts[partOf(id)]!.push(line)
    this.#waitingCharacters += line.length
  }

  async write(): Promise<void> {
    for (const [part, lines] of this.#parts.entries()) {
      if (lines.length > 0) await appendFile(this.#fileOf(part), lines.join(''))
      lines.length = 0
    }
    this.#waitingCharacters = 0
  }

  /** Everything that was added, in parts; the entries of an id are in the same part, in their order. */
  async *parts(): AsyncGenerator<Entry[]> {
    await this.write()
    for (let part = 0; part < PARTS_COUNT; part++) {
      const text = await readFile(this.#fileOf(part), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      const lines = text === '' ? [] : text.trimEnd().split('\n')
      yield lines.map((line) => JSON.parse(line) as Entry)
    }
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  #fileOf(part: number): string {
    return join(this.#folder, `${part}.jsonl`)
  }
}

function partOf(id: string): number {
  let hash = 0
  for (let at = 0; at < id.length; at++) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) | 0
  return (hash >>> 0) % PARTS_COUNT
}
