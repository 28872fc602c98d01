/** A rejected message as a person looks at it: where it stood, why it does not count, its bytes, its fields if it has any. */
import avro from 'avsc'
import type { RejectedMessage } from '../../processors/span.ts'
import {
  type AvroRecordSchema,
  type RecordName,
  schemaIdOf,
  schemaOf,
  WIRE_HEADER_BYTES,
} from '../../schemas/wire-format.ts'

/** More bytes than these are not printed as text; JSON has them all. */
const HEX_BYTES_MAX = 4_096
const HEX_LINE_BYTES = 32
const RECORDS: readonly RecordName[] = ['call.v1', 'ticket.v1']

export interface ShownMessage {
  topic: string
  partition: number
  offset: number
  code: string
  reason: string
  /** null for a message without one. */
  keyText: string | null
  valueHex: string | null
  /** The fields by the schema whose id the message bears; null where they cannot be read. */
  fields: Record<string, unknown> | null
}

/** @param schema  that of the id which the message bears, from a registry; otherwise from ids.json */
export function shownMessage(
  { topic, partition, offset, code, reason, key, value }: RejectedMessage,
  schema: AvroRecordSchema | null = value === null ? null : knownSchemaOf(value),
): ShownMessage {
  return {
    topic,
    partition,
    offset,
    code,
    reason,
    keyText: key === null ? null : key.toString('utf8'),
    valueHex: value === null ? null : value.toString('hex'),
    fields: value === null || schema === null ? null : fieldsOf(value, schema),
  }
}

export function messageText(shown: ShownMessage): string {
  const { topic, partition, offset, code, reason, keyText, valueHex, fields } = shown
  const lines = [`${topic}/${partition}@${offset}`, `${code}: ${reason}`, `key: ${keyText ?? 'none'}`]
  if (valueHex === null) lines.push('value: none')
  else {
    const byteCount = valueHex.length / 2
    lines.push(`value: ${byteCount.toLocaleString('en')} bytes`)
    for (let at = 0; at < Math.min(byteCount, HEX_BYTES_MAX); at += HEX_LINE_BYTES)
      lines.push(`  ${valueHex.slice(2 * at, 2 * (at + HEX_LINE_BYTES))}`)
    if (byteCount > HEX_BYTES_MAX) lines.push(`  … the rest: --format json`)
  }
  if (fields === null) lines.push('fields: they cannot be read')
  else for (const [name, field] of Object.entries(fields)) lines.push(`  ${name}: ${JSON.stringify(field)}`)
  return lines.join('\n')
}

/** The id that a message bears; null where it is not in the wire format. */
export function wireIdOf(value: Buffer): number | null {
  return value.length < WIRE_HEADER_BYTES || value[0] !== 0 ? null : value.readUInt32BE(1)
}

function knownSchemaOf(value: Buffer): AvroRecordSchema | null {
  const id = wireIdOf(value)
  const record = RECORDS.find((name) => schemaIdOf(name) === id)
  return record === undefined ? null : schemaOf(record)
}

/** By another reader than the one that refused it: a record that breaks a rule only has fields all the same. */
function fieldsOf(value: Buffer, schema: AvroRecordSchema): Record<string, unknown> | null {
  try {
    const decoded: object = avro.Type.forSchema(schema as never).fromBuffer(value.subarray(WIRE_HEADER_BYTES))
    return { ...decoded }
  } catch {
    return null
  }
}
