/** A record as Kafka carries it, held against the rules that the processors will hold it against. */
import { type FieldDefault, fieldDefaults, layOut, type WrittenField } from '../../schemas/avro-fields.ts'
import { AvroRecordDecoder } from '../../schemas/avro-record-decoder.ts'
import { judgeCall } from '../../schemas/call-fact.ts'
import { ContentHash } from '../../schemas/content-hash.ts'
import { judgeTicket } from '../../schemas/ticket-fact.ts'
import { schemaOf, WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import { AvroEncoder } from '../avro-encoder.ts'
import type { Imported } from './place.ts'

export interface Judged {
  /** With the wire header; stays as it is. */
  message: Buffer
  /** Why it would be rejected; null if it will be counted. */
  reason: string | null
  /** Tells apart what two records of one revision say. */
  content: bigint
}

export class ImportJudge {
  readonly #encoder = new AvroEncoder()
  readonly #calls = new Rules('call.v1', judgeCall)
  readonly #tickets = new Rules('ticket.v1', judgeTicket)

  judge({ kind, record }: Imported): Judged {
    return kind === 'calls'
      ? this.#calls.judge(this.#encoder.encodeCall(record))
      : this.#tickets.judge(this.#encoder.encodeTicket(record))
  }
}

class Rules {
  readonly #judge: typeof judgeCall
  readonly #fields: WrittenField[]
  readonly #defaults: FieldDefault[]
  readonly #decoder: AvroRecordDecoder
  readonly #hash = new ContentHash()

  constructor(recordName: 'call.v1' | 'ticket.v1', judge: typeof judgeCall) {
    const schema = schemaOf(recordName)
    this.#judge = judge
    this.#fields = layOut(schema, schema)
    this.#defaults = fieldDefaults(schema)
    this.#decoder = new AvroRecordDecoder(schema.fields.length)
  }

  judge(message: Buffer): Judged {
    this.#decoder.decode(message, WIRE_HEADER_BYTES, this.#fields)
    const rejection = this.#judge(this.#decoder)
    this.#hash.ofRecord(this.#decoder, this.#defaults)
    const content = (BigInt(this.#hash.high) << 32n) | BigInt(this.#hash.low)
    return { message, reason: rejection === null ? null : `${rejection.code}: ${rejection.reason}`, content }
  }
}
