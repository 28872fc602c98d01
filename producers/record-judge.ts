/**
 * Whether a record of a capture will be counted, by the processors' own rules.
 *
 * Only where its `emitted_at` decides something: one broken instant in 2199 must not hold a paced replay for ever, nor
 * declare a topic complete until then.
 */
import { layOut, type WrittenField } from '../schemas/avro-fields.ts'
import { AvroRecordDecoder, UndecodableError } from '../schemas/avro-record-decoder.ts'
import { judgeCall } from '../schemas/call-fact.ts'
import { judgeTicket } from '../schemas/ticket-fact.ts'
import { type RecordName, schemaOf } from '../schemas/wire-format.ts'

const JUDGES = { 'call.v1': judgeCall, 'ticket.v1': judgeTicket } as const

export class RecordJudge {
  readonly #judge: (typeof JUDGES)[RecordName]
  readonly #fields: WrittenField[]
  readonly #decoder: AvroRecordDecoder

  constructor(recordName: RecordName) {
    const schema = schemaOf(recordName)
    this.#judge = JUDGES[recordName]
    this.#fields = layOut(schema, schema)
    this.#decoder = new AvroRecordDecoder(schema.fields.length)
  }

  isCounted(body: Uint8Array): boolean {
    try {
      this.#decoder.decode(body, 0, this.#fields)
      return this.#judge(this.#decoder) === null
    } catch (error) {
      if (error instanceof UndecodableError) return false
      throw error
    }
  }
}
