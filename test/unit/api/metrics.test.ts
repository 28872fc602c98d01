import { describe, expect, test } from 'vitest'
import { StoreUnreachableError } from '../../../api/store/store-unreachable-error.ts'
import { anApp } from './asked-app.ts'
import { STORE_MEASURED } from './store-measured.ts'

const CALLS = 'hotline.calls.v1'

/** Lines of the answer that are about a metric, without its explanation. */
async function linesOf(ask: (url: string) => Promise<{ body: string; statusCode: number }>, metric: string) {
  const { body } = await ask('/metrics')
  return body.split('\n').filter((line) => line.startsWith(`steadyline_${metric}{`))
}

/** Of the calls one partition; the tickets have none. */
const logOf = (startOffset: number, endOffset: number) => ({
  ofTopic: async (topic: string) => (topic === CALLS ? [{ partition: 0, startOffset, endOffset }] : []),
  close: async () => {},
})

describe('what the store says', () => {
  test('is told as it is, and anew each time', async () => {
    const measures = structuredClone(STORE_MEASURED)
    const { ask } = await anApp({}, { readMeasures: async () => measures })
    expect(await linesOf(ask, 'records_total')).toEqual([
      `steadyline_records_total{topic="${CALLS}",kind="fact"} 90`,
      `steadyline_records_total{topic="${CALLS}",kind="reject"} 7`,
      `steadyline_records_total{topic="${CALLS}",kind="gap"} 2`,
      `steadyline_records_total{topic="${CALLS}",kind="heartbeat"} 1`,
    ])
    expect(await linesOf(ask, 'store_parts_of_partition_max')).toEqual([
      'steadyline_store_parts_of_partition_max{table="call_facts"} 8',
    ])
    measures.rejects[0]!.messages = 9
    expect(await linesOf(ask, 'rejects_total')).toEqual([`steadyline_rejects_total{topic="${CALLS}",code="BAD_ID"} 9`])
  })

  test('is absent while it is away, and a query that it refuses is no answer', async () => {
    const away = new StoreUnreachableError('STEADYLINE_STORE_UNREACHABLE', 'away', null)
    const { ask } = await anApp({}, { readMeasures: () => Promise.reject(away) })
    expect(await linesOf(ask, 'records_total')).toEqual([])
    const refused = await anApp({}, { readMeasures: () => Promise.reject(new Error('no such column')) })
    expect((await refused.ask('/metrics')).statusCode).toBe(500)
  })
})

describe('the log', () => {
  const ledger = (nextOffset: number) => [{ topic: CALLS, partition: 0, nextOffset, emittedAtMsMax: 0 }]

  // counted to:            40
  // log:       [0 . . . . . . . . 100[    40 lies in it: 60 records wait
  //                [50  . . . . . 100[    those from 40 to 49 are gone
  //            [0 . . 30[                 this log has never held 40
  test.each([
    ['holds the next record', 0, 100, 60, 0],
    ['ends where it is counted to', 0, 40, 0, 0],
    ['begins behind the next record', 50, 100, 60, 1],
    ['ends before the next record', 0, 30, 0, 1],
  ])('%s', async (_what, startOffset, endOffset, lag, lost) => {
    const { ask, reader } = await anApp({}, { logEnds: logOf(startOffset, endOffset) })
    reader.ledger = ledger(40)
    expect(await linesOf(ask, 'partition_lag_records')).toEqual([
      `steadyline_partition_lag_records{topic="${CALLS}",partition="0"} ${lag}`,
    ])
    expect(await linesOf(ask, 'log_lost_partitions')).toContain(
      `steadyline_log_lost_partitions{topic="${CALLS}"} ${lost}`,
    )
    expect(await linesOf(ask, 'server_up')).toEqual([
      'steadyline_server_up{server="store"} 1',
      'steadyline_server_up{server="kafka"} 1',
    ])
  })

  test('of Kafka that is away says nothing but that it is away', async () => {
    const logEnds = { ofTopic: () => Promise.reject(new Error('down')), close: async () => {} }
    const { ask, reader } = await anApp({}, { logEnds })
    reader.ledger = ledger(40)
    expect(await linesOf(ask, 'server_up')).toContain('steadyline_server_up{server="kafka"} 0')
    expect(await linesOf(ask, 'lag_records')).toEqual([])
  })
})
