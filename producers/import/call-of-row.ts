/** A row of an export as a call. */
import { CALL_OUTCOMES, type Call, DIRECTIONS } from '../../kpi/call.ts'
import { callInstantsOf } from './call-instants.ts'
import type { CALL_FIELDS, CsvCalls } from './map-schema.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { Regions } from './regions.ts'
import type { RowReader } from './row-reader.ts'
import { shownWord } from './shown-cell.ts'

const USUAL_DIRECTIONS = { 呼入: 'INBOUND', 呼出: 'OUTBOUND', inbound: 'INBOUND', outbound: 'OUTBOUND' } as const

export interface CallMapping {
  source: CsvCalls
  regions: Regions
  /** Null where the map asks for none. */
  pseudonyms: Pseudonyms | null
  /** Of all records that do not say another. */
  revision: number
}

/** Holds only if the row has no `problems` afterwards. */
export function callOfRow(
  row: RowReader<(typeof CALL_FIELDS)[number]>,
  { source, regions, pseudonyms, revision }: CallMapping,
): Call {
  const { values, fixed } = source
  const words = { ...USUAL_DIRECTIONS, ...values?.direction }
  const direction = row.symbol('direction', words, DIRECTIONS, fixed?.direction ?? 'INBOUND') ?? 'INBOUND'
  const outcome = row.symbol('outcome', values?.outcome, CALL_OUTCOMES, fixed?.outcome) ?? 'ANSWERED'
  const instants = callInstantsOf(row, outcome, direction)
  return {
    callId: source.idFrom === undefined ? row.required('id') : pseudonyms!.ofRecord(row.idCells()),
    revision,
    ...instants,
    line: row.text('line') || (fixed?.line ?? ''),
    region: regionOf(row, regions, fixed?.region),
    direction,
    caller: pseudonyms === null ? '' : pseudonyms.ofCaller(row.text('caller')),
    agent: row.text('agent') || null,
    outcome,
    rating: row.score('rating', values?.rating),
    emittedAtMs: row.instant('emittedAt', instants.endedAtMs) ?? instants.endedAtMs,
  }
}

/** A code; a row that names a region nobody knows is listed, for it would be missing from its region's figures. */
export function regionOf(
  row: { text(field: 'region'): string; problems: string[] },
  regions: Regions,
  fixed: string | undefined,
): string {
  const word = row.text('region') || (fixed ?? '')
  const code = regions.codeOf(word)
  if (code === null) row.problems.push(`region is ${shownWord(word)}, which neither the map nor the profile names`)
  return code ?? ''
}
