/** Reads a block of ClickHouse's Native format back into rows: the other side of schemas/native/, written from the format's description. */
import type { NativeBlock } from '../../../schemas/native/native-block.ts'

export type NativeRow = Record<string, bigint | string | null>

/** The rows of the bytes that are sent, by column name; numbers of any width as bigint. */
export function factRowsOf(block: NativeBlock, from?: number, to?: number): NativeRow[] {
  const reader = new Reader(Buffer.concat(block.bytesOf(from, to)))
  const columnCount = reader.varint()
  const rows: NativeRow[] = Array.from({ length: reader.varint() }, () => ({}))
  for (let column = 0; column < columnCount; column += 1) {
    const name = reader.text()
    const [, type = ''] = /^(?:Nullable\()?(.*?)\)?$/.exec(reader.text().replace(/\('UTC'\)|\(3, 'UTC'\)/, '')) ?? []
    const isNullable = reader.isNullable
    const nulls = rows.map(() => (isNullable ? reader.uint(1) === 1n : false))
    for (const [at, row] of rows.entries()) {
      const value = reader.value(type)
      row[name] = nulls[at] ? null : value
    }
  }
  if (!reader.isAtEnd) throw new Error('bytes are left over after the last column')
  return rows
}

class Reader {
  /** Whether the type that was read last is Nullable. */
  isNullable = false
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  varint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#at++)
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }

  text(): string {
    const length = this.varint()
    this.#at += length
    const text = this.#bytes.toString('utf8', this.#at - length, this.#at)
    this.isNullable = text.startsWith('Nullable(')
    return text
  }

  uint(byteCount: number): bigint {
    let value = 0n
    for (let byte = byteCount - 1; byte >= 0; byte -= 1) value = (value << 8n) | BigInt(this.#bytes[this.#at + byte]!)
    this.#at += byteCount
    return value
  }

  value(type: string): bigint | string {
    switch (type) {
      case 'String':
        return this.text()
      case 'Int8':
      case 'UInt8':
        return this.uint(1)
      case 'UInt32':
      case 'DateTime':
        return this.uint(4)
      case 'UInt64':
        return this.uint(8)
      case 'DateTime64':
        return BigInt.asIntN(64, this.uint(8))
      default:
        throw new Error(`a column of type ${type}, which the facts have none of`)
    }
  }
}
