/** Records of other forms than ours: what changes, what does not, and what is refused before it is written. */
import { readFileSync } from 'node:fs'
import { Type } from 'avsc'
import { describe, expect, test } from 'vitest'
import { fieldDefaults, layOut, slotsLeftOut } from '../../../schemas/avro-fields.ts'
import { AvroRecordDecoder } from '../../../schemas/avro-record-decoder.ts'
import { CALL_SCHEMA } from '../../../schemas/call-fact.ts'
import { ContentHash } from '../../../schemas/content-hash.ts'
import { FactDecoder } from '../../../schemas/fact-decoder.ts'
import { checkSchema, readerProblems } from '../../../schemas/schema-check.ts'
import { type AvroRecordSchema, formsOf, schemaOf } from '../../../schemas/wire-format.ts'
import { callMessage, wire } from './messages.ts'
import { someCall } from './records.ts'

type Field = AvroRecordSchema['fields'][number]
const NEXT_ID = 4

/** The schema of calls with some of its fields changed, taken out or added at the end. */
function calls(change: Record<string, Partial<Field> | null>, added: Field[] = []): AvroRecordSchema {
  const fields = CALL_SCHEMA.fields.flatMap((field) => {
    const changed = change[field.name]
    return changed === null ? [] : [{ ...field, ...changed }]
  })
  return { ...CALL_SCHEMA, fields: [...fields, ...added] }
}

const enumOf = (name: string) => CALL_SCHEMA.fields.find((field) => field.name === name)!.type as { symbols: string[] }
const written = (schema: AvroRecordSchema, call: object) =>
  wire(NEXT_ID, Type.forSchema(schema as never, { wrapUnions: 'never' } as never).toBuffer({ ...someCall(), ...call }))

/** What a processor that knows a form by its id makes of a message. */
function taken(message: Buffer, form?: AvroRecordSchema) {
  const forms = form === undefined ? undefined : [...formsOf('call.v1'), { id: NEXT_ID, schema: form }]
  const decoder = new FactDecoder('call.v1', forms)
  const block = decoder.emptyBlock()
  const rejection = decoder.write(message, block)
  return rejection === null ? Buffer.concat(block.bytesOf()).toString('hex') : rejection
}

/** The hash of what a message says, read with a schema of our own choice. */
function contentHash(message: Buffer, writer: AvroRecordSchema, reader: AvroRecordSchema): string {
  const decoder = new AvroRecordDecoder(reader.fields.length)
  const defaults = fieldDefaults(reader)
  decoder.decode(message, 5, layOut(writer, reader))
  decoder.leftOut(slotsLeftOut(writer, reader), defaults)
  const hash = new ContentHash()
  hash.ofRecord(decoder, defaults)
  return `${hash.high.toString(16)} ${hash.low.toString(16)}`
}

const AS_BEFORE = taken(callMessage())

describe('a processor of today, records of tomorrow', () => {
  test.each<[string, AvroRecordSchema, object]>([
    [
      'a field is added with a default',
      calls({}, [{ name: 'queue', type: ['null', 'string'], default: null }]),
      { queue: 'vip' },
    ],
    ['a field is added as text', calls({}, [{ name: 'queue', type: 'string', default: 'main' }]), { queue: '热线' }],
    [
      'a field is added as a union of three',
      calls({}, [{ name: 'hint', type: ['null', 'int', 'string'], default: null }]),
      { hint: 7 },
    ],
    [
      'a field is added in the middle',
      {
        ...CALL_SCHEMA,
        fields: [
          ...CALL_SCHEMA.fields.slice(0, 3),
          { name: 'x', type: 'long', default: 0 },
          ...CALL_SCHEMA.fields.slice(3),
        ],
      },
      { x: 12 },
    ],
    ['fields are in another order', { ...CALL_SCHEMA, fields: CALL_SCHEMA.fields.toReversed() }, {}],
    ['a union is widened', calls({ rating: { type: ['null', 'int', 'string'] } }), { rating: 5 }],
    ['a union has its branches in another order', calls({ agent: { type: ['string', 'null'], default: '' } }), {}],
    ['a text may be null', calls({ line: { type: ['null', 'string'] } }), {}],
    [
      'an enum has one symbol more',
      calls({ outcome: { type: { ...enumOf('outcome'), symbols: ['CALLED_BACK', ...enumOf('outcome').symbols] } } }),
      {},
    ],
    [
      'an int is written where a long is read',
      calls({ ended_at: { type: 'int' }, emitted_at: { type: 'long' } }),
      { ended_at: 2 ** 31 - 1, arrived_at: 1e9 * 2, queued_at: null, answered_at: null },
    ],
  ])('%s: the fact is the same', (_change, form, call) => {
    expect(checkSchema(form).problems).toEqual([])
    const { queue, hint, x, ...known } = { queue: 0, hint: 0, x: 0, ...call }
    expect(taken(written(form, call), form)).toEqual(taken(callMessage(known)))
  })

  test('a field that may be left out is left out: its default stands for it', () => {
    const form = calls({ rating: null, agent: null })
    const { rating, agent, ...left } = someCall()
    expect([rating, agent]).not.toContain(null)
    const message = wire(NEXT_ID, Type.forSchema(form as never).toBuffer(left))
    expect(taken(message, form)).toEqual(taken(callMessage({ rating: null, agent: null })))
    expect(checkSchema(form)).toMatchObject({
      problems: [],
      notes: [expect.stringContaining('agent is not written'), expect.stringContaining('rating is not written')],
    })
  })

  test.each<[string, AvroRecordSchema, object, RegExp]>([
    [
      'a branch that is not known',
      calls({ rating: { type: ['null', 'int', 'string'] } }),
      { rating: 'good' },
      /union branch 2 is of a type that is not known/,
    ],
    [
      'null where a value is read',
      calls({ line: { type: ['null', 'string'] } }),
      { line: null },
      /union branch 0 is of a type/,
    ],
    [
      'a symbol that is not known',
      calls({ outcome: { type: { ...enumOf('outcome'), symbols: [...enumOf('outcome').symbols, 'CALLED_BACK'] } } }),
      { outcome: 'CALLED_BACK' },
      /enum symbol 11 does not exist/,
    ],
  ])('%s is a reject of that one record, told before it comes', (_change, form, call, reason) => {
    expect(taken(written(form, call), form)).toMatchObject({
      code: 'UNDECODABLE',
      reason: expect.stringMatching(reason),
    })
    expect(taken(written(form, {}), form)).toEqual(AS_BEFORE)
    expect(checkSchema(form)).toMatchObject({ problems: [], notes: [expect.stringContaining('UNDECODABLE')] })
  })

  test('a form whose id is not known is a reject, to be published again later', () => {
    expect(taken(written(CALL_SCHEMA, {}))).toMatchObject({ code: 'UNKNOWN_SCHEMA', reason: 'schema id 4, expected 1' })
  })
})

