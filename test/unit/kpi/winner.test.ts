import { expect, test } from 'vitest'
import { callIdentity, compareRevisions, type Revision, ticketIdentity, winnersOf } from '../../../kpi/winner.ts'

const said = (revision: number, emittedAtMs: number, content: bigint): Revision => ({ revision, emittedAtMs, content })

test.each([
  ['the higher revision speaks, though it was emitted earlier', said(2, 10, 1n), said(1, 99, 9n)],
  ['of equal revisions the later emitted speaks, though its content is smaller', said(1, 20, 1n), said(1, 10, 9n)],
  ['of equal instants the greater content speaks', said(1, 10, 2n ** 63n + 1n), said(1, 10, 2n ** 63n)],
])('%s', (_promise, winner, other) => {
  expect(compareRevisions(winner, other)).toBeGreaterThan(0)
  expect(compareRevisions(other, winner)).toBeLessThan(0)
})

test('one fact twice is one fact, and the order of arrival decides nothing', () => {
  const facts = [
    { callId: 'a', arrivedAtMs: 0, ...said(1, 5, 1n) },
    { callId: 'a', arrivedAtMs: 0, ...said(2, 6, 1n) },
    { callId: 'a', arrivedAtMs: 0, ...said(2, 6, 1n) },
    { callId: 'b', arrivedAtMs: 0, ...said(1, 5, 1n) },
  ]
  const winners = winnersOf(facts, callIdentity)
  expect(winners.map(({ callId, revision }) => [callId, revision])).toEqual([
    ['a', 2],
    ['b', 1],
  ])
  expect(new Set(winnersOf(facts.toReversed(), callIdentity))).toEqual(new Set(winners))
})

test('one id with two arrivals is two calls, as sent', () => {
  const facts = [
    { callId: 'a', arrivedAtMs: 0, ...said(1, 5, 1n) },
    { callId: 'a', arrivedAtMs: 1, ...said(2, 6, 1n) },
  ]
  expect(winnersOf(facts, callIdentity)).toHaveLength(2)
})

test('an id that ends like an instant is still another call', () => {
  expect(callIdentity({ callId: '1 a', arrivedAtMs: 1 })).not.toBe(callIdentity({ callId: 'a', arrivedAtMs: 11 }))
  expect(ticketIdentity({ ticketId: 't', acceptedAtMs: 1 })).not.toBe(
    ticketIdentity({ ticketId: 't', acceptedAtMs: 2 }),
  )
})
