/** A call record as a row of `call_facts`: which slot holds what, which records count, how a row is written. */
import { cellOf } from '../kpi/cell.ts'
import type { AvroRecordDecoder } from './avro-record-decoder.ts'
import type { ContentHash } from './content-hash.ts'
import * as rules from './record-rules.ts'
import type { Rejection } from './rejection.ts'
import type { RowBinaryWriter } from './row-binary.ts'
import { schemaOf } from './wire-format.ts'

export const CALL_SCHEMA = schemaOf('call.v1')

const field = (name: string): rules.Field => ({
  name,
  slot: CALL_SCHEMA.fields.findIndex((known) => known.name === name),
})

const callId = field('call_id')
const revision = field('revision')
const arrivedAt = field('arrived_at')
const line = field('line')
const region = field('region')
const direction = field('direction')
const caller = field('caller')
const queuedAt = field('queued_at')
const answeredAt = field('answered_at')
const endedAt = field('ended_at')
const agent = field('agent')
const outcome = field('outcome')
const rating = field('rating')
const emittedAt = field('emitted_at')

const INSTANTS_IN_ORDER = [arrivedAt, queuedAt, answeredAt, endedAt]
const INSTANTS = [...INSTANTS_IN_ORDER, emittedAt]
const TEXTS = [line, region, caller, agent]
const INBOUND = 0

function answeredWithoutQueue(call: AvroRecordDecoder): Rejection | null {
  const isBroken =
    call.numbers[direction.slot] === INBOUND &&
    !Number.isNaN(call.numbers[answeredAt.slot]!) &&
    Number.isNaN(call.numbers[queuedAt.slot]!)
  if (!isBroken) return null
  return {
    code: 'ANSWERED_WITHOUT_QUEUE',
    reason: 'answered_at is set and queued_at is not, expected both for an inbound call',
  }
}

/** Says why a call record cannot be counted, or null if it can. The first rule of the contract's list speaks. */
export function judgeCall(call: AvroRecordDecoder): Rejection | null {
  return (
    rules.badId(call, callId) ??
    rules.badRevision(call, revision) ??
    answeredWithoutQueue(call) ??
    rules.fallingInstants(call, INSTANTS_IN_ORDER) ??
    rules.instantOutOfRange(call, INSTANTS, emittedAt, null) ??
    rules.badRating(call, rating) ??
    rules.tooLong(call, TEXTS)
  )
}

/** The columns in the order in which `writeCallFact` writes them. */
export const CALL_FACT_COLUMNS =
  'cell, call_id, arrived_at, revision, emitted_at, content, line, region, direction, caller, queued_at, answered_at, ended_at, agent, outcome, rating'

/** Writes a judged call as a row of `call_facts` and returns its cell, epoch ms. */
export function writeCallFact(call: AvroRecordDecoder, content: ContentHash, row: RowBinaryWriter): number {
  const { bytes, numbers, starts, ends } = call
  const cellAtMs = cellOf(numbers[arrivedAt.slot]!)
  row.uint32(cellAtMs / 1_000)
  row.text(bytes, starts[callId.slot]!, ends[callId.slot]!)
  row.int64(numbers[arrivedAt.slot]!)
  row.uint32(numbers[revision.slot]!)
  row.int64(numbers[emittedAt.slot]!)
  row.uint64(content.high, content.low)
  row.text(bytes, starts[line.slot]!, ends[line.slot]!)
  row.text(bytes, starts[region.slot]!, ends[region.slot]!)
  row.uint8(numbers[direction.slot]!)
  row.text(bytes, starts[caller.slot]!, ends[caller.slot]!)
  row.nullableInt64(numbers[queuedAt.slot]!)
  row.nullableInt64(numbers[answeredAt.slot]!)
  row.int64(numbers[endedAt.slot]!)
  row.nullableText(bytes, starts[agent.slot]!, ends[agent.slot]!)
  row.uint8(numbers[outcome.slot]!)
  row.nullableUint8(numbers[rating.slot]!)
  row.endRow()
  return cellAtMs
}

/** When the source wrote the record, epoch ms. */
export function callEmittedAtMs(call: AvroRecordDecoder): number {
  return call.numbers[emittedAt.slot]!
}
