/** A call record as a row of `call_facts`: which slot holds what, which records count, how a row is written. */
import { cellOf } from '../kpi/cell.ts'
import type { AvroRecordDecoder } from './avro-record-decoder.ts'
import type { ContentHash } from './content-hash.ts'
import type { ColumnShape } from './native/column.ts'
import type { NativeBlock } from './native/native-block.ts'
import * as rules from './record-rules.ts'
import type { Rejection } from './rejection.ts'
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
export const CALL_FACT_COLUMNS: readonly ColumnShape[] = [
  { name: 'cell', type: "DateTime('UTC')", isNullable: false },
  { name: 'call_id', type: 'String', isNullable: false },
  { name: 'arrived_at', type: "DateTime64(3, 'UTC')", isNullable: false },
  { name: 'revision', type: 'UInt32', isNullable: false },
  { name: 'emitted_at', type: "DateTime64(3, 'UTC')", isNullable: false },
  { name: 'content', type: 'UInt64', isNullable: false },
  { name: 'line', type: 'String', isNullable: false },
  { name: 'region', type: 'String', isNullable: false },
  { name: 'direction', type: 'Int8', isNullable: false },
  { name: 'caller', type: 'String', isNullable: false },
  { name: 'queued_at', type: "DateTime64(3, 'UTC')", isNullable: true },
  { name: 'answered_at', type: "DateTime64(3, 'UTC')", isNullable: true },
  { name: 'ended_at', type: "DateTime64(3, 'UTC')", isNullable: false },
  { name: 'agent', type: 'String', isNullable: true },
  { name: 'outcome', type: 'Int8', isNullable: false },
  { name: 'rating', type: 'UInt8', isNullable: true },
]

/** Writes a judged call as a row of `call_facts` and returns its cell, epoch ms. */
export function writeCallFact(call: AvroRecordDecoder, content: ContentHash, block: NativeBlock): number {
  const { bytes, numbers, starts, ends } = call
  const cellAtMs = cellOf(numbers[arrivedAt.slot]!)
  block.number(cellAtMs / 1_000)
  block.text(bytes, starts[callId.slot]!, ends[callId.slot]!)
  block.number(numbers[arrivedAt.slot]!)
  block.number(numbers[revision.slot]!)
  block.number(numbers[emittedAt.slot]!)
  block.uint64(content.high, content.low)
  block.text(bytes, starts[line.slot]!, ends[line.slot]!)
  block.text(bytes, starts[region.slot]!, ends[region.slot]!)
  block.number(numbers[direction.slot]!)
  block.text(bytes, starts[caller.slot]!, ends[caller.slot]!)
  block.number(numbers[queuedAt.slot]!)
  block.number(numbers[answeredAt.slot]!)
  block.number(numbers[endedAt.slot]!)
  block.text(bytes, starts[agent.slot]!, ends[agent.slot]!)
  block.number(numbers[outcome.slot]!)
  block.number(numbers[rating.slot]!)
  block.endRow()
  return cellAtMs
}

/** When the call arrived, which says where it belongs, epoch ms. */
export function callArrivedAtMs(call: AvroRecordDecoder): number {
  return call.numbers[arrivedAt.slot]!
}

/** When the source wrote the record, epoch ms. */
export function callEmittedAtMs(call: AvroRecordDecoder): number {
  return call.numbers[emittedAt.slot]!
}
