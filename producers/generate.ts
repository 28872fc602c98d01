/** Generates a capture: `calls.avro`, `tickets.avro` and `truth.json`. Equal options, equal bytes. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WIRE_HEADER_BYTES } from '../schemas/wire-format.ts'
import { AvroEncoder } from './avro-encoder.ts'
import { CAPTURE_FILES, type Codec } from './capture/container-format.ts'
import { CaptureWriter } from './capture-writer.ts'
import { type SimulateOptions, simulate } from './hotline/simulate.ts'
import { type OnProgress, REPORT_EVERY_COUNT } from './progress.ts'
import { Truth, type TruthFile } from './truth.ts'

export interface GenerateOptions extends SimulateOptions {
  /** Made if it is not there; files of the same names in it are replaced. */
  folder: string
  codec?: Codec
  onProgress?: OnProgress
}

/** @returns what `truth.json` says */
export async function generate(options: GenerateOptions): Promise<TruthFile> {
  const { folder, codec = 'deflate', seed, onProgress } = options
  await mkdir(folder, { recursive: true })
  const truth = new Truth(options)
  const encoder = new AvroEncoder()
  const { calls, tickets } = CAPTURE_FILES
  const callWriter = await CaptureWriter.create({ ...calls, path: join(folder, calls.file), codec, seed })
  const ticketWriter = await CaptureWriter.create({ ...tickets, path: join(folder, tickets.file), codec, seed })
  let publishedCount = 0
  try {
    for (const simulated of simulate(options)) {
      truth.add(simulated)
      const isCall = simulated.topic === 'calls'
      const writer = isCall ? callWriter : ticketWriter
      const value = isCall ? encoder.encodeCall(simulated.record) : encoder.encodeTicket(simulated.record)
      writer.append(value.subarray(WIRE_HEADER_BYTES))
      if (writer.isBlockFull) await writer.writeBlock()
      publishedCount += 1
      if (publishedCount % REPORT_EVERY_COUNT === 0) {
        onProgress?.({ publishedCount, expectedCount: null, atMs: simulated.record.emittedAtMs })
      }
    }
  } finally {
    await callWriter.close()
    await ticketWriter.close()
  }
  const file = truth.file()
  await writeFile(join(folder, 'truth.json'), truthText(file))
  return file
}

/** `truth.json` as text, the same wherever it is written. */
export function truthText(file: TruthFile): string {
  return `${JSON.stringify(file, null, 2)}\n`
}
