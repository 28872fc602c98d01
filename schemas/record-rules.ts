/**
 * The rules that a decoded record must keep to be counted. Each looks at the decoder's slots and either passes or says
 * what is wrong; a record is rejected by the first rule of its list.
 */
import type { AvroRecordDecoder } from './avro-record-decoder.ts'
import type { Rejection } from './rejection.ts'

const ID_CODE_POINTS_MAX = 64
const TEXT_BYTES_MAX = 256
const EARLIEST_AT_MS = Date.UTC(1990, 0, 1)
/** No instant that counts lies at or after this one, epoch ms. */
export const LATEST_AT_MS = Date.UTC(2100, 0, 1)
/** Clocks of sources differ; an instant this much after the record was written is still believed, ms. */
const AHEAD_OF_EMISSION_MS_MAX = 86_400_000

/** A field by its slot, and by its name for the reason. */
export interface Field {
  slot: number
  name: string
}

export function badId(record: AvroRecordDecoder, id: Field): Rejection | null {
  const codePoints = record.codePoints[id.slot]!
  if (codePoints >= 1 && codePoints <= ID_CODE_POINTS_MAX) return null
  return { code: 'BAD_ID', reason: `${id.name} has ${codePoints} characters, expected 1 to ${ID_CODE_POINTS_MAX}` }
}

export function badRevision(record: AvroRecordDecoder, revision: Field): Rejection | null {
  const value = record.numbers[revision.slot]!
  return value >= 1 ? null : { code: 'BAD_REVISION', reason: `${revision.name} is ${value}, expected 1 or more` }
}

/** Of the instants that are set, none may lie before the one set before it. */
export function fallingInstants(record: AvroRecordDecoder, instants: readonly Field[]): Rejection | null {
  let earlier: Field | null = null
  for (const instant of instants) {
    if (Number.isNaN(record.numbers[instant.slot]!)) continue
    if (earlier !== null && exactly(record, instant.slot) < exactly(record, earlier.slot)) {
      const byMs = record.numbers[earlier.slot]! - record.numbers[instant.slot]!
      return {
        code: 'ORDER_OF_INSTANTS',
        reason: `${instant.name} is ${byMs} ms before ${earlier.name}, expected at or after it`,
      }
    }
    earlier = instant
  }
  return null
}

/** Every instant that is set lies from 1990 on and before 2100, and all but those due later not long after emission. */
export function instantOutOfRange(
  record: AvroRecordDecoder,
  instants: readonly Field[],
  emitted: Field,
  dueLater: Field | null,
): Rejection | null {
  const latestAtMs = record.numbers[emitted.slot]! + AHEAD_OF_EMISSION_MS_MAX
  for (const instant of instants) {
    const atMs = record.numbers[instant.slot]!
    if (Number.isNaN(atMs)) continue
    if (atMs < EARLIEST_AT_MS || atMs >= LATEST_AT_MS) {
      return {
        code: 'INSTANT_OUT_OF_RANGE',
        reason: `${instant.name} is ${atMs} ms, expected from 1990 (${EARLIEST_AT_MS}) to before 2100 (${LATEST_AT_MS})`,
      }
    }
    if (atMs > latestAtMs && instant !== dueLater) {
      return {
        code: 'INSTANT_OUT_OF_RANGE',
        reason: `${instant.name} is ${atMs - record.numbers[emitted.slot]!} ms after ${emitted.name}, expected at most ${AHEAD_OF_EMISSION_MS_MAX}`,
      }
    }
  }
  return null
}

export function badRating(record: AvroRecordDecoder, rating: Field): Rejection | null {
  const value = record.numbers[rating.slot]!
  if (Number.isNaN(value) || (value >= 1 && value <= 5)) return null
  return { code: 'BAD_RATING', reason: `${rating.name} is ${value}, expected 1 to 5` }
}

export function tooLong(record: AvroRecordDecoder, texts: readonly Field[]): Rejection | null {
  for (const text of texts) {
    const byteCount = record.ends[text.slot]! - record.starts[text.slot]!
    if (byteCount > TEXT_BYTES_MAX) {
      return {
        code: 'FIELD_TOO_LONG',
        reason: `${text.name} has ${byteCount} bytes, expected at most ${TEXT_BYTES_MAX}`,
      }
    }
  }
  return null
}

/** A record of a time whose cells are sealed and whose facts are deleted: it could change nothing any more. */
export function beforeRetention(sealedBeforeMs: number): Rejection {
  const instant = new Date(sealedBeforeMs).toISOString()
  return {
    code: 'BEFORE_RETENTION',
    reason: `its quarter-hour lies before ${instant}, expected at or after it: what is older is sealed`,
  }
}

/** Beyond 2^53 numbers are rough, and two instants that differ may look equal. */
function exactly(record: AvroRecordDecoder, slot: number): number | bigint {
  return record.exactLongs.get(slot) ?? record.numbers[slot]!
}
