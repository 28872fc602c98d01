/** Encodes calls and tickets as Kafka carries them: byte 0, the schema's id in four bytes, the Avro body. */
import avro from 'avsc'
import type { Call } from '../kpi/call.ts'
import type { Ticket } from '../kpi/ticket.ts'
import { type RecordName, schemaIdOf, schemaOf, WIRE_HEADER_BYTES } from '../schemas/wire-format.ts'

/** Values are cut from chunks of this size: one allocation for thousands of records. */
const CHUNK_BYTES = 1 << 20

export class AvroEncoder {
  readonly #calls = new RecordType('call.v1')
  readonly #tickets = new RecordType('ticket.v1')
  // One object per schema, written over for every record: the encoder only reads it.
  readonly #callFields = emptyFields('call.v1')
  readonly #ticketFields = emptyFields('ticket.v1')

  /** @returns bytes that stay as they are; without `WIRE_HEADER_BYTES` at their start they are the Avro body */
  encodeCall(call: Call): Buffer {
    const fields = this.#callFields
    fields.call_id = call.callId
    fields.revision = call.revision
    fields.arrived_at = call.arrivedAtMs
    fields.line = call.line
    fields.region = call.region
    fields.direction = call.direction
    fields.caller = call.caller
    fields.queued_at = call.queuedAtMs
    fields.answered_at = call.answeredAtMs
    fields.ended_at = call.endedAtMs
    fields.agent = call.agent
    fields.outcome = call.outcome
    fields.rating = call.rating
    fields.emitted_at = call.emittedAtMs
    return this.#calls.encode(fields)
  }

  /** @returns bytes that stay as they are; without `WIRE_HEADER_BYTES` at their start they are the Avro body */
  encodeTicket(ticket: Ticket): Buffer {
    const fields = this.#ticketFields
    fields.ticket_id = ticket.ticketId
    fields.revision = ticket.revision
    fields.accepted_at = ticket.acceptedAtMs
    fields.call_id = ticket.callId
    fields.channel = ticket.channel
    fields.line = ticket.line
    fields.region = ticket.region
    fields.category = ticket.category
    fields.kind = ticket.kind
    fields.status = ticket.status
    fields.resolution = ticket.resolution
    fields.unit = ticket.unit
    fields.due_at = ticket.dueAtMs
    fields.closed_at = ticket.closedAtMs
    fields.followed_up_at = ticket.followedUpAtMs
    fields.satisfaction = ticket.satisfaction
    fields.emitted_at = ticket.emittedAtMs
    return this.#tickets.encode(fields)
  }
}

type Fields = Record<string, string | number | null>

function emptyFields(name: RecordName): Fields {
  return Object.fromEntries(schemaOf(name).fields.map((field) => [field.name, null]))
}

class RecordType {
  readonly #type: avro.Type
  readonly #schemaId: number
  #chunk = Buffer.allocUnsafeSlow(0)
  #at = 0

  constructor(name: RecordName) {
    this.#type = avro.Type.forSchema(schemaOf(name) as avro.Schema)
    this.#schemaId = schemaIdOf(name)
  }

  encode(fields: Fields): Buffer {
    const bodyAt = this.#at + WIRE_HEADER_BYTES
    const endAt = bodyAt < this.#chunk.length ? this.#type.encode(fields, this.#chunk, bodyAt) : -1
    if (endAt < 0) {
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES) // the old one lives as long as its values
      this.#at = 0
      return this.encode(fields)
    }
    this.#chunk[this.#at] = 0
    this.#chunk.writeUInt32BE(this.#schemaId, this.#at + 1)
    const value = this.#chunk.subarray(this.#at, endAt)
    this.#at = endAt
    return value
  }
}

/** Puts the wire header before an Avro body that is already encoded. */
export function wireValueOf(schemaId: number, body: Uint8Array): Buffer {
  const value = Buffer.allocUnsafe(WIRE_HEADER_BYTES + body.length)
  value[0] = 0
  value.writeUInt32BE(schemaId, 1)
  value.set(body, WIRE_HEADER_BYTES)
  return value
}
