import { Type } from 'avsc'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOut } from '../../../schemas/avro-fields.ts'
import { AvroRecordDecoder, UndecodableError } from '../../../schemas/avro-record-decoder.ts'
import { CALL_SCHEMA } from '../../../schemas/call-fact.ts'
import type { AvroRecordSchema } from '../../../schemas/wire-format.ts'
import { someCall } from './records.ts'

const callType = Type.forSchema(CALL_SCHEMA as never)
const layout = layOut(CALL_SCHEMA, CALL_SCHEMA)
const slotOf = (name: string) => CALL_SCHEMA.fields.findIndex((field) => field.name === name)

function decoded(bytes: Uint8Array): AvroRecordDecoder {
  const decoder = new AvroRecordDecoder(CALL_SCHEMA.fields.length)
  decoder.decode(bytes, 0, layout)
  return decoder
}

function textAt(decoder: AvroRecordDecoder, name: string): string | null {
  const slot = slotOf(name)
  if (decoder.starts[slot]! < 0) return null
  return Buffer.from(decoder.bytes.subarray(decoder.starts[slot], decoder.ends[slot])).toString('utf8')
}

/** A record of one field, to look at one type alone. */
function ofOneField(type: unknown, bytes: number[]): AvroRecordDecoder {
  const schema: AvroRecordSchema = { type: 'record', name: 'One', fields: [{ name: 'value', type }] }
  const decoder = new AvroRecordDecoder(1)
  decoder.decode(Uint8Array.from(bytes), 0, layOut(schema, schema))
  return decoder
}

describe('what a general library writes, we read', () => {
  test('every field of any call comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
        fc.option(fc.integer({ min: -(2 ** 52), max: 2 ** 52 })),
        fc.option(fc.string({ unit: 'grapheme' })),
        (callId, line, revision, arrivedAt, queuedAt, agent) => {
          const call = {
            ...someCall(),
            call_id: callId,
            line,
            revision,
            arrived_at: arrivedAt,
            queued_at: queuedAt,
            agent,
          }
          const decoder = decoded(callType.toBuffer(call))
          expect(textAt(decoder, 'call_id')).toBe(callId)
          expect(decoder.codePoints[slotOf('call_id')]).toBe([...callId].length)
          expect(textAt(decoder, 'line')).toBe(line)
          expect(textAt(decoder, 'agent')).toBe(agent)
          expect(decoder.numbers[slotOf('revision')]).toBe(revision)
          expect(decoder.numbers[slotOf('arrived_at')]).toBe(arrivedAt)
          expect(decoder.numbers[slotOf('queued_at')]).toBe(queuedAt ?? Number.NaN)
        },
      ),
    )
  })

  test('random bytes are a record or UndecodableError, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decoded(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(UndecodableError)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('numbers at their edges', () => {
  test('a long of 2^63 − 1 and one of −2^63 decode, exactly', () => {
    const max = ofOneField('long', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])
    expect(max.exactLongs.get(0)).toBe(2n ** 63n - 1n)
    const min = ofOneField('long', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])
    expect(min.exactLongs.get(0)).toBe(-(2n ** 63n))
  })

  test.each([
    ['a varint of eleven bytes', 'long', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]],
    ['a varint of more than 64 bits', 'long', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]],
    ['an int of 2^31', 'int', [0x80, 0x80, 0x80, 0x80, 0x10]],
    ['an int of 2^40', 'int', [0x80, 0x80, 0x80, 0x80, 0x80, 0x40]],
    ['a number that ends in the middle', 'long', [0x80]],
    ['bytes after the last field', 'int', [0x02, 0x02]],
    ['a union branch that is not there', ['null', 'int'], [0x04, 0x02]],
    ['an enum symbol that is not there', { type: 'enum', name: 'E', symbols: ['A', 'B'] }, [0x04]],
    ['a negative enum symbol', { type: 'enum', name: 'E', symbols: ['A', 'B'] }, [0x01]],
    ['a string of negative length', 'string', [0x01]],
    ['a string longer than the message', 'string', [0x06, 0x61]],
    ['a string that is cut within a character', 'string', [0x04, 0xe7, 0x83]],
    ['a string with an overlong encoding', 'string', [0x04, 0xc0, 0x80]],
    ['a string with half a surrogate pair', 'string', [0x06, 0xed, 0xa0, 0x80]],
  ])('%s is undecodable', (_what, type, bytes) => {
    expect(() => ofOneField(type, bytes as number[])).toThrow(UndecodableError)
  })

  test('an int of −2^31 and one of 2^31 − 1 are ints', () => {
    expect(ofOneField('int', [0xff, 0xff, 0xff, 0xff, 0x0f]).numbers[0]).toBe(-(2 ** 31))
    expect(ofOneField('int', [0xfe, 0xff, 0xff, 0xff, 0x0f]).numbers[0]).toBe(2 ** 31 - 1)
  })
})

describe('a writer with another schema', () => {
  const reader: AvroRecordSchema = {
    type: 'record',
    name: 'R',
    fields: [
      { name: 'a', type: 'long' },
      { name: 'b', type: ['null', 'string'], default: null },
    ],
  }

  test('a field that the reader does not know is passed over; one that the writer lacks is null', () => {
    const writer: AvroRecordSchema = {
      type: 'record',
      name: 'R',
      fields: [
        { name: 'x', type: 'string' },
        { name: 'a', type: 'int' },
      ],
    }
    const decoder = new AvroRecordDecoder(2)
    decoder.decode(Uint8Array.from([0x04, 0x68, 0x69, 0x0a]), 0, layOut(writer, reader))
    expect(decoder.numbers[0]).toBe(5)
    expect(decoder.starts[1]).toBe(-1)
  })

  test('a type that cannot be read is refused before the first message', () => {
    const writer: AvroRecordSchema = { type: 'record', name: 'R', fields: [{ name: 'a', type: 'string' }] }
    expect(() => layOut(writer, reader)).toThrow(/R\.a was written as "string", expected "long"/)
  })
})
