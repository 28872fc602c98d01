/**
 * The Confluent wire format: byte 0, the schema's id in four bytes (big-endian), the Avro body.
 *
 * Ids come from ids.json, which only ever grows.
 */
import { readFileSync } from 'node:fs'
import ids from './ids.json' with { type: 'json' }

export const WIRE_HEADER_BYTES = 5

/** The records that hotlines send. */
export type RecordName = 'call.v1' | 'ticket.v1'

/** Those that processors read, and those that they write. */
export type SchemaName = RecordName | 'verdict.v1'

/** The Avro schema of a record, as its file holds it. */
export function schemaOf(name: SchemaName): AvroRecordSchema {
  return JSON.parse(readFileSync(new URL(`${name}.avsc`, import.meta.url), 'utf8')) as AvroRecordSchema
}

/** Id of a record's schema on the wire. */
export function schemaIdOf(name: SchemaName): number {
  return ids[name]
}

/** One of the schemas that a record was written with. */
export interface RecordForm {
  id: number
  schema: AvroRecordSchema
}

/**
 * The schemas of a record, by their ids: `call.v1`, and later forms that are named `call.v1+2`, `call.v1+3` in ids.json
 * and have a file each. A form that has been written once is never altered.
 */
export function formsOf(record: RecordName): RecordForm[] {
  return Object.entries(ids)
    .filter(([name]) => name === record || name.startsWith(`${record}+`))
    .map(([name, id]) => ({ id, schema: schemaOf(name as SchemaName) }))
}

/** An Avro record schema as far as hotline records use the language. */
export interface AvroRecordSchema {
  type: 'record'
  name: string
  namespace?: string
  fields: { name: string; type: unknown; default?: unknown }[]
}
