/**
 * Messages as no decent source sends them, each a function of the seed: records with values at every edge, their bytes
 * flipped, cut and lengthened, lengths and branches that lie, ids of other schemas, and bytes without any sense.
 */
import { Randomness } from '../../../producers/hotline/randomness.ts'
import { type AvroRecordSchema, schemaIdOf, schemaOf } from '../../../schemas/wire-format.ts'

export interface FuzzedMessage {
  value: Buffer | null
  /** Text of the `steadyline-watermark` header. */
  watermarkText: string | null
}

const YEAR_1990 = BigInt(Date.UTC(1990, 0, 1))
const YEAR_2100 = BigInt(Date.UTC(2100, 0, 1))
const DAY = 86_400_000n
const SOME_DAY = BigInt(Date.UTC(2023, 2, 10, 1))
const EDGES_64 = [0n, 1n, -1n, 2n ** 31n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 62n, 2n ** 63n - 1n]
const INSTANTS = [
  ...[YEAR_1990, YEAR_2100, SOME_DAY].flatMap((edge) => [edge - 1n, edge, edge + 1n, edge - DAY, edge + DAY]),
  ...EDGES_64.flatMap((edge) => [edge, -edge, -edge - 1n]),
]
const INTS = [0n, 1n, 2n, 5n, 6n, -1n, 2n ** 31n - 1n, -(2n ** 31n), 2n ** 31n, 2n ** 40n]
const TEXTS = [
  '',
  'c-1',
  '12345',
  '热线',
  'x'.repeat(64),
  'x'.repeat(65),
  '😀'.repeat(64),
  '😀'.repeat(65),
  'é'.repeat(128),
  'x'.repeat(256),
  '热'.repeat(86),
  'y'.repeat(5_000),
].map((text) => Buffer.from(text)) // prettier-ignore
const NOT_UTF8 = [Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xc0, 0xaf])]

export class FuzzedMessages {
  readonly #randomness: Randomness
  readonly #schemas = { 'call.v1': schemaOf('call.v1'), 'ticket.v1': schemaOf('ticket.v1') } as const
  readonly #record: 'call.v1' | 'ticket.v1'

  /** @param record  what the topic carries */
  constructor(seed: number, record: 'call.v1' | 'ticket.v1') {
    this.#randomness = new Randomness(seed)
    this.#record = record
  }

  next(): FuzzedMessage {
    const { uniform } = { uniform: this.#randomness.uniform() }
    if (uniform < 0.02)
      return { value: null, watermarkText: this.#one(['0', '1678410000000', 'soon', '', '1e3', null]) }
    return { value: this.#value(uniform), watermarkText: null }
  }

  #value(uniform: number): Buffer {
    if (uniform < 0.05) return this.#bytes(this.#below(40))
    if (uniform < 0.08)
      return wire(this.#one([0, 3, 4, 99, 0x7fffffff, -1]), this.#body(this.#schemas[this.#record], 0))
    const other = this.#record === 'call.v1' ? 'ticket.v1' : 'call.v1'
    if (uniform < 0.1) return wire(schemaIdOf(other), this.#body(this.#schemas[other], 0))
    // Another record's bytes under our id, and bytes of no record.
    if (uniform < 0.12) return wire(schemaIdOf(this.#record), this.#body(this.#schemas[other], 0))
    if (uniform < 0.15) return wire(schemaIdOf(this.#record), this.#bytes(this.#below(200)))
    // From hardly any value at an edge to every one.
    const message = wire(
      schemaIdOf(this.#record),
      this.#body(this.#schemas[this.#record], this.#one([0, 0, 0.05, 0.3, 1])),
    )
    if (uniform < 0.6) return message
    if (uniform < 0.8) return this.#flipped(message)
    if (uniform < 0.9) return message.subarray(0, this.#below(message.length + 1))
    return Buffer.concat([message, this.#bytes(this.#below(5))])
  }

  #body(schema: AvroRecordSchema, edgeRatio: number): Buffer {
    const emittedAt = SOME_DAY + BigInt(this.#below(1_000_000))
    return Buffer.concat(schema.fields.map(({ name, type }) => this.#field(name, type, edgeRatio, emittedAt)))
  }

  #field(name: string, type: unknown, edgeRatio: number, emittedAt: bigint): Buffer {
    const isAtEdge = this.#randomness.chance(edgeRatio)
    if (Array.isArray(type)) {
      const nullBranch = type.indexOf('null')
      if (isAtEdge && this.#randomness.chance(0.1)) return varint(this.#one([2n, -1n, 77n, 2n ** 40n]))
      const isNull = this.#randomness.chance(0.3)
      const branch = isNull ? nullBranch : 1 - nullBranch
      const rest = isNull ? [] : [this.#field(name, type[branch], edgeRatio, emittedAt)]
      return Buffer.concat([varint(BigInt(branch)), ...rest])
    }
    const { type: inner, symbols } = (typeof type === 'string' ? { type } : type) as {
      type: string
      symbols?: string[]
    }
    if (symbols !== undefined)
      return varint(
        isAtEdge ? this.#one([BigInt(symbols.length), -1n, 2n ** 31n]) : BigInt(this.#below(symbols.length)),
      )
    if (inner === 'string') return this.#text(name, isAtEdge)
    if (inner === 'int') return varint(isAtEdge ? this.#one(INTS) : BigInt(1 + this.#below(5)))
    return varint(
      isAtEdge ? this.#one(INSTANTS) : name === 'emitted_at' ? emittedAt : SOME_DAY + this.#minutesAfter(name),
    )
  }

  /** Instants in an order that counts, most of the time. */
  #minutesAfter(name: string): bigint {
    const step = ['arrived_at', 'queued_at', 'answered_at', 'ended_at'].indexOf(name)
    return BigInt(Math.max(0, step)) * 60_000n
  }

  #text(name: string, isAtEdge: boolean): Buffer {
    if (!isAtEdge) {
      const bytes = Buffer.from(`${name.slice(0, 4)}-${this.#below(1_000_000)}`)
      return Buffer.concat([varint(BigInt(bytes.length)), bytes])
    }
    if (this.#randomness.chance(0.2)) return varint(this.#one([-1n, 2n ** 31n, 2n ** 53n, 2n ** 63n - 1n, 10_000n])) // a length that lies
    const bytes = this.#randomness.chance(0.1) ? this.#one(NOT_UTF8) : this.#one(TEXTS)
    return Buffer.concat([varint(BigInt(bytes.length)), bytes])
  }

  #flipped(message: Buffer): Buffer {
    const flipped = Buffer.from(message)
    for (let flips = 1 + this.#below(4); flips > 0; flips--)
      flipped[this.#below(flipped.length)]! ^= 1 << this.#below(8)
    return flipped
  }

  #bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.#below(256)))
  }

  #below(limit: number): number {
    return Math.floor(this.#randomness.uniform() * limit)
  }

  #one<Value>(values: readonly Value[]): Value {
    return values[this.#below(values.length)]!
  }
}

function wire(schemaId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5)
  header.writeInt32BE(schemaId, 1)
  return Buffer.concat([header, body])
}

/** A zigzag varint of any size, as the language of records allows it. */
export function varint(value: bigint): Buffer {
  let zigzag = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
  const bytes: number[] = []
  do {
    const bits = Number(zigzag & 0x7fn)
    zigzag >>= 7n
    bytes.push(zigzag === 0n ? bits : bits | 0x80)
  } while (zigzag !== 0n)
  return Buffer.from(bytes)
}
