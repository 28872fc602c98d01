import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ColumnShape } from '../../../schemas/native/column.ts'
import { NativeBlock } from '../../../schemas/native/native-block.ts'
import { factRowsOf } from './native-rows.ts'

const SHAPE: readonly ColumnShape[] = [
  { name: 'at', type: "DateTime64(3, 'UTC')", isNullable: false },
  { name: 'until', type: "DateTime64(3, 'UTC')", isNullable: true },
  { name: 'hash', type: 'UInt64', isNullable: false },
  { name: 'count', type: 'UInt32', isNullable: false },
  { name: 'rating', type: 'UInt8', isNullable: true },
  { name: 'line', type: 'String', isNullable: false },
  { name: 'agent', type: 'String', isNullable: true },
]

const row = fc.record({
  at: fc.maxSafeInteger(),
  until: fc.option(fc.maxSafeInteger()),
  high: fc.nat({ max: 0xffff_ffff }),
  low: fc.nat({ max: 0xffff_ffff }),
  count: fc.nat({ max: 0xffff_ffff }),
  rating: fc.option(fc.nat({ max: 255 })),
  line: fc.string({ unit: 'binary', maxLength: 300 }),
  agent: fc.option(fc.string({ unit: 'binary', maxLength: 20 })),
})
type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never

function write(block: NativeBlock, one: Row): void {
  const text = (value: string | null) => {
    const bytes = Buffer.from(value ?? '')
    if (value === null) block.text(bytes, -1, -1)
    else block.text(Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]), 6, 6 + bytes.length)
  }
  block.number(one.at)
  block.number(one.until ?? Number.NaN)
  block.uint64(one.high, one.low)
  block.number(one.count)
  block.number(one.rating ?? Number.NaN)
  text(one.line)
  text(one.agent)
  block.endRow()
}

const readBack = (one: Row) => ({
  at: BigInt(one.at),
  until: one.until === null ? null : BigInt(one.until),
  hash: (BigInt(one.high) << 32n) | BigInt(one.low),
  count: BigInt(one.count),
  rating: one.rating === null ? null : BigInt(one.rating),
  line: Buffer.from(one.line).toString(),
  agent: one.agent === null ? null : Buffer.from(one.agent).toString(),
})

test('what is written is what is read, however often the columns had to grow', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (rows, capacity) => {
      const block = new NativeBlock(SHAPE, capacity)
      for (const one of rows) write(block, one)
      expect(block.rowCount).toBe(rows.length)
      expect(factRowsOf(block)).toEqual(rows.map(readBack))
    }),
  )
})

test('any stretch of rows is a block of its own: by halves a store is asked which row it refuses', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), fc.nat(20), fc.nat(20), (rows, one, other) => {
      const from = Math.min(one, other, rows.length)
      const to = Math.min(Math.max(one, other), rows.length)
      const block = new NativeBlock(SHAPE)
      for (const each of rows) write(block, each)
      expect(factRowsOf(block, from, to)).toEqual(rows.slice(from, to).map(readBack))
    }),
  )
})

test('bytes that were handed over stay as they are while the next block fills', () => {
  const block = new NativeBlock(SHAPE)
  const some = { at: 1, until: null, high: 2, low: 3, count: 4, rating: 5, line: '12345', agent: 'seat-1' }
  write(block, some)
  const pieces = block.bytesOf()
  const before = Buffer.concat(pieces).toString('hex')
  const next = block.next()
  write(next, { ...some, at: 99, line: '12315' })
  expect(Buffer.concat(pieces).toString('hex')).toBe(before)
  expect(factRowsOf(next)).toHaveLength(1)
})
