/** A verdict as topic hotline.verdicts.v1 carries it, and back. The shape is verdict.v1.avsc. */
import avro from 'avsc'
import type { Verdict } from '../kpi/statistics/verdict.ts'
import { schemaIdOf, schemaOf, WIRE_HEADER_BYTES } from './wire-format.ts'

/** The calls of a window, by what became of them. */
export interface VerdictCounts {
  offered: number
  answered: number
  abandoned: number
  no_seat: number
  flowed_out: number
  failed: number
  other: number
}

/** A version that was issued before. */
interface RestatedVerdict extends VerdictCounts {
  evidence: number
  base_evidence: number
  verdict: Verdict
}

export interface VerdictRecord extends VerdictCounts {
  profile: string
  profile_version: string
  definitions: string
  window: string
  period: string
  kind: 'peak' | 'special'
  local_date: string
  /** Instants are epoch ms. */
  start_at: number
  end_at: number
  evidence: number
  waited_ms: number
  base_from: number
  base_evidence: number
  base_offered: number
  base_answered: number
  ratio: number | null
  base_ratio: number | null
  deviation_points: number | null
  lower_points: number | null
  upper_points: number | null
  within_tolerance: boolean | null
  least_tolerance_points: number | null
  verdict: Verdict
  reason: 'none' | 'first_days' | 'no_calls'
  calls_for_verdict: number | null
  tolerance_points: number
  confidence: number
  coverage: 'received' | 'no_data' | 'unknown' | 'open'
  expected: number | null
  simulated: boolean
  restates: RestatedVerdict | null
}

const TYPE = avro.Type.forSchema(schemaOf('verdict.v1') as avro.Schema)
const SCHEMA_ID = schemaIdOf('verdict.v1')

/** The Confluent wire format. @param schemaId  that of a registry; otherwise that of ids.json */
export function encodeVerdict(record: VerdictRecord, schemaId = SCHEMA_ID): Buffer {
  const header = Buffer.alloc(WIRE_HEADER_BYTES)
  header.writeUInt32BE(schemaId, 1)
  return Buffer.concat([header, TYPE.toBuffer(record)])
}

/** @throws Error for bytes that are not a verdict in the wire format */
export function decodeVerdict(value: Buffer, schemaId = SCHEMA_ID): VerdictRecord {
  if (value[0] !== 0 || value.readUInt32BE(1) !== schemaId)
    throw new Error(
      `the value begins with ${value.subarray(0, WIRE_HEADER_BYTES).toString('hex')}, expected schema id ${schemaId}`,
    )
  return { ...TYPE.fromBuffer(value.subarray(WIRE_HEADER_BYTES)) } as VerdictRecord
}
