/** A capture being written: `calls.avro` and `tickets.avro`, which get their names once they are whole. */
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CAPTURE_FILES } from './capture/container-format.ts'
import { CaptureWriter } from './capture-writer.ts'
import type { CaptureKind } from './emission-spool.ts'

const KINDS = ['calls', 'tickets'] as const

/** Half a capture is never taken for one: until it is complete its files end in `.part`. */
export class CaptureFolder {
  readonly #folder: string
  readonly #writers: Record<CaptureKind, CaptureWriter>

  private constructor(folder: string, writers: Record<CaptureKind, CaptureWriter>) {
    this.#folder = folder
    this.#writers = writers
  }

  /** @param folder  made if it is not there; a capture in it is replaced when this one is complete */
  static async create(folder: string, seed = 0): Promise<CaptureFolder> {
    await mkdir(folder, { recursive: true })
    const open = (kind: CaptureKind) => {
      const { file, recordName } = CAPTURE_FILES[kind]
      return CaptureWriter.create({ path: join(folder, `${file}.part`), recordName, codec: 'deflate', seed })
    }
    return new CaptureFolder(folder, { calls: await open('calls'), tickets: await open('tickets') })
  }

  /** @param body  one record's Avro bytes, without a wire header; kept until its block is written */
  append(kind: CaptureKind, body: Uint8Array): Promise<void> | undefined {
    const writer = this.#writers[kind]
    writer.append(body)
    return writer.isBlockFull ? writer.writeBlock() : undefined
  }

  /** @param isComplete  else nothing is left behind */
  async close(isComplete: boolean): Promise<void> {
    for (const kind of KINDS) {
      await this.#writers[kind].close()
      const path = join(this.#folder, CAPTURE_FILES[kind].file)
      await (isComplete ? rename(`${path}.part`, path) : rm(`${path}.part`))
    }
  }
}
