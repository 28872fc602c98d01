/** Record batches as a broker answers them: whole, cut off, packed, given up, with nulls and headers. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { AbortedTransaction } from '../../../processors/kafka-log/fetch-request.ts'
import { KafkaLogBatch } from '../../../processors/kafka-log/kafka-log-batch.ts'
import { readRecordSet } from '../../../processors/kafka-log/record-set.ts'
import { RecordBatch } from '../../../producers/kafka-wire/record-batch.ts'

const HEAD_BYTES = 61
const ATTRIBUTES_AT = 21
const TRANSACTIONAL = 0x10
const CONTROL = 0x20

interface Written {
  baseOffset: number
  values?: (string | null)[]
  attributes?: number
  producerId?: number
  atMs?: number
}

function batch({ baseOffset, values = ['a'], attributes = 0, producerId = -1, atMs = 1_700_000_000_000 }: Written) {
  const writer = new RecordBatch(1_024)
  for (const value of values) writer.append(Buffer.from('key'), value === null ? null : Buffer.from(value))
  const bytes = Buffer.from(writer.seal(atMs))
  bytes.writeBigInt64BE(BigInt(baseOffset), 0)
  bytes.writeInt16BE(attributes, ATTRIBUTES_AT)
  bytes.writeBigInt64BE(BigInt(producerId), 43)
  return bytes
}

function packed(bytes: Buffer, codec: number): Buffer {
  const whole = Buffer.concat([bytes.subarray(0, HEAD_BYTES), gzipSync(bytes.subarray(HEAD_BYTES))])
  whole.writeInt32BE(whole.length - 12, 8)
  whole.writeInt16BE(codec, ATTRIBUTES_AT)
  return whole
}

const fetchedOf = (recordSet: Buffer, aborted: AbortedTransaction[] = []) => ({
  topic: 'calls',
  partition: 3,
  errorCode: 0,
  endOffset: 99,
  aborted,
  recordSet,
})

function readBack(recordSet: Buffer, aborted: AbortedTransaction[] = []) {
  const records = readRecordSet(fetchedOf(recordSet, aborted))
  const log = new KafkaLogBatch({ topic: 'calls', partition: 3 }, records, 0, {
    fromOffset: 0,
    nextOffset: records.nextOffset ?? 0,
    endOffset: 99,
  })
  const read = Array.from({ length: log.messageCount }, (_, at) => `${log.offsetAt(at)} ${log.valueAt(at)}`)
  return { read, nextOffset: records.nextOffset, log }
}

describe('record batches', () => {
  test('are read one after the other, with their offsets', () => {
    const set = Buffer.concat([
      batch({ baseOffset: 7, values: ['a', 'b'] }),
      batch({ baseOffset: 12, values: ['', 'ü'] }),
    ])
    expect(readBack(set)).toMatchObject({ read: ['7 a', '8 b', '12 ', '13 ü'], nextOffset: 14 })
  })

  test('that are cut off are left for the next answer', () => {
    const [whole, second] = [batch({ baseOffset: 7 }), batch({ baseOffset: 8, values: ['bbb'] })]
    for (const byteCount of [1, HEAD_BYTES - 1, HEAD_BYTES, second.length - 1]) {
      const set = Buffer.concat([whole, second.subarray(0, byteCount)])
      expect(readBack(set)).toMatchObject({ read: ['7 a'], nextOffset: 8 })
    }
    expect(readBack(Buffer.alloc(0))).toMatchObject({ read: [], nextOffset: null })
  })

  test('that are packed with gzip are unpacked, also beside others that are not', () => {
    const set = Buffer.concat([
      batch({ baseOffset: 1 }),
      packed(batch({ baseOffset: 2, values: ['b', null, 'd'] }), 1),
      batch({ baseOffset: 5, values: ['e'] }),
    ])
    expect(readBack(set)).toMatchObject({ read: ['1 a', '2 b', '3 null', '4 d', '5 e'], nextOffset: 6 })
  })

  test.each([
    [2, 'snappy'],
    [3, 'lz4'],
    [4, 'zstd'],
  ])('that are packed with codec %i stop the reading, and the topic is named', (codec, name) => {
    expect(() => readRecordSet(fetchedOf(packed(batch({ baseOffset: 0 }), codec)))).toThrow(
      `calls/3: a batch packed with ${name}, expected`,
    )
  })

  test('of a format from before Kafka 0.11 stop the reading', () => {
    const old = batch({ baseOffset: 0 })
    old[16] = 1
    expect(() => readRecordSet(fetchedOf(old))).toThrow('a message of format 1')
  })

  test('whose records go beyond them are no records', () => {
    const broken = batch({ baseOffset: 0, values: ['abc'] })
    broken[HEAD_BYTES] = 0x7e // a record of 63 bytes
    expect(() => readRecordSet(fetchedOf(broken))).toThrow(RangeError)
  })

  test('tell the time of their first record: written or, where the topic says so, appended', () => {
    expect(readBack(batch({ baseOffset: 0, atMs: 5_000 })).log.appendedAtMs).toBe(5_000)
    const appended = batch({ baseOffset: 0, atMs: 5_000, attributes: 0x08 })
    appended.writeBigInt64BE(6_000n, 35)
    expect(readBack(appended).log.appendedAtMs).toBe(6_000)
  })
})

describe('transactions', () => {
  const ofTransaction = (baseOffset: number, producerId: number, value: string) =>
    batch({ baseOffset, producerId, values: [value], attributes: TRANSACTIONAL })
  const marker = (baseOffset: number, producerId: number) =>
    batch({ baseOffset, producerId, values: ['marker'], attributes: TRANSACTIONAL | CONTROL })

  test('that were given up are left out up to their marker, and no others', () => {
    const set = Buffer.concat([
      ofTransaction(0, 1, 'kept'),
      ofTransaction(1, 2, 'given up'),
      batch({ baseOffset: 2, values: ['beside'] }),
      marker(3, 2),
      ofTransaction(4, 2, 'the next of the same producer'),
      marker(5, 1),
      marker(6, 2),
    ])
    expect(readBack(set, [{ producerId: 2, firstOffset: 1 }])).toMatchObject({
      read: ['0 kept', '2 beside', '4 the next of the same producer'],
      nextOffset: 7,
    })
  })

  test('control records alone count as offsets', () => {
    expect(readBack(marker(8, 1))).toMatchObject({ read: [], nextOffset: 9 })
  })
})

describe('a record', () => {
  test('has a key, a value of no bytes or none at all, and the last of its watermark headers', () => {
    const writer = new RecordBatch(1_024)
    writer.append(null, null, { key: 'steadyline-watermark', value: '1700000000000' })
    writer.append(Buffer.from('id'), Buffer.alloc(0), { key: 'other', value: 'x' })
    const { log } = readBack(Buffer.from(writer.seal(0)))
    expect([log.keyAt(0), log.valueAt(0), log.watermarkTextAt(0)]).toEqual([null, null, '1700000000000'])
    expect([log.keyAt(1), log.valueAt(1), log.watermarkTextAt(1)]).toEqual([Buffer.from('id'), Buffer.alloc(0), null])
    expect([log.valueStartAt(0), log.valueEndAt(1) - log.valueStartAt(1)]).toEqual([-1, 0])
  })
})
