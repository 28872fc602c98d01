/**
 * How the fields of a written record are laid out, worked out once per schema id.
 *
 * Hotline records are flat: strings, ints, longs, enums, and each of these or null. Whatever else a schema holds is
 * refused here, when it is first met, and not in the middle of a stream.
 */
import { SteadylineError } from './errors.ts'
import type { AvroRecordSchema } from './wire-format.ts'

export const STRING = 0
export const INT = 1
export const LONG = 2
export const ENUM = 3

/** One field in the order in which its writer wrote it. */
export interface WrittenField {
  /** Where the reader keeps it; -1 for a field that the reader does not know. */
  slot: number
  kind: typeof STRING | typeof INT | typeof LONG | typeof ENUM
  /** Index of the union branch that is null; -1 where the field is no union. */
  nullBranch: number
  /** For an enum: the reader's index of each of the writer's symbols, -1 for one it does not know. */
  symbols: Int32Array
}

interface FieldType {
  kind: WrittenField['kind']
  nullBranch: number
  symbols: string[]
}

const KINDS: Record<string, WrittenField['kind']> = { string: STRING, int: INT, long: LONG }

function fieldType(type: unknown, place: string): FieldType {
  if (Array.isArray(type) && type.length === 2 && type.includes('null')) {
    const nullBranch = type.indexOf('null')
    return { ...fieldType(type[1 - nullBranch], place), nullBranch }
  }
  const name = typeof type === 'string' ? type : (type as { type?: string } | null)?.type
  if (name === 'enum') return { kind: ENUM, nullBranch: -1, symbols: (type as { symbols: string[] }).symbols }
  const kind = name === undefined ? undefined : KINDS[name]
  if (kind === undefined) {
    throw new SteadylineError(
      'STEADYLINE_SCHEMA_NOT_SUPPORTED',
      2,
      `${place} has the Avro type ${JSON.stringify(type)}, expected string, int, long, enum, or one of them and null. Write the record with such a schema.`,
    )
  }
  return { kind, nullBranch: -1, symbols: [] }
}

/**
 * Lays a writer's fields out for a reader.
 *
 * @throws SteadylineError where the writer's field has a type that the reader's field cannot take
 */
export function layOut(writer: AvroRecordSchema, reader: AvroRecordSchema): WrittenField[] {
  return writer.fields.map((field) => {
    const place = `${writer.name}.${field.name}`
    const written = fieldType(field.type, place)
    const slot = reader.fields.findIndex((known) => known.name === field.name)
    if (slot < 0) return { slot, kind: written.kind, nullBranch: written.nullBranch, symbols: new Int32Array() }
    const read = fieldType(reader.fields[slot]!.type, `${reader.name}.${field.name}`)
    const fits = read.kind === written.kind || (read.kind === LONG && written.kind === INT)
    if (!fits || (written.nullBranch >= 0 && read.nullBranch < 0)) {
      throw new SteadylineError(
        'STEADYLINE_SCHEMA_NOT_COMPATIBLE',
        2,
        `${place} was written as ${JSON.stringify(field.type)}, expected ${JSON.stringify(reader.fields[slot]!.type)} or a type that promotes to it.`,
      )
    }
    const symbols = Int32Array.from(written.symbols, (symbol) => read.symbols.indexOf(symbol))
    return { slot, kind: written.kind, nullBranch: written.nullBranch, symbols }
  })
}