describe('a processor of tomorrow, records of today', () => {
  test.each<[string, Field, object]>([
    ['null', { name: 'queue', type: ['null', 'string'], default: null }, { queue: 'vip' }],
    ['a number', { name: 'transfers', type: 'int', default: 0 }, { transfers: 2 }],
    [
      'a symbol',
      { name: 'medium', type: { type: 'enum', name: 'Medium', symbols: ['PSTN', 'VOIP'] }, default: 'PSTN' },
      { medium: 'VOIP' },
    ],
    ['an empty text', { name: 'tenant', type: 'string', default: '' }, { tenant: 'a' }],
  ])('a field is added, and %s stands for it: what records said before hashes as before', (_default, field, said) => {
    const reader = calls({}, [field])
    expect(readerProblems(reader, CALL_SCHEMA)).toEqual([])
    const before = contentHash(callMessage(), CALL_SCHEMA, CALL_SCHEMA)
    expect(contentHash(callMessage(), CALL_SCHEMA, reader)).toBe(before)
    // Written out by a new source, a default says no more than its absence; anything else does.
    expect(contentHash(written(reader, { [field.name]: field.default }), reader, reader)).toBe(before)
    expect(contentHash(written(reader, said), reader, reader)).not.toBe(before)
  })

  test('an enum whose reader names a default takes what it does not know for that', () => {
    const outcome = { ...enumOf('outcome'), default: 'SYSTEM_FAILED' }
    const reader = calls({ outcome: { type: outcome } })
    const writer = calls({
      outcome: { type: { ...enumOf('outcome'), symbols: [...enumOf('outcome').symbols, 'CALLED_BACK'] } },
    })
    const decoder = new AvroRecordDecoder(reader.fields.length)
    decoder.decode(written(writer, { outcome: 'CALLED_BACK' }), 5, layOut(writer, reader))
    const slot = reader.fields.findIndex(({ name }) => name === 'outcome')
    expect(outcome.symbols[decoder.numbers[slot]!]).toBe('SYSTEM_FAILED')
  })

  test.each<[string, AvroRecordSchema, RegExp]>([
    [
      'a field in the middle',
      { ...CALL_SCHEMA, fields: [{ name: 'x', type: 'int', default: 0 }, ...CALL_SCHEMA.fields] },
      /call_id must stay field number 1/,
    ],
    ['a field taken out', calls({ region: null }), /region must stay field number 5/],
    ['a field without a default', calls({}, [{ name: 'queue', type: 'string' }]), /queue is added without a default/],
    [
      'a default that cannot stand for anything',
      calls({}, [{ name: 'queue', type: 'string', default: 'main' }]),
      /has the default "main"/,
    ],
    ['a type that old records do not have', calls({ rating: { type: ['null', 'string'] } }), /rating was written as/],
  ])('%s would change facts that are there, and is refused', (_change, reader, problem) => {
    expect(readerProblems(reader, CALL_SCHEMA).join('\n')).toMatch(problem)
  })
})

test.each<[string, AvroRecordSchema, RegExp]>([
  [
    'another record',
    { ...CALL_SCHEMA, name: 'FaxRecord' },
    /hotline\.v1\.FaxRecord, expected hotline\.v1\.CallRecord or/,
  ],
  ['a field that must be there', calls({ emitted_at: null }), /has no field emitted_at, which has no default/],
  ['another type', calls({ arrived_at: { type: 'string' } }), /arrived_at was written as "string"/],
  ['a long where an int is read', calls({ revision: { type: 'long' } }), /revision was written as "long"/],
  [
    'a type that no flat record has',
    calls({}, [{ name: 'tags', type: { type: 'array', items: 'string' }, default: [] }]),
    /tags has the Avro type/,
  ],
])('%s is refused before the first record is written', (_change, schema, problem) => {
  expect(checkSchema(schema).problems.join('\n')).toMatch(problem)
})

describe('ids.json', () => {
  const ids = JSON.parse(readFileSync('schemas/ids.json', 'utf8')) as Record<string, number>

  test('only grows: ids that were given stay what they are, and none is given twice', () => {
    expect(ids).toMatchObject({ 'call.v1': 1, 'ticket.v1': 2, 'verdict.v1': 3 })
    expect(new Set(Object.values(ids)).size).toBe(Object.keys(ids).length)
  })

  test('every form in it can be counted', () => {
    for (const name of Object.keys(ids).filter((name) => !name.startsWith('verdict.')))
      expect([name, checkSchema(schemaOf(name as 'call.v1')).problems]).toEqual([name, []])
  })
})
