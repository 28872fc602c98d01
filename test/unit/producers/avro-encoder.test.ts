import avro from 'avsc'
import { expect, test } from 'vitest'
import { AvroEncoder, wireValueOf } from '../../../producers/avro-encoder.ts'
import { schemaOf, WIRE_HEADER_BYTES } from '../../../schemas/wire-format.ts'
import { callsOf, recordsOf, ticketsOf } from './simulated-records.ts'

const snakeCase = (name: string) =>
  name.replace(/AtMs$/, 'At').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const asWritten = (record: object) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [snakeCase(name), value]))

const records = recordsOf({ scale: 0.02 })

test.each([
  ['call.v1', 1, callsOf(records), (encoder: AvroEncoder, record: never) => encoder.encodeCall(record)],
  ['ticket.v1', 2, ticketsOf(records), (encoder: AvroEncoder, record: never) => encoder.encodeTicket(record)],
] as const)(
  'a %s is byte 0, schema id %i, and what the schema decodes to the record',
  (name, schemaId, all, encode) => {
    const type = avro.Type.forSchema(schemaOf(name) as avro.Schema)
    const encoder = new AvroEncoder()
    // All are encoded before the first is read: later records must not write over earlier ones.
    const values = all.map((record) => encode(encoder, record as never))
    values.forEach((value, index) => {
      expect([...value.subarray(0, WIRE_HEADER_BYTES)]).toEqual([0, 0, 0, 0, schemaId])
      expect({ ...type.fromBuffer(value.subarray(WIRE_HEADER_BYTES)) }).toEqual(asWritten(all[index]!))
    })
  },
)

test('a body that is already encoded gets the same head', () => {
  const value = new AvroEncoder().encodeCall(callsOf(records)[0]!)
  expect(wireValueOf(1, value.subarray(WIRE_HEADER_BYTES)).equals(value)).toBe(true)
})
