/** Reads a capture file record by record, each with its bytes as the file holds them. */
import { type RecordName, schemaOf } from '../schemas/wire-format.ts'
import { type Block, ContainerFile, isSameSchema } from './capture/blocks.ts'
import { CaptureUnreadableError } from './capture/container-format.ts'
import { type Datum, DatumSkipper } from './capture/datum-skipper.ts'
import { type Cursor, CutOffError } from './capture/varint.ts'

const EMPTY: Cursor = { bytes: new Uint8Array(), at: 0 }

/**
 * The record to take next is always at hand, so that two files can be merged without a promise per record:
 *
 *     for (; reader.datum !== null; reader.advance() || (await reader.fill())) use(reader.datum)
 */
export class CaptureReader {
  readonly #file: ContainerFile
  readonly #skipper: DatumSkipper
  #cursor: Cursor = EMPTY
  #leftInBlock = 0
  #datumNumber = 0
  #datum: Datum | null = null

  private constructor(file: ContainerFile, recordName: RecordName) {
    this.#file = file
    this.#skipper = new DatumSkipper(recordName)
  }

  /** Opens a file and has its first record ready. */
  static async open(path: string, recordName: RecordName): Promise<CaptureReader> {
    const file = await ContainerFile.open(path)
    const reader = new CaptureReader(file, recordName)
    try {
      requireOurSchema(file, recordName)
      await reader.fill()
    } catch (error) {
      await file.close()
      throw error
    }
    return reader
  }

  /** The next record; null at the end of the file. */
  get datum(): Datum | null {
    return this.#datum
  }

  /** Goes on to the next record. @returns false at the end of a block: `fill` first */
  advance(): boolean {
    if (this.#leftInBlock === 0) return false
    this.#leftInBlock -= 1
    this.#datumNumber += 1
    try {
      this.#datum = this.#skipper.take(this.#cursor)
    } catch (error) {
      if (!(error instanceof CutOffError)) throw error
      const place = `record ${this.#datumNumber}: ${error.message}`
      throw new CaptureUnreadableError(this.#file.path, `${place}, so nothing after it can be found.`, { cause: error })
    }
    return true
  }

  /** Reads the next block and goes on to its first record, or to the end of the file. */
  async fill(): Promise<void> {
    this.#requireBlockUsedUp()
    let block: Block | null
    do block = await this.#file.nextBlock()
    while (block !== null && block.count === 0)
    if (block === null) {
      this.#datum = null
      return
    }
    this.#cursor = { bytes: block.bytes, at: 0 }
    this.#leftInBlock = block.count
    this.advance()
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  #requireBlockUsedUp(): void {
    const leftBytes = this.#cursor.bytes.length - this.#cursor.at
    if (leftBytes === 0) return
    const place = `after record ${this.#datumNumber} ${leftBytes} bytes of its block are left over`
    throw new CaptureUnreadableError(this.#file.path, `${place}: the block holds more than it says. Make it again.`)
  }
}

function requireOurSchema(file: ContainerFile, recordName: RecordName): void {
  if (isSameSchema(file.schemaText, JSON.stringify(schemaOf(recordName)))) return
  throw new CaptureUnreadableError(
    file.path,
    `its records were not written with the schema schemas/${recordName}.avsc, expected that one. Write them with it.`,
  )
}
