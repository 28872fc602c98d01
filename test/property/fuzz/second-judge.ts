/**
 * A second judge of messages: a general Avro library reads them, and the rules of the contract are written out once
 * more, plainly. It is slow and knows nothing of how the program does it.
 */
import avro from 'avsc'
import type { RejectCode } from '../../../schemas/rejection.ts'
import { type RecordName, schemaIdOf, schemaOf } from '../../../schemas/wire-format.ts'

/** Longs of any size, which the library reads as numbers otherwise and refuses beyond 2^53. */
const BIG_LONG = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (one: bigint, other: bigint) => (one === other ? 0 : one < other ? -1 : 1),
} as never)

export interface Judged {
  code: RejectCode | null
  /** As the library reads them; null where it cannot. */
  fields: Record<string, any> | null
}

const IN_ORDER = {
  'call.v1': ['arrived_at', 'queued_at', 'answered_at', 'ended_at'],
  'ticket.v1': ['accepted_at', 'closed_at'],
} as const
const INSTANTS = {
  'call.v1': [...IN_ORDER['call.v1'], 'emitted_at'],
  'ticket.v1': ['accepted_at', 'due_at', 'closed_at', 'followed_up_at', 'emitted_at'],
} as const
const ID = { 'call.v1': 'call_id', 'ticket.v1': 'ticket_id' } as const
const RATING = { 'call.v1': 'rating', 'ticket.v1': 'satisfaction' } as const
const SHORT_TEXTS = {
  'call.v1': ['line', 'region', 'caller', 'agent'],
  'ticket.v1': ['call_id', 'line', 'region', 'category', 'unit'],
} as const

export class SecondJudge {
  readonly #record: RecordName
  readonly #type: avro.Type

  constructor(record: RecordName) {
    this.#record = record
    this.#type = avro.Type.forSchema(withPlainLongs(schemaOf(record)) as never, { registry: { long: BIG_LONG } })
  }

  judge(value: Buffer | null): Judged {
    if (value === null || value.length < 5 || value[0] !== 0) return { code: 'NOT_WIRE_FORMAT', fields: null }
    if (value.readUInt32BE(1) !== schemaIdOf(this.#record)) return { code: 'UNKNOWN_SCHEMA', fields: null }
    let fields: Record<string, any>
    try {
      fields = this.#type.fromBuffer(value.subarray(5))
    } catch {
      return { code: 'UNDECODABLE', fields: null }
    }
    return { code: this.#broken(fields), fields }
  }

  #broken(fields: Record<string, any>): RejectCode | null {
    const record = this.#record
    const idLength = [...fields[ID[record]]].length
    if (idLength < 1 || idLength > 64) return 'BAD_ID'
    if (fields.revision < 1) return 'BAD_REVISION'
    if (
      record === 'call.v1' &&
      fields.direction === 'INBOUND' &&
      fields.answered_at !== null &&
      fields.queued_at === null
    )
      return 'ANSWERED_WITHOUT_QUEUE'
    const inOrder = IN_ORDER[record].map((name) => fields[name]).filter((instant) => instant !== null)
    if (inOrder.some((instant, at) => at > 0 && instant < inOrder[at - 1])) return 'ORDER_OF_INSTANTS'
    for (const name of INSTANTS[record]) {
      const instant: bigint | null = fields[name]
      if (instant === null) continue
      if (instant < BigInt(Date.UTC(1990, 0, 1)) || instant >= BigInt(Date.UTC(2100, 0, 1)))
        return 'INSTANT_OUT_OF_RANGE'
      if (name !== 'due_at' && instant > fields.emitted_at + 86_400_000n) return 'INSTANT_OUT_OF_RANGE'
    }
    const rating = fields[RATING[record]]
    if (rating !== null && (rating < 1 || rating > 5)) return 'BAD_RATING'
    if (SHORT_TEXTS[record].some((name) => fields[name] !== null && Buffer.byteLength(fields[name]) > 256))
      return 'FIELD_TOO_LONG'
    return null
  }
}

/** Without logical types, which the library would look up by another name. */
function withPlainLongs(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    value !== null && typeof value === 'object' && value.logicalType !== undefined ? value.type : value,
  )
}
