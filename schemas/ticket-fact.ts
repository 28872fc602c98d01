/** A ticket record as a row of `ticket_facts`: which slot holds what, which records count, how a row is written. */
import { cellOf } from '../kpi/cell.ts'
import type { AvroRecordDecoder } from './avro-record-decoder.ts'
import type { ContentHash } from './content-hash.ts'
import type { ColumnShape } from './native/column.ts'
import type { NativeBlock } from './native/native-block.ts'
import * as rules from './record-rules.ts'
import type { Rejection } from './rejection.ts'
import { schemaOf } from './wire-format.ts'

export const TICKET_SCHEMA = schemaOf('ticket.v1')

const field = (name: string): rules.Field => ({
  name,
  slot: TICKET_SCHEMA.fields.findIndex((known) => known.name === name),
})

const ticketId = field('ticket_id')
const revision = field('revision')
const acceptedAt = field('accepted_at')
const callId = field('call_id')
const channel = field('channel')
const line = field('line')
const region = field('region')
const category = field('category')
const kind = field('kind')
const status = field('status')
const resolution = field('resolution')
const unit = field('unit')
const dueAt = field('due_at')
const closedAt = field('closed_at')
const followedUpAt = field('followed_up_at')
const satisfaction = field('satisfaction')
const emittedAt = field('emitted_at')

const INSTANTS_IN_ORDER = [acceptedAt, closedAt]
const INSTANTS = [acceptedAt, dueAt, closedAt, followedUpAt, emittedAt]
const TEXTS = [callId, line, region, category, unit]

/** Says why a ticket record cannot be counted, or null if it can. The first rule of the contract's list speaks. */
export function judgeTicket(ticket: AvroRecordDecoder): Rejection | null {
  return (
    rules.badId(ticket, ticketId) ??
    rules.badRevision(ticket, revision) ??
    rules.fallingInstants(ticket, INSTANTS_IN_ORDER) ??
    rules.instantOutOfRange(ticket, INSTANTS, emittedAt, dueAt) ??
    rules.badRating(ticket, satisfaction) ??
    rules.tooLong(ticket, TEXTS)
  )
}

/** The columns in the order in which `writeTicketFact` writes them. */
export const TICKET_FACT_COLUMNS: readonly ColumnShape[] = [
  { name: 'cell', type: "DateTime('UTC')", isNullable: false },
  { name: 'ticket_id', type: 'String', isNullable: false },
  { name: 'accepted_at', type: "DateTime64(3, 'UTC')", isNullable: false },
  { name: 'revision', type: 'UInt32', isNullable: false },
  { name: 'emitted_at', type: "DateTime64(3, 'UTC')", isNullable: false },
  { name: 'content', type: 'UInt64', isNullable: false },
  { name: 'call_id', type: 'String', isNullable: true },
  { name: 'channel', type: 'Int8', isNullable: false },
  { name: 'line', type: 'String', isNullable: false },
  { name: 'region', type: 'String', isNullable: false },
  { name: 'category', type: 'String', isNullable: false },
  { name: 'kind', type: 'Int8', isNullable: false },
  { name: 'status', type: 'Int8', isNullable: false },
  { name: 'resolution', type: 'Int8', isNullable: true },
  { name: 'unit', type: 'String', isNullable: true },
  { name: 'due_at', type: "DateTime64(3, 'UTC')", isNullable: true },
  { name: 'closed_at', type: "DateTime64(3, 'UTC')", isNullable: true },
  { name: 'followed_up_at', type: "DateTime64(3, 'UTC')", isNullable: true },
  { name: 'satisfaction', type: 'UInt8', isNullable: true },
]

/** Writes a judged ticket as a row of `ticket_facts` and returns its cell, epoch ms. */
export function writeTicketFact(ticket: AvroRecordDecoder, content: ContentHash, block: NativeBlock): number {
  const { bytes, numbers, starts, ends } = ticket
  const cellAtMs = cellOf(numbers[acceptedAt.slot]!)
  block.number(cellAtMs / 1_000)
  block.text(bytes, starts[ticketId.slot]!, ends[ticketId.slot]!)
  block.number(numbers[acceptedAt.slot]!)
  block.number(numbers[revision.slot]!)
  block.number(numbers[emittedAt.slot]!)
  block.uint64(content.high, content.low)
  block.text(bytes, starts[callId.slot]!, ends[callId.slot]!)
  block.number(numbers[channel.slot]!)
  block.text(bytes, starts[line.slot]!, ends[line.slot]!)
  block.text(bytes, starts[region.slot]!, ends[region.slot]!)
  block.text(bytes, starts[category.slot]!, ends[category.slot]!)
  block.number(numbers[kind.slot]!)
  block.number(numbers[status.slot]!)
  block.number(numbers[resolution.slot]!)
  block.text(bytes, starts[unit.slot]!, ends[unit.slot]!)
  block.number(numbers[dueAt.slot]!)
  block.number(numbers[closedAt.slot]!)
  block.number(numbers[followedUpAt.slot]!)
  block.number(numbers[satisfaction.slot]!)
  block.endRow()
  return cellAtMs
}

/** When the ticket was accepted, which says where it belongs, epoch ms. */
export function ticketAcceptedAtMs(ticket: AvroRecordDecoder): number {
  return ticket.numbers[acceptedAt.slot]!
}

/** When the source wrote the record, epoch ms. */
export function ticketEmittedAtMs(ticket: AvroRecordDecoder): number {
  return ticket.numbers[emittedAt.slot]!
}
