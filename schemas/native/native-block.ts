/**
 * Rows as a block of ClickHouse's Native format: column by column, so that the store takes columns over whole where it
 * would have to read rows value by value. docs/decisions/rows-go-in-as-columns.md says what that is worth.
 *
 * A row is written value by value in the order of the columns, and closed by `endRow`.
 */
import { type ColumnShape, varint } from './column.ts'
import { NumberColumn } from './number-column.ts'
import { TextColumn } from './text-column.ts'

const ROWS_FIRST = 4_096

export class NativeBlock {
  readonly #columns: (NumberColumn | TextColumn)[]
  #rowCount = 0
  #at = 0

  /** @param capacity  rows that fit without growing */
  constructor(shape: readonly ColumnShape[], capacity = ROWS_FIRST) {
    this.#columns = shape.map((column) => columnOf(column, capacity))
  }

  get rowCount(): number {
    return this.#rowCount
  }

  get byteCount(): number {
    return this.#columns.reduce((sum, { byteCount }) => sum + byteCount, 0)
  }

  /** The columns' names as an INSERT lists them. */
  get columnList(): string {
    return this.#columns.map(({ shape }) => shape.name).join(', ')
  }

  /** A whole number within ±2^53; NaN is null. */
  number(value: number): void {
    ;(this.#columns[this.#at++] as NumberColumn).add(value)
  }

  /** An unsigned number of 64 bits by its halves. */
  uint64(high: number, low: number): void {
    ;(this.#columns[this.#at++] as NumberColumn).addHalves(high, low)
  }

  /** The bytes from `start` (in) to `end` (out) as a text; a start of -1 is null. */
  text(source: Uint8Array, start: number, end: number): void {
    ;(this.#columns[this.#at++] as TextColumn).add(source, start, end)
  }

  endRow(): void {
    this.#at = 0
    this.#rowCount++
  }

  /** A value of a column of 32 bits without nulls. */
  uint32At(column: number, row: number): number {
    return this.#columns[column]!.bytesOf(row, row + 1)
      .at(-1)!
      .readUInt32LE()
  }

  /** The rows from `from` (in) to `to` (out) as a block of their own, in pieces that must not change while they are sent. */
  bytesOf(from = 0, to = this.#rowCount): Buffer[] {
    const head = Buffer.concat([varint(this.#columns.length), varint(to - from)])
    return [head, ...this.#columns.flatMap((column) => column.bytesOf(from, to))]
  }

  /** An empty block of the same shape, with room for as many rows. */
  next(): NativeBlock {
    return new NativeBlock(
      this.#columns.map(({ shape }) => shape),
      Math.max(ROWS_FIRST, this.#rowCount),
    )
  }
}

function columnOf(shape: ColumnShape, capacity: number): NumberColumn | TextColumn {
  const { type } = shape
  return type === 'String' ? new TextColumn(shape, capacity) : new NumberColumn({ ...shape, type }, capacity)
}
