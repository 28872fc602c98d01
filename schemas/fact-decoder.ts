/**
 * From the bytes of a message to a row of facts, or to the reason why it is none.
 *
 * What a message becomes is a function of its bytes and its schema alone (invariant I3): no clock, no random id. Whether it
 * comes too late to be one is a function of the seal.
 */
import { type FieldDefault, fieldDefaults, layOut, slotsLeftOut, type WrittenField } from './avro-fields.ts'
import { AvroRecordDecoder, UndecodableError } from './avro-record-decoder.ts'
import {
  CALL_FACT_COLUMNS,
  CALL_SCHEMA,
  callArrivedAtMs,
  callEmittedAtMs,
  judgeCall,
  writeCallFact,
} from './call-fact.ts'
import { ContentHash } from './content-hash.ts'
import { NativeBlock } from './native/native-block.ts'
import { beforeRetention } from './record-rules.ts'
import type { Rejection } from './rejection.ts'
import {
  judgeTicket,
  TICKET_FACT_COLUMNS,
  TICKET_SCHEMA,
  ticketAcceptedAtMs,
  ticketEmittedAtMs,
  writeTicketFact,
} from './ticket-fact.ts'
import { formsOf, type RecordForm, type RecordName, WIRE_HEADER_BYTES } from './wire-format.ts'

const KINDS = {
  'call.v1': {
    schema: CALL_SCHEMA,
    table: 'call_facts',
    columns: CALL_FACT_COLUMNS,
    judge: judgeCall,
    write: writeCallFact,
    belongsAtMs: callArrivedAtMs,
    emittedAtMs: callEmittedAtMs,
  },
  'ticket.v1': {
    schema: TICKET_SCHEMA,
    table: 'ticket_facts',
    columns: TICKET_FACT_COLUMNS,
    judge: judgeTicket,
    write: writeTicketFact,
    belongsAtMs: ticketAcceptedAtMs,
    emittedAtMs: ticketEmittedAtMs,
  },
} as const

export class FactDecoder {
  /** The table that rows are written for. */
  readonly table: 'call_facts' | 'ticket_facts'
  /** Of the last row written: its cell and when its source emitted it, epoch ms. */
  cellAtMs = 0
  emittedAtMs = 0
  /** Records that belong before this instant are rejected, epoch ms: the start of a cell. */
  sealedBeforeMs = 0
  readonly #kind: (typeof KINDS)[RecordName]
  readonly #decoder: AvroRecordDecoder
  readonly #content = new ContentHash()
  readonly #defaults: FieldDefault[]
  /** Layouts by schema id: one that was written with another id of the same record decodes just as well. */
  readonly #layouts = new Map<number, { fields: WrittenField[]; leftOut: number[] }>()

  /** @param forms  schemas that records of this kind were written with, by their ids */
  constructor(record: RecordName, forms: readonly RecordForm[] = formsOf(record)) {
    this.#kind = KINDS[record]
    this.table = this.#kind.table
    this.#decoder = new AvroRecordDecoder(this.#kind.schema.fields.length)
    this.#defaults = fieldDefaults(this.#kind.schema)
    for (const form of forms) this.know(form)
  }

  /** From now on decodes records that were written with this schema, too. @throws SteadylineError if it cannot */
  know({ id, schema }: RecordForm): void {
    const reader = this.#kind.schema
    this.#layouts.set(id, { fields: layOut(schema, reader), leftOut: slotsLeftOut(schema, reader) })
  }

  /** An empty block of the table's columns. */
  emptyBlock(): NativeBlock {
    return new NativeBlock(this.#kind.columns)
  }

  /**
   * Writes one message as a row; null if it is one, else why it cannot be.
   *
   * @param bytes  hold the message from `start` (in) to `end` (out), by default they are it; null for one without a value
   */
  write(bytes: Uint8Array | null, block: NativeBlock, start = 0, end = bytes?.length ?? 0): Rejection | null {
    if (bytes === null)
      return { code: 'NOT_WIRE_FORMAT', reason: 'the value is null and there is no steadyline-watermark header' }
    if (end - start < WIRE_HEADER_BYTES) {
      return { code: 'NOT_WIRE_FORMAT', reason: `${end - start} bytes, expected at least ${WIRE_HEADER_BYTES}` }
    }
    if (bytes[start] !== 0) return { code: 'NOT_WIRE_FORMAT', reason: `the first byte is ${bytes[start]}, expected 0` }
    const schemaId =
      ((bytes[start + 1]! << 24) | (bytes[start + 2]! << 16) | (bytes[start + 3]! << 8) | bytes[start + 4]!) >>> 0
    const layout = this.#layouts.get(schemaId)
    if (layout === undefined) {
      return {
        code: 'UNKNOWN_SCHEMA',
        reason: `schema id ${schemaId}, expected ${[...this.#layouts.keys()].join(' or ') || 'one that is registered for this topic'}`,
      }
    }
    try {
      this.#decoder.decode(bytes, start + WIRE_HEADER_BYTES, layout.fields, end)
      if (layout.leftOut.length > 0) this.#decoder.leftOut(layout.leftOut, this.#defaults)
    } catch (error) {
      if (error instanceof UndecodableError) return { code: 'UNDECODABLE', reason: error.message }
      throw error
    }
    const rejection = this.#kind.judge(this.#decoder)
    if (rejection !== null) return rejection
    if (this.#kind.belongsAtMs(this.#decoder) < this.sealedBeforeMs) return beforeRetention(this.sealedBeforeMs)
    this.#content.ofRecord(this.#decoder, this.#defaults)
    this.cellAtMs = this.#kind.write(this.#decoder, this.#content, block)
    this.emittedAtMs = this.#kind.emittedAtMs(this.#decoder)
    return null
  }
}
