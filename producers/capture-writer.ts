/**
 * Writes a capture file: an Avro object container file, in blocks.
 *
 * The mark between blocks comes from the seed and not from chance, so that equal records make equal files.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { deflateRawSync } from 'node:zlib'
import avro from 'avsc'
import { type RecordName, schemaOf } from '../schemas/wire-format.ts'
import { type Codec, MAGIC, SYNC_BYTES } from './capture/container-format.ts'

/** A block is closed once it holds this much: large enough to compress well, small enough to hold in memory. */
const BLOCK_BYTES = 256 * 1024
/** Quick rather than small: a year takes seconds instead of minutes' worth of a processor for a tenth of the size. */
const DEFLATE_LEVEL = 3

const LONG = avro.Type.forSchema('long')
const META = avro.Type.forSchema({ type: 'map', values: 'bytes' })

export interface CaptureWriterOptions {
  path: string
  recordName: RecordName
  codec: Codec
  seed: number
}

export class CaptureWriter {
  readonly #file: FileHandle
  readonly #codec: Codec
  readonly #syncMark: Buffer
  #bodies: Uint8Array[] = []
  #bodiesBytes = 0

  private constructor(file: FileHandle, codec: Codec, syncMark: Buffer) {
    this.#file = file
    this.#codec = codec
    this.#syncMark = syncMark
  }

  static async create({ path, recordName, codec, seed }: CaptureWriterOptions): Promise<CaptureWriter> {
    const syncMark = createHash('sha256').update(`${recordName} ${seed}`).digest().subarray(0, SYNC_BYTES)
    const meta = { 'avro.codec': Buffer.from(codec), 'avro.schema': Buffer.from(JSON.stringify(schemaOf(recordName))) }
    const file = await open(path, 'w')
    await file.write(Buffer.concat([MAGIC, META.toBuffer(meta), syncMark]))
    return new CaptureWriter(file, codec, syncMark)
  }

  /** Whether a block is ready to be written. Ask after each `append`, then `writeBlock`. */
  get isBlockFull(): boolean {
    return this.#bodiesBytes >= BLOCK_BYTES
  }

  /** @param body  one record's Avro bytes, without a wire header; kept until its block is written */
  append(body: Uint8Array): void {
    this.#bodies.push(body)
    this.#bodiesBytes += body.length
  }

  async writeBlock(): Promise<void> {
    if (this.#bodies.length === 0) return
    const plain = Buffer.concat(this.#bodies, this.#bodiesBytes)
    const packed = this.#codec === 'deflate' ? deflateRawSync(plain, { level: DEFLATE_LEVEL }) : plain
    const head = Buffer.concat([LONG.toBuffer(this.#bodies.length), LONG.toBuffer(packed.length)])
    this.#bodies = []
    this.#bodiesBytes = 0
    await this.#file.write(Buffer.concat([head, packed, this.#syncMark]))
  }

  /** Writes what is left. The file is whole only after this. */
  async close(): Promise<void> {
    try {
      await this.writeBlock()
    } finally {
      await this.#file.close()
    }
  }
}
