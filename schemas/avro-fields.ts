/**
 * How the fields of a written record are laid out for the reader, worked out once per schema id.
 *
 * Hotline records are flat: strings, ints, longs, enums, and unions of these and null. Whatever else a schema holds is
 * refused here, when it is first met, and not in the middle of a stream. Differences between writer and reader are
 * settled as Avro says: by name, with promotion from int to long, with defaults for what was not written.
 */
import { SteadylineError } from './errors.ts'
import type { AvroRecordSchema } from './wire-format.ts'

export const STRING = 0
export const INT = 1
export const LONG = 2
export const ENUM = 3

/** A plain value, and how the reader takes it. */
export interface WrittenValue {
  kind: typeof STRING | typeof INT | typeof LONG | typeof ENUM
  /** For an enum: the reader's index of each of the writer's symbols, -1 for one it does not know. */
  symbols: Int32Array
}

/** What a branch of a union may be; `refused` is a value that the reader has no place for. */
export type WrittenBranch = WrittenValue | 'null' | 'refused'

/** One field in the order in which its writer wrote it. */
export interface WrittenField extends WrittenValue {
  /** Where the reader keeps it; -1 for a field that the reader does not know. */
  slot: number
  /** Index of the union branch that is null; -1 where the field is no union of a value and null. */
  nullBranch: number
  /** For any other union: its branches; null where the field is none. */
  branches: readonly WrittenBranch[] | null
}

/** What the reader puts into a field that was not written; undefined where it must be written. */
export type FieldDefault = null | number | '' | undefined

interface FieldType {
  kind: WrittenValue['kind']
  symbols: readonly string[]
  /** For an enum: what an unknown symbol is taken for, if the reader says so. */
  symbolDefault: string | undefined
}

const KINDS: Record<string, WrittenValue['kind']> = { string: STRING, int: INT, long: LONG }
const NO_SYMBOLS = new Int32Array()

function valueType(type: unknown, place: string): FieldType {
  const name = typeof type === 'string' ? type : (type as { type?: string } | null)?.type
  if (name === 'enum') {
    const { symbols, default: symbolDefault } = type as { symbols: string[]; default?: string }
    return { kind: ENUM, symbols, symbolDefault }
  }
  const kind = name === undefined ? undefined : KINDS[name]
  if (kind === undefined) {
    throw new SteadylineError(
      'STEADYLINE_SCHEMA_NOT_SUPPORTED',
      2,
      `${place} has the Avro type ${JSON.stringify(type)}, expected string, int, long, enum, or a union of them and null. Write the record with such a schema.`,
    )
  }
  return { kind, symbols: [], symbolDefault: undefined }
}

/** The value types of a field and whether it may be null. */
function branchesOf(type: unknown): { values: unknown[]; isNullable: boolean } {
  const branches: unknown[] = Array.isArray(type) ? type : [type]
  return { values: branches.filter((branch) => branch !== 'null'), isNullable: branches.includes('null') }
}

/** null where the reader cannot take such a value. */
function taken(written: FieldType, read: FieldType): WrittenValue | null {
  const fits = read.kind === written.kind || (read.kind === LONG && written.kind === INT)
  if (!fits) return null
  const unknown = read.symbolDefault === undefined ? -1 : read.symbols.indexOf(read.symbolDefault)
  const symbols = Int32Array.from(written.symbols, (symbol) => {
    const index = read.symbols.indexOf(symbol)
    return index < 0 ? unknown : index
  })
  return { kind: written.kind, symbols }
}

/**
 * Lays a writer's fields out for a reader.
 *
 * @throws SteadylineError where nothing that the writer writes into a field can be taken by the reader's field
 */
export function layOut(writer: AvroRecordSchema, reader: AvroRecordSchema): WrittenField[] {
  return writer.fields.map(({ name, type }) => {
    const place = `${writer.name}.${name}`
    const { values } = branchesOf(type)
    const writtenTypes = values.map((value) => valueType(value, place))
    const slot = reader.fields.findIndex((known) => known.name === name)
    const known = slot < 0 ? null : branchesOf(reader.fields[slot]!.type)
    const readTypes = known?.values.map((value) => valueType(value, `${reader.name}.${name}`)) ?? []
    const takenValues = writtenTypes.map((written): WrittenValue | null =>
      known === null
        ? { kind: written.kind, symbols: NO_SYMBOLS }
        : (readTypes.map((read) => taken(written, read)).find((value) => value !== null) ?? null),
    )
    if (takenValues.every((value) => value === null)) {
      throw new SteadylineError(
        'STEADYLINE_SCHEMA_NOT_COMPATIBLE',
        2,
        `${place} was written as ${JSON.stringify(type)}, expected ${JSON.stringify(reader.fields[slot]!.type)} or a type that promotes to it.`,
      )
    }
    return fieldOf(slot, type, takenValues, known === null || known.isNullable)
  })
}

function fieldOf(
  slot: number,
  type: unknown,
  takenValues: readonly (WrittenValue | null)[],
  mayBeNull: boolean,
): WrittenField {
  const [first] = takenValues
  if (!Array.isArray(type)) return { slot, nullBranch: -1, branches: null, ...first! }
  const nullBranch = type.indexOf('null')
  if (type.length === 2 && nullBranch >= 0 && mayBeNull) return { slot, nullBranch, branches: null, ...first! }
  const left = [...takenValues]
  const branches = type.map((branch): WrittenBranch => {
    if (branch === 'null') return mayBeNull ? 'null' : 'refused'
    return left.shift() ?? 'refused'
  })
  return { slot, nullBranch: -1, branches, kind: STRING, symbols: NO_SYMBOLS }
}

/** By the reader's slot: what stands for a field that was not written. */
export function fieldDefaults(reader: AvroRecordSchema): FieldDefault[] {
  return reader.fields.map(({ name, type, default: given }) => {
    if (given === undefined || given === null || given === '' || typeof given === 'number') return given as FieldDefault
    const [value] = branchesOf(type).values
    const symbol = (value as { symbols?: string[] } | undefined)?.symbols?.indexOf(given as string) ?? -1
    if (symbol >= 0) return symbol
    throw new SteadylineError(
      'STEADYLINE_SCHEMA_NOT_SUPPORTED',
      2,
      `${reader.name}.${name} has the default ${JSON.stringify(given)}, expected null, a number, a symbol of its enum or an empty string.`,
    )
  })
}

/**
 * The slots that a writer leaves out.
 *
 * @throws SteadylineError where one of them has no default
 */
export function slotsLeftOut(writer: AvroRecordSchema, reader: AvroRecordSchema): number[] {
  const defaults = fieldDefaults(reader)
  return reader.fields.flatMap(({ name }, slot) => {
    if (writer.fields.some((written) => written.name === name)) return []
    if (defaults[slot] !== undefined) return [slot]
    throw new SteadylineError(
      'STEADYLINE_SCHEMA_NOT_COMPATIBLE',
      2,
      `${writer.name} has no field ${name}, which has no default: expected it in every record.`,
    )
  })
}
