/**
 * Finds where each record of a block ends, without judging what it says: an invalid record is published as it is, and
 * the processor rejects it under its code.
 */
import { layOut, STRING, type WrittenField } from '../../schemas/avro-fields.ts'
import { type RecordName, schemaOf } from '../../schemas/wire-format.ts'
import { type Cursor, CutOffError, readVarint, skipVarint } from './varint.ts'

/** One record of a capture. */
export interface Datum {
  /** Its Avro bytes as the file holds them. */
  body: Uint8Array
  /** The id's bytes, which key the record on Kafka. */
  key: Uint8Array
  /** Paces a replay; roughly right where the field is out of range. */
  emittedAtMs: number
}

export class DatumSkipper {
  readonly #fields: readonly WrittenField[]
  readonly #keySlot: number
  readonly #emittedSlot: number

  constructor(recordName: RecordName) {
    const schema = schemaOf(recordName)
    this.#fields = layOut(schema, schema)
    this.#keySlot = 0
    this.#emittedSlot = schema.fields.findIndex((field) => field.name === 'emitted_at')
  }

  /**
   * Takes the record at the cursor and moves past it.
   *
   * @throws CutOffError where nothing says how long the record is: it ends early, or names a branch that is none
   */
  take(cursor: Cursor): Datum {
    const startAt = cursor.at
    let key = cursor.bytes
    let emittedAtMs = 0
    for (const field of this.#fields) {
      if (field.nullBranch >= 0 && this.#isNull(cursor, field)) continue
      if (field.kind === STRING) {
        const text = takeText(cursor)
        if (field.slot === this.#keySlot) key = text
      } else if (field.slot === this.#emittedSlot) emittedAtMs = readVarint(cursor)
      else skipVarint(cursor)
    }
    return { body: cursor.bytes.subarray(startAt, cursor.at), key, emittedAtMs }
  }

  #isNull(cursor: Cursor, field: WrittenField): boolean {
    const branch = readVarint(cursor)
    if (branch !== 0 && branch !== 1)
      throw new CutOffError(`a field of two kinds names kind ${branch}, expected 0 or 1`)
    return branch === field.nullBranch
  }
}

function takeText(cursor: Cursor): Uint8Array {
  const length = readVarint(cursor)
  const from = cursor.at
  if (length < 0 || from + length > cursor.bytes.length) {
    throw new CutOffError(`a text says it is ${length} bytes long, and ${cursor.bytes.length - from} are left`)
  }
  cursor.at = from + length
  return cursor.bytes.subarray(from, cursor.at)
}
