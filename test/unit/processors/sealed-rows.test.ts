import { expect, test } from 'vitest'
import { partedAtSeal } from '../../../processors/sealed-rows.ts'
import { Span, TopicIntake } from '../../../processors/span.ts'
import { callMessage } from '../schemas/messages.ts'
import { logBatch } from './log-batch.ts'

const TOPIC = 'hotline.calls.v1'
const SEALED_BEFORE = Date.UTC(2023, 0, 1)

/** A call that arrives at an instant, as it lies in the log. */
const message = (offset: number, arrivedAtMs: number) => ({
  offset,
  value: callMessage({
    call_id: `call-${offset}`,
    arrived_at: arrivedAtMs,
    queued_at: arrivedAtMs,
    answered_at: arrivedAtMs + 1_000,
    ended_at: arrivedAtMs + 2_000,
    emitted_at: arrivedAtMs + 3_000,
  }),
})
//            2022 | 2023
//  [ 1 - 3 - - - -[ 0 - - 2
const BATCH = logBatch(TOPIC, 0, 0, [
  message(0, SEALED_BEFORE),
  message(1, SEALED_BEFORE - 3_600_000),
  message(2, SEALED_BEFORE + 3_600_000),
  message(3, SEALED_BEFORE - 1),
])

function taken(sealedBeforeMs: number) {
  const span = new Span()
  const intake = new TopicIntake(TOPIC, 'call.v1')
  intake.sealedBeforeMs = sealedBeforeMs
  intake.take(BATCH, span, Number.POSITIVE_INFINITY)
  return { span, rows: intake.handOver()! }
}

test('a record before the seal is a reject, one that arrives at its very instant is a fact, and the ledger adds up', () => {
  const { span } = taken(SEALED_BEFORE)
  expect(span.rejects.map(({ offset, code }) => [offset, code])).toEqual([
    [1, 'BEFORE_RETENTION'],
    [3, 'BEFORE_RETENTION'],
  ])
  expect(span.ranges[0]).toMatchObject({ factRecords: 2, rejectRecords: 2, fromOffset: 0, nextOffset: 4 })
  expect([...span.dirtyCells.call_facts]).toEqual([SEALED_BEFORE, SEALED_BEFORE + 3_600_000])
  expect(span.ranges[0]!.maxEmittedAtMs).toBe(SEALED_BEFORE + 3_603_000)
})

test('rows that were read before the seal was heard of are parted by their own quarter-hours', () => {
  const { rows } = taken(0)
  expect(partedAtSeal(rows, 0, 4, SEALED_BEFORE)).toEqual({
    late: [1, 3],
    kept: [
      [0, 1],
      [2, 3],
    ],
  })
  expect(partedAtSeal(rows, 2, 4, SEALED_BEFORE)).toEqual({ late: [3], kept: [[2, 3]] })
  expect(partedAtSeal(rows, 0, 4, 0)).toEqual({ late: [], kept: [[0, 4]] })
})
