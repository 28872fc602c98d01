/** An Avro object container file, block by block, whoever wrote it. Holds one block in memory. */
import { type FileHandle, open } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import avro from 'avsc'
import { CaptureUnreadableError, type Codec, MAGIC, SYNC_BYTES } from './container-format.ts'
import { type Cursor, CutOffError, readVarint } from './varint.ts'

const READ_BYTES = 1 << 20
/** A block larger than this is taken for damage: writers use some tens of kilobytes. */
const BLOCK_BYTES_MAX = 1 << 30

export interface Block {
  /** Records in the block. */
  count: number
  /** Unpacked. */
  bytes: Buffer
}

/** A container file whose head has been read. */
export class ContainerFile {
  readonly path: string
  /** Schema that the records were written with, as JSON text. */
  schemaText = ''
  readonly #file: FileHandle
  #codec: Codec = 'null'
  #syncMark: Buffer = Buffer.alloc(0)
  /** Read and not yet used. */
  #cursor: Cursor = { bytes: Buffer.alloc(0), at: 0 }
  #isAtEnd = false

  private constructor(path: string, file: FileHandle) {
    this.path = path
    this.#file = file
  }

  static async open(path: string): Promise<ContainerFile> {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      const problem = error.code === 'ENOENT' ? 'there is no such file' : error.message
      throw new CaptureUnreadableError(
        path,
        `${problem}. Give the folder of a capture, with calls.avro and tickets.avro.`,
      )
    })
    const container = new ContainerFile(path, file)
    try {
      await container.#readHead()
    } catch (error) {
      await file.close()
      throw error
    }
    return container
  }

  /** The next block, or null at the end of the file. */
  async nextBlock(): Promise<Block | null> {
    if ((await this.#have(1)) < 1) return null
    await this.#have(20)
    const count = this.#number()
    const bytesCount = this.#number()
    if (count < 0 || bytesCount < 0 || bytesCount > BLOCK_BYTES_MAX) {
      this.#refuse(
        `a block claims ${count} records in ${bytesCount} bytes: the file is damaged. Make the capture again.`,
      )
    }
    if ((await this.#have(bytesCount + SYNC_BYTES)) < bytesCount + SYNC_BYTES) this.#refuseCutOff()
    const packed = this.#take(bytesCount)
    if (!this.#take(SYNC_BYTES).equals(this.#syncMark)) {
      this.#refuse('the mark after a block is not that of the file: it is damaged. Make the capture again.')
    }
    return { count, bytes: this.#codec === 'deflate' ? this.#inflated(packed) : packed }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #readHead(): Promise<void> {
    await this.#have(READ_BYTES)
    const magic = this.#take(Math.min(MAGIC.length, this.#left))
    if (!magic.equals(MAGIC)) this.#refuse('this is no Avro object container file (it does not begin with Obj and 1).')
    const meta = this.#meta()
    const codec = meta.get('avro.codec') ?? 'null'
    if (codec !== 'null' && codec !== 'deflate') {
      this.#refuse(`packed with codec ${codec}, expected null or deflate. Write the file again with one of them.`)
    }
    this.#codec = codec
    this.schemaText = meta.get('avro.schema') ?? ''
    if (this.#left < SYNC_BYTES) this.#refuseCutOff()
    this.#syncMark = Buffer.from(this.#take(SYNC_BYTES))
  }

  /** Avro's map: runs of pairs; a negative count is followed by the run's length in bytes. */
  #meta(): Map<string, string> {
    const meta = new Map<string, string>()
    for (let count = this.#number(); count !== 0; count = this.#number()) {
      if (count < 0) this.#number()
      for (let pair = 0; pair < Math.abs(count); pair += 1) {
        const key = this.#text()
        meta.set(key, this.#text())
      }
    }
    return meta
  }

  get #left(): number {
    return this.#cursor.bytes.length - this.#cursor.at
  }

  #number(): number {
    try {
      return readVarint(this.#cursor)
    } catch (error) {
      if (error instanceof CutOffError) this.#refuseCutOff()
      throw error
    }
  }

  #text(): string {
    const bytesCount = this.#number()
    if (bytesCount < 0 || bytesCount > this.#left) this.#refuseCutOff()
    return this.#take(bytesCount).toString('utf8')
  }

  #take(bytesCount: number): Buffer {
    const { bytes, at } = this.#cursor
    this.#cursor.at += bytesCount
    return (bytes as Buffer).subarray(at, at + bytesCount)
  }

  /** Reads on until this many bytes are there or the file ends. @returns how many are there */
  async #have(bytesCount: number): Promise<number> {
    if (this.#left >= bytesCount || this.#isAtEnd) return this.#left
    const parts: Buffer[] = [(this.#cursor.bytes as Buffer).subarray(this.#cursor.at)]
    let left = this.#left
    while (left < bytesCount && !this.#isAtEnd) {
      const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafeSlow(READ_BYTES), 0, READ_BYTES)
      this.#isAtEnd = bytesRead === 0
      parts.push(buffer.subarray(0, bytesRead))
      left += bytesRead
    }
    this.#cursor = { bytes: Buffer.concat(parts), at: 0 }
    return left
  }

  #inflated(packed: Buffer): Buffer {
    try {
      return inflateRawSync(packed)
    } catch (error) {
      throw new CaptureUnreadableError(this.path, 'a block cannot be unpacked: the file is damaged.', { cause: error })
    }
  }

  #refuse(problem: string): never {
    throw new CaptureUnreadableError(this.path, problem)
  }

  #refuseCutOff(): never {
    this.#refuse('the file ends in the middle of a block: it was cut off. Make the capture again.')
  }
}

/** Whether two schemas say the same, whatever their docs and order of attributes: Avro's canonical form. */
export function isSameSchema(oneText: string, otherText: string): boolean {
  return canonical(oneText) === canonical(otherText)
}

function canonical(schemaText: string): string {
  try {
    return avro.Type.forSchema(JSON.parse(schemaText)).toString()
  } catch {
    return ''
  }
}
