import { describe, expect, test } from 'vitest'
import { callSettleMs, isSettled, leastStatus, type Status, statusOf, ticketSettleMs } from '../../../kpi/status.ts'
import { isReached, movesWatermark, watermarkAt } from '../../../kpi/watermark.ts'

//   window [ . . . . . [ - - settle 2 h - - |
//                    20:00                22:00
describe('the status of a peak that ends at 20:00 with 2 hours to settle', () => {
  const at = (time: string) => Date.parse(`2023-03-10T${time}Z`)
  test.each([
    ['is open before the first watermark', null, 'open'],
    ['is open a millisecond before its end', at('19:59:59.999'), 'open'],
    ['is provisional at its end', at('20:00:00.000'), 'provisional'],
    ['is provisional a millisecond before it has settled', at('21:59:59.999'), 'provisional'],
    ['is final at the end of the settle time', at('22:00:00.000'), 'final'],
  ])('%s', (_promise, watermarkAtMs, status) => {
    expect(statusOf(at('20:00:00.000'), watermarkAtMs, callSettleMs({ settleHours: 2, ticketSettleDays: 30 }))).toBe(
      status,
    )
  })
})

test('a settle day of a ticket is 24 hours', () =>
  expect(ticketSettleMs({ settleHours: 2, ticketSettleDays: 30 })).toBe(30 * 86_400_000))

test.each<[Status[], Status]>([
  [['final', 'open', 'provisional'], 'open'],
  [['final', 'provisional'], 'provisional'],
  [['final', 'restated'], 'restated'],
  [['restated', 'provisional'], 'provisional'],
  [[], 'final'],
])('the least of %j is %s', (statuses, least) => expect(leastStatus(statuses)).toBe(least))

test('final and restated figures may be scored', () =>
  expect((['open', 'provisional', 'restated', 'final'] as const).filter(isSettled)).toEqual(['restated', 'final']))

describe('the watermark', () => {
  const vector = new Map([
    [0, 100],
    [1, 50],
    [2, 0],
  ])

  test('a vector is reached once every partition with records is counted to its end', () => {
    expect(isReached(vector, new Map([[0, 100]]))).toBe(false)
    expect(isReached(vector, new Map([[0, 100], [1, 49]]))).toBe(false) // biome-ignore format: one line reads as a table
    expect(isReached(vector, new Map([[0, 120], [1, 50]]))).toBe(true) // biome-ignore format: one line reads as a table
  })

  test('takes only ranges that lie before the reached vector, and none without facts or heartbeats', () => {
    const ranges = [
      { partition: 0, nextOffset: 100, emittedAtMsMax: 1000 },
      { partition: 0, nextOffset: 101, emittedAtMsMax: 9000 },
      { partition: 1, nextOffset: 50, emittedAtMsMax: null },
      { partition: 3, nextOffset: 1, emittedAtMsMax: 9000 },
    ]
    expect(watermarkAt(null, vector, ranges)).toBe(1000)
    expect(watermarkAt(null, vector, [])).toBeNull()
  })

  test('never falls', () => {
    expect(watermarkAt(2000, vector, [{ partition: 0, nextOffset: 10, emittedAtMsMax: 1000 }])).toBe(2000)
  })

  test('is not moved by a clock that runs more than a day ahead', () => {
    expect(movesWatermark(86_400_000, 0)).toBe(true)
    expect(movesWatermark(86_400_001, 0)).toBe(false)
  })
})
