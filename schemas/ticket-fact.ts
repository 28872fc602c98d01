/** A ticket record as a row of `ticket_facts`: which slot holds what, which records count, how a row is written. */
import { cellOf } from '../kpi/cell.ts'
import type { AvroRecordDecoder } from './avro-record-decoder.ts'
import type { ContentHash } from './content-hash.ts'
import * as rules from './record-rules.ts'
import type { Rejection } from './rejection.ts'
import type { RowBinaryWriter } from './row-binary.ts'
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
export const TICKET_FACT_COLUMNS =
  'cell, ticket_id, accepted_at, revision, emitted_at, content, call_id, channel, line, region, category, kind, status, resolution, unit, due_at, closed_at, followed_up_at, satisfaction'

/** Writes a judged ticket as a row of `ticket_facts` and returns its cell, epoch ms. */
export function writeTicketFact(ticket: AvroRecordDecoder, content: ContentHash, row: RowBinaryWriter): number {
  const { bytes, numbers, starts, ends } = ticket
  const cellAtMs = cellOf(numbers[acceptedAt.slot]!)
  row.uint32(cellAtMs / 1_000)
  row.text(bytes, starts[ticketId.slot]!, ends[ticketId.slot]!)
  row.int64(numbers[acceptedAt.slot]!)
  row.uint32(numbers[revision.slot]!)
  row.int64(numbers[emittedAt.slot]!)
  row.uint64(content.high, content.low)
  row.nullableText(bytes, starts[callId.slot]!, ends[callId.slot]!)
  row.uint8(numbers[channel.slot]!)
  row.text(bytes, starts[line.slot]!, ends[line.slot]!)
  row.text(bytes, starts[region.slot]!, ends[region.slot]!)
  row.text(bytes, starts[category.slot]!, ends[category.slot]!)
  row.uint8(numbers[kind.slot]!)
  row.uint8(numbers[status.slot]!)
  row.nullableUint8(numbers[resolution.slot]!)
  row.nullableText(bytes, starts[unit.slot]!, ends[unit.slot]!)
  row.nullableInt64(numbers[dueAt.slot]!)
  row.nullableInt64(numbers[closedAt.slot]!)
  row.nullableInt64(numbers[followedUpAt.slot]!)
  row.nullableUint8(numbers[satisfaction.slot]!)
  row.endRow()
  return cellAtMs
}

/** When the source wrote the record, epoch ms. */
export function ticketEmittedAtMs(ticket: AvroRecordDecoder): number {
  return ticket.numbers[emittedAt.slot]!
}
