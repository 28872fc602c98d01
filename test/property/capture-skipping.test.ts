/** Finding where a record ends must never depend on what it says. */
import avro from 'avsc'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DatumSkipper } from '../../producers/capture/datum-skipper.ts'
import { CutOffError, readVarint, skipVarint } from '../../producers/capture/varint.ts'
import { type RecordName, schemaOf } from '../../schemas/wire-format.ts'

/** Zigzag of any whole number, as many bytes as it takes. */
function varint(value: bigint): Buffer {
  let folded = value >= 0n ? 2n * value : -2n * value - 1n
  const bytes: number[] = []
  while (folded >= 128n) {
    bytes.push(Number(folded % 128n) + 128)
    folded /= 128n
  }
  return Buffer.from([...bytes, Number(folded)])
}

const text = (bytes: Uint8Array) => Buffer.concat([varint(BigInt(bytes.length)), bytes])
const anyText = fc.uint8Array({ maxLength: 40 }).map(text) // invalid UTF-8 too
const anyNumber = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }).map(varint) // longer than any Avro type allows
const orNull = (member: fc.Arbitrary<Buffer>) =>
  fc.oneof(
    fc.constant(Buffer.from([0])),
    member.map((bytes) => Buffer.concat([Buffer.from([2]), bytes])),
  )

/** A record of a schema in which every field holds just anything of its shape. */
function anyRecord(recordName: RecordName): fc.Arbitrary<{ body: Buffer; key: Buffer }> {
  const fields = schemaOf(recordName).fields.map(({ type }) => {
    const members = Array.isArray(type) ? type : [type]
    const bytes = members.includes('string') ? anyText : anyNumber
    return Array.isArray(type) ? orNull(bytes) : bytes
  })
  return fc.tuple(...fields).map((parts) => ({ body: Buffer.concat(parts), key: parts[0]! }))
}

describe.each(['call.v1', 'ticket.v1'] as const)('%s', (recordName) => {
  test('records laid end to end come out one by one, byte for byte', () => {
    const skipper = new DatumSkipper(recordName)
    fc.assert(
      fc.property(fc.array(anyRecord(recordName), { maxLength: 8 }), (records) => {
        const cursor = { bytes: Buffer.concat(records.map(({ body }) => body)), at: 0 }
        for (const { body, key } of records) {
          const datum = skipper.take(cursor)
          expect(Buffer.compare(datum.body, body)).toBe(0)
          expect(Buffer.compare(text(datum.key), key)).toBe(0)
        }
        expect(cursor.at).toBe(cursor.bytes.length)
      }),
    )
  })

  test('a record that ends early is refused, never read beyond its end', () => {
    const skipper = new DatumSkipper(recordName)
    fc.assert(
      fc.property(anyRecord(recordName), fc.double({ min: 0, max: 0.999, noNaN: true }), ({ body }, share) => {
        const cursor = { bytes: body.subarray(0, Math.floor(body.length * share)), at: 0 }
        expect(() => skipper.take(cursor)).toThrow(CutOffError)
      }),
    )
  })

  test('emitted_at is what an Avro library reads', () => {
    const schema = schemaOf(recordName)
    const type = avro.Type.forSchema(schema as avro.Schema)
    const skipper = new DatumSkipper(recordName)
    for (let count = 0; count < 200; count += 1) {
      const record = type.random() as unknown as { emitted_at: number }
      expect(skipper.take({ bytes: type.toBuffer(record), at: 0 }).emittedAtMs).toBe(record.emitted_at)
    }
  })
})

test('numbers within 2^53 are read exactly, all are skipped to the same place', () => {
  const whole = fc.maxSafeInteger()
  fc.assert(
    fc.property(whole, (value) => {
      const bytes = varint(BigInt(value))
      const reading = { bytes, at: 0 }
      const skipping = { bytes, at: 0 }
      expect(readVarint(reading)).toBe(value)
      skipVarint(skipping)
      expect([reading.at, skipping.at]).toEqual([bytes.length, bytes.length])
    }),
  )
})
