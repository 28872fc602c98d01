/** What a column of ClickHouse's Native format is called, what it holds, and how many bytes a value takes. */
export interface ColumnShape {
  name: string
  /** As ClickHouse writes it, without Nullable. The store turns it into the table's own type: String into LowCardinality, Int8 into an enum. */
  type: 'String' | 'Int8' | 'UInt8' | 'UInt32' | 'UInt64' | "DateTime('UTC')" | "DateTime64(3, 'UTC')"
  isNullable: boolean
}

/** The column's name and type, which stand before its values. */
export function columnHead({ name, type, isNullable }: ColumnShape): Buffer {
  return Buffer.concat([text(name), text(isNullable ? `Nullable(${type})` : type)])
}

/** A whole number from 0 on in the store's variable length: seven bits a byte, the lowest first. */
export function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  return Buffer.from([...bytes, rest])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([varint(bytes.length), bytes])
}
