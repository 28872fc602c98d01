import { describe, expect, test } from 'vitest'
import { crc32c } from '../../../producers/kafka-wire/crc32c.ts'
import { murmur2, partitionOfKey } from '../../../producers/kafka-wire/partition-of-key.ts'
import { errorCodeOf, produceRequestBody } from '../../../producers/kafka-wire/produce-request.ts'
import { RecordBatch } from '../../../producers/kafka-wire/record-batch.ts'

const bytes = (text: string) => Buffer.from(text)

describe('the checksum', () => {
  // RFC 3720, appendix B.4, and the check value of the CRC catalogue
  test.each([
    ['the digits 1 to 9', bytes('123456789'), 0xe3069283],
    ['32 bytes of 0', Buffer.alloc(32), 0x8a9136aa],
    ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
  ])('of %s', (_what, input, expected) => expect(crc32c(input, 0, input.length)).toBe(expected))

  test('looks at its range alone', () => {
    expect(crc32c(bytes('xx123456789y'), 2, 11)).toBe(0xe3069283)
  })
})

describe('the partition of a key', () => {
  // The values of Kafka's own test of its partitioner
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('murmur2 of %s is Kafka’s', (key, expected) => expect(murmur2(bytes(key))).toBe(expected))

  test('is never negative, also of an empty key', () => {
    for (const key of ['', 'foobar', '21', '热线']) {
      expect(partitionOfKey(bytes(key), 8)).toBeGreaterThanOrEqual(0)
      expect(partitionOfKey(bytes(key), 8)).toBeLessThan(8)
    }
  })
})

describe('a batch', () => {
  test('grows beyond its first size and counts its bytes', () => {
    const batch = new RecordBatch(64)
    const value = Buffer.alloc(500, 7)
    for (let count = 0; count < 100; count += 1) batch.append(bytes(`k${count}`), value)
    expect(batch.recordsCount).toBe(100)
    expect(batch.recordsBytes).toBeGreaterThan(50_000)
    const sealed = batch.seal(0)
    expect(sealed.readInt32BE(8)).toBe(sealed.length - 12)
    expect(sealed.readInt32BE(57)).toBe(100)
    expect(sealed.readUInt32BE(17)).toBe(crc32c(sealed, 21, sealed.length))
  })

  test('writes a heartbeat as a record without key and value, with its header', () => {
    const batch = new RecordBatch(64)
    batch.append(null, null, { key: 'steadyline-watermark', value: '1700000000000' })
    const record = batch.seal(0).subarray(61)
    // length, attributes, time delta, offset delta, key -1, value -1, one header
    expect([...record.subarray(0, 7)]).toEqual([2 * (record.length - 1), 0, 0, 0, 1, 1, 2])
    expect(record.toString('latin1')).toContain('steadyline-watermark')
  })
})

test('a produce request names topic and partition; the answer’s error code is found behind the name', () => {
  const body = produceRequestBody('hotline.calls.v1', 5, bytes('batch'), 1_000)
  expect(body.toString('latin1')).toContain('hotline.calls.v1')
  expect(body.subarray(-9).readInt32BE(0)).toBe(5)
  const answer = Buffer.concat([
    Buffer.from([0, 0, 0, 1, 0, 3]),
    bytes('abc'),
    Buffer.from([0, 0, 0, 1, 0, 0, 0, 5, 0, 6]),
  ])
  expect(errorCodeOf(answer)).toBe(6)
})
