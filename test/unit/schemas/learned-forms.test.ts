import { expect, test } from 'vitest'
import { LearnedForms } from '../../../schemas/registry/learned-forms.ts'
import { RegistryAwayError, type SchemaRegistry } from '../../../schemas/registry/schema-registry.ts'
import { type AvroRecordSchema, type RecordForm, schemaOf } from '../../../schemas/wire-format.ts'
import { wire } from './messages.ts'

const CALL = schemaOf('call.v1')
const TICKET = schemaOf('ticket.v1')

/** A registry that answers from a map, and counts how often it is asked. */
class MapRegistry implements SchemaRegistry {
  readonly address = 'map'
  readonly schemas = new Map<number, AvroRecordSchema>()
  readonly asked: number[] = []
  isAway = false

  async schemaOf(id: number): Promise<AvroRecordSchema | null> {
    this.asked.push(id)
    if (this.isAway) throw new RegistryAwayError(this.address, 'away')
    return this.schemas.get(id) ?? null
  }

  async formsOf(): Promise<RecordForm[]> {
    return [...this.schemas].map(([id, schema]) => ({ id, schema }))
  }

  idOf = async () => null
  incompatibilities = async () => []
  register = async () => 0
}

function learning() {
  const registry = new MapRegistry()
  const clock = { nowMs: 0 }
  const known: number[] = []
  const forms = new LearnedForms({
    registry,
    record: 'call.v1',
    onForm: ({ id }) => void known.push(id),
    nowMs: () => clock.nowMs,
  })
  return { registry, clock, known, forms }
}

function batchOf(...ids: number[]) {
  const values = ids.map((id) => wire(id, Buffer.alloc(3)))
  return { messageCount: values.length, valueAt: (index: number) => values[index]! }
}

test('what is registered at the start is never asked for', async () => {
  const { registry, forms, known } = learning()
  registry.schemas.set(7001, CALL)
  await forms.begin()
  expect(known).toEqual([7001])
  expect(forms.unknownIn(batchOf(7001, 7001))).toEqual([])
  expect(registry.asked).toEqual([])
})

test('a new id is asked for once, whatever number of records bear it', async () => {
  const { registry, forms, known } = learning()
  registry.schemas.set(7002, CALL)
  expect(forms.unknownIn(batchOf(7002, 7002, 7002))).toEqual([7002])
  await forms.learn([7002])
  expect(forms.unknownIn(batchOf(7002))).toEqual([])
  expect([known, registry.asked]).toEqual([[7002], [7002]])
})

test('while the registry is away an unknown id stays unknown', async () => {
  const { registry, forms } = learning()
  registry.isAway = true
  await expect(forms.learn([7003])).rejects.toBeInstanceOf(RegistryAwayError)
  expect(forms.unknownIn(batchOf(7003))).toEqual([7003])
})

//  asked      said "none" twice          for a minute           asked anew
//  [ . . . . . . . . . . . . . . . . . . believed . . . . . . . [
test('an id that is not there is believed to be none for a minute, and found once it is registered', async () => {
  const { registry, clock, forms, known } = learning()
  await forms.learn([7004])
  expect(registry.asked).toEqual([7004, 7004])
  clock.nowMs = 59_999
  expect(forms.unknownIn(batchOf(7004))).toEqual([])
  clock.nowMs = 60_000
  expect(forms.unknownIn(batchOf(7004))).toEqual([7004])
  registry.schemas.set(7004, CALL)
  await forms.learn([7004])
  expect(known).toEqual([7004])
})

test('a schema of another record, and one that cannot be read as ours, are none of this topic', async () => {
  const { registry, forms, known } = learning()
  registry.schemas.set(7005, TICKET)
  const fields = CALL.fields.map((field) => (field.name === 'call_id' ? { ...field, type: 'bytes' } : field))
  registry.schemas.set(7006, { ...CALL, fields })
  await forms.learn([7005, 7006])
  expect(known).toEqual([])
  expect(forms.unknownIn(batchOf(7005, 7006))).toEqual([])
})

test('what is not in the wire format bears no id', () => {
  const { forms } = learning()
  const values = [null, Buffer.from('hello'), Buffer.alloc(4)]
  expect(forms.unknownIn({ messageCount: 3, valueAt: (index) => values[index]! })).toEqual([])
})
