import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Span, TopicIntake } from '../../../processors/span.ts'
import { callMessage } from '../schemas/messages.ts'
import { someCall } from '../schemas/records.ts'
import { logBatch } from './log-batch.ts'

const TOPIC = 'hotline.calls.v1'
const NOW_MS = Date.UTC(2023, 5, 1)
const at = someCall().arrived_at

function takenIn(batches: ReturnType<typeof logBatch>[], nowMs = NOW_MS) {
  const span = new Span()
  const intake = new TopicIntake(TOPIC, 'call.v1')
  for (const batch of batches) intake.take(batch, span, nowMs)
  return { span, rows: intake.handOver() }
}

describe('the ledger', () => {
  test('every offset is a fact, a reject, a heartbeat or a gap, whatever comes', () => {
    const message = fc.record({
      gap: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('fact', 'reject', 'heartbeat', 'null'),
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(message, { maxLength: 8 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 5 }),
        (batches, tailGap) => {
          let offset = 100
          const sent = batches.map((messages) => {
            const fromOffset = offset
            const taken = messages.map(({ gap, kind }) => {
              offset += gap
              const value = kind === 'fact' ? callMessage() : kind === 'reject' ? callMessage({ revision: 0 }) : null
              return { offset: offset++, value, ...(kind === 'heartbeat' ? { watermarkText: '1700000000000' } : {}) }
            })
            offset += tailGap
            return logBatch(TOPIC, 3, fromOffset, taken, offset)
          })
          const [range] = takenIn(sent).span.ranges
          if (range === undefined) {
            expect(sent).toHaveLength(0)
            return
          }
          expect(range.fromOffset).toBe(100)
          expect(range.nextOffset).toBe(offset)
          const kinds = batches.flat().map(({ kind }) => kind)
          expect(range.factRecords).toBe(kinds.filter((kind) => kind === 'fact').length)
          expect(range.heartbeats).toBe(kinds.filter((kind) => kind === 'heartbeat').length)
          expect(range.rejectRecords).toBe(kinds.filter((kind) => kind === 'reject' || kind === 'null').length)
          expect(range.factRecords + range.rejectRecords + range.gapOffsets + range.heartbeats).toBe(offset - 100)
        },
      ),
    )
  })

  test('a row that the store refused moves from facts to rejects', () => {
    const { span } = takenIn([logBatch(TOPIC, 0, 0, [{ offset: 0, value: callMessage() }])])
    span.refuse([{ topic: TOPIC, partition: 0, offset: 0, code: 'STORE_REFUSED', reason: 'x', key: null, value: null }])
    expect(span.ranges[0]).toMatchObject({ factRecords: 0, rejectRecords: 1 })
    expect(span.rejects).toHaveLength(1)
  })
})

describe('dirty cells', () => {
  test('a cell is dirty also when every record was a duplicate', () => {
    const message = callMessage()
    const { span } = takenIn([
      logBatch(TOPIC, 0, 0, [
        { offset: 0, value: message },
        { offset: 1, value: message },
      ]),
    ])
    expect([...span.dirtyCells.call_facts]).toEqual([Math.floor(at / 900_000) * 900_000])
  })
})

describe('what moves the watermark', () => {
  const emittedBy = (value: Buffer | null, watermarkText?: string, nowMs = NOW_MS) =>
    takenIn(
      [logBatch(TOPIC, 0, 0, [{ offset: 0, value, ...(watermarkText === undefined ? {} : { watermarkText }) }])],
      nowMs,
    )

  test('a fact does, by its emission', () => {
    expect(emittedBy(callMessage()).span.ranges[0]!.maxEmittedAtMs).toBe(someCall().emitted_at)
  })
  test('a reject never does', () => {
    expect(emittedBy(callMessage({ revision: 0 })).span.ranges[0]!.maxEmittedAtMs).toBe(0)
  })
  test('a record dated more than a day ahead of the clock is a fact and does not', () => {
    const ahead = emittedBy(callMessage({ emitted_at: Date.UTC(2090, 0, 1) }))
    expect(ahead.span.ranges[0]).toMatchObject({ factRecords: 1, maxEmittedAtMs: 0 })
  })
  test('a heartbeat does, at its word', () => {
    expect(emittedBy(null, String(Date.UTC(2090, 0, 1))).span.ranges[0]).toMatchObject({
      heartbeats: 1,
      maxEmittedAtMs: Date.UTC(2090, 0, 1),
    })
  })
  test('a heartbeat that is no whole number is a reject', () => {
    const { span } = emittedBy(null, 'soon')
    expect(span.ranges[0]).toMatchObject({ heartbeats: 0, rejectRecords: 1 })
    expect(span.rejects[0]!.code).toBe('NOT_WIRE_FORMAT')
  })
})
