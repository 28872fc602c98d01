/**
 * Whether records that are written with a schema can be counted, said before the first one is.
 *
 * A later form of a record may add fields, leave fields with a default out, widen a union or an enum. What its records hold
 * beyond what is known here is passed over or, value by value, rejected: no form changes a fact that is already there.
 */
import { fieldDefaults, layOut, slotsLeftOut } from './avro-fields.ts'
import { CALL_SCHEMA } from './call-fact.ts'
import { TICKET_SCHEMA } from './ticket-fact.ts'
import type { AvroRecordSchema, RecordName } from './wire-format.ts'

const READERS: Record<RecordName, AvroRecordSchema> = { 'call.v1': CALL_SCHEMA, 'ticket.v1': TICKET_SCHEMA }

export interface CheckedSchema {
  /** null for a schema that is of none of our records. */
  record: RecordName | null
  /** What makes its records impossible to count. */
  problems: string[]
  /** What becomes of values that are not known here. */
  notes: string[]
}

export function checkSchema(schema: AvroRecordSchema): CheckedSchema {
  const found = Object.entries(READERS).find(
    ([, { name, namespace }]) => name === schema.name && namespace === schema.namespace,
  )
  if (found === undefined) {
    const names = Object.values(READERS).map(({ name, namespace }) => `${namespace}.${name}`)
    const problem = `It is the schema of ${schema.namespace}.${schema.name}, expected ${names.join(' or ')}.`
    return { record: null, problems: [problem], notes: [] }
  }
  const [record, reader] = found
  return { record: record as RecordName, problems: problemsOf(schema, reader), notes: notesOf(schema, reader) }
}

/**
 * Whether a schema may take the place of the one that records are read with: then every hash of a record's content stays
 * what it was, which is how a fact that comes again is known.
 */
export function readerProblems(next: AvroRecordSchema, before: AvroRecordSchema): string[] {
  const problems = before.fields.flatMap(({ name }, slot) =>
    next.fields[slot]?.name === name
      ? []
      : [
          `${next.name}.${name} must stay field number ${slot + 1}: fields are added at the end, and none is taken out.`,
        ],
  )
  for (const { name, default: given } of next.fields.slice(before.fields.length))
    if (given === undefined) problems.push(`${next.name}.${name} is added without a default: older records lack it.`)
  return [...problems, ...problemsOf(before, next)]
}

function problemsOf(writer: AvroRecordSchema, reader: AvroRecordSchema): string[] {
  const checks = [
    ...writer.fields.map((field) => () => layOut({ ...writer, fields: [field] }, reader)),
    () => slotsLeftOut(writer, reader),
    () => fieldDefaults(reader),
  ]
  return checks.flatMap((check) => {
    try {
      check()
      return []
    } catch (error) {
      return [(error as Error).message]
    }
  })
}

function notesOf(writer: AvroRecordSchema, reader: AvroRecordSchema): string[] {
  const notes: string[] = []
  for (const field of writer.fields) {
    const known = reader.fields.find(({ name }) => name === field.name)
    if (known === undefined) {
      notes.push(`${field.name} is passed over: it is not counted, and changes no fact.`)
      continue
    }
    try {
      const [laidOut] = layOut({ ...writer, fields: [field] }, reader)
      if (laidOut!.branches?.includes('refused'))
        notes.push(`${field.name}: a value of a branch that is not known here makes its record UNDECODABLE.`)
      const values = [laidOut!, ...(laidOut!.branches ?? [])].filter((value) => typeof value === 'object')
      if (values.some(({ symbols }) => symbols.includes(-1)))
        notes.push(`${field.name}: a symbol that is not known here makes its record UNDECODABLE.`)
    } catch {
      // it is a problem, and told as one
    }
  }
  for (const { name } of reader.fields)
    if (!writer.fields.some((field) => field.name === name))
      notes.push(`${name} is not written: its default stands for it.`)
  return notes
}
