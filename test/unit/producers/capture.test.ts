import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import avro from 'avsc'
import { describe, expect, test } from 'vitest'
import { CAPTURE_FILES, type Codec } from '../../../producers/capture/container-format.ts'
import { CaptureReader } from '../../../producers/capture-reader.ts'
import { CaptureWriter } from '../../../producers/capture-writer.ts'
import { type RecordName, schemaOf } from '../../../schemas/wire-format.ts'
import { testFolder } from './folder.ts'

const SMALL = new URL('../../fixtures/captures/small/', import.meta.url).pathname

interface Taken {
  body: Buffer
  key: string
  emittedAtMs: number
}

async function readAll(path: string, recordName: RecordName): Promise<Taken[]> {
  const reader = await CaptureReader.open(path, recordName)
  const taken: Taken[] = []
  try {
    for (let { datum } = reader; datum !== null; { datum } = reader) {
      const { body, key, emittedAtMs } = datum
      taken.push({ body: Buffer.from(body), key: Buffer.from(key).toString(), emittedAtMs })
      if (!reader.advance()) await reader.fill()
    }
  } finally {
    await reader.close()
  }
  return taken
}

async function write(path: string, recordName: RecordName, codec: Codec, bodies: readonly Uint8Array[]): Promise<void> {
  const writer = await CaptureWriter.create({ path, recordName, codec, seed: 1 })
  for (const body of bodies) {
    writer.append(body)
    if (writer.isBlockFull) await writer.writeBlock()
  }
  await writer.close()
}

/** The same file by avsc's own reader: an oracle for keys and order. Only where it can read it. */
async function decodedByAvsc(path: string): Promise<Record<string, unknown>[]> {
  const records: Record<string, unknown>[] = []
  for await (const record of avro.createFileDecoder(path)) records.push(record as Record<string, unknown>)
  return records
}

describe.each([
  ['calls', 2020],
  ['tickets', 2918],
] as const)('the %s of a capture made by another program', (kind, count) => {
  const { file, recordName } = CAPTURE_FILES[kind]

  test('are all there', async () => expect(await readAll(join(SMALL, file), recordName)).toHaveLength(count))

  test.each(['null', 'deflate'] as const)('survive being written and read again with codec %s', async (codec) => {
    const taken = await readAll(join(SMALL, file), recordName)
    const path = join(await testFolder(), file)
    await write(
      path,
      recordName,
      codec,
      taken.map(({ body }) => body),
    )
    expect(await readAll(path, recordName)).toEqual(taken)
  })
})

describe('a file written here', () => {
  const type = avro.Type.forSchema(schemaOf('call.v1') as avro.Schema)
  const call = (number: number) => ({
    call_id: `来电-${number}`,
    revision: 1,
    arrived_at: 1_680_000_000_000 + number,
    line: '12345',
    region: '',
    direction: 'INBOUND',
    caller: '',
    queued_at: null,
    answered_at: null,
    ended_at: 1_680_000_000_000 + number,
    agent: null,
    outcome: 'IVR_COMPLETED',
    rating: null,
    emitted_at: 1_680_000_001_000 + number,
  })
  const calls = Array.from({ length: 20_000 }, (_, number) => call(number))
  const bodies = calls.map((record) => type.toBuffer(record))

  test.each(['null', 'deflate'] as const)('with codec %s can be read by any Avro library', async (codec) => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'call.v1', codec, bodies)
    const decoded = await decodedByAvsc(path)
    expect(decoded.map((record) => ({ ...record }))).toEqual(calls)
  })

  test('gives keys and emissions', async () => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'call.v1', 'deflate', bodies)
    const taken = await readAll(path, 'call.v1')
    expect(taken.map(({ key }) => key)).toEqual(calls.map((record) => record.call_id))
    expect(taken.map(({ emittedAtMs }) => emittedAtMs)).toEqual(calls.map((record) => record.emitted_at))
  })

  test('is the same file for the same records', async () => {
    const folder = await testFolder()
    await write(join(folder, 'a.avro'), 'call.v1', 'deflate', bodies)
    await write(join(folder, 'b.avro'), 'call.v1', 'deflate', bodies)
    expect((await readFile(join(folder, 'a.avro'))).equals(await readFile(join(folder, 'b.avro')))).toBe(true)
  })

  test('may hold nothing', async () => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'call.v1', 'null', [])
    expect(await readAll(path, 'call.v1')).toEqual([])
  })

  test.each([
    ['cut off in a block', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40), /cut off/],
    ['cut off in its head', (bytes: Buffer) => bytes.subarray(0, 30), /cut off/],
    [
      'with another mark after a block',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([0])]),
      /mark/,
    ],
    ['that is no container', () => Buffer.from('call_id,revision\n'), /no Avro object container file/],
    ['that is empty', () => Buffer.alloc(0), /no Avro object container file/],
  ])('%s is refused with a reason', async (_damage, damaged, reason) => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'call.v1', 'null', bodies.slice(0, 100))
    await writeFile(path, damaged(await readFile(path)))
    await expect(readAll(path, 'call.v1')).rejects.toThrow(reason)
  })

  test('with records of another schema is refused', async () => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'ticket.v1', 'null', [])
    await expect(readAll(path, 'call.v1')).rejects.toThrow(/call\.v1\.avsc/)
  })

  test('packed with snappy is refused with what to do', async () => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'call.v1', 'deflate', bodies.slice(0, 10))
    const bytes = await readFile(path)
    // The same length, so that only the name changes: 'deflate' -> 'snappy ' would still be no codec we know.
    await writeFile(path, Buffer.from(bytes.toString('latin1').replace('\u000edeflate', '\u000esnappy_'), 'latin1'))
    await expect(readAll(path, 'call.v1')).rejects.toThrow(/codec snappy_, expected null or deflate/)
  })

  test('whose block holds more than it says is refused', async () => {
    const path = join(await testFolder(), 'calls.avro')
    await write(path, 'call.v1', 'null', [Buffer.concat([bodies[0]!, bodies[1]!])])
    await expect(readAll(path, 'call.v1')).rejects.toThrow(/left over/)
  })
})
