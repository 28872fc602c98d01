/** Bad input: whatever the bytes, every message is a fact, a reject with its reason or a heartbeat, and reading goes on. */
import { expect, test } from 'vitest'
import { REJECT_CODES } from '../../schemas/rejection.ts'
import { takeFuzzed } from './fuzz/take-fuzzed.ts'

const OF_THE_STORE = ['BEFORE_RETENTION', 'STORE_REFUSED']

test.each([
  ['call.v1', 60_000],
  ['ticket.v1', 40_000],
] as const)(
  'of fuzzed %s messages none is lost, and a second judge agrees on each',
  { timeout: 300_000 },
  (record, messageCount) => {
    const { messages, facts, heartbeats, rejectsByCode, differences } = takeFuzzed(record, 1, messageCount)
    expect(differences.slice(0, 5)).toEqual([])
    const rejects = Object.values(rejectsByCode).reduce((sum, count) => sum + count, 0)
    expect({ messages, sum: facts + heartbeats + rejects }).toEqual({ messages: messageCount, sum: messageCount })
    // The fuzzing reaches every rule, and records that count.
    const reachable = REJECT_CODES.filter((code) => !OF_THE_STORE.includes(code))
    const expected = record === 'call.v1' ? reachable : reachable.filter((code) => code !== 'ANSWERED_WITHOUT_QUEUE')
    expect(Object.keys(rejectsByCode).sort()).toEqual([...expected].sort())
    expect(facts).toBeGreaterThan(messageCount / 10)
    expect(heartbeats).toBeGreaterThan(0)
  },
)
