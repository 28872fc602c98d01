import { expect, test } from 'vitest'
import { serveMetrics } from '../../../processors/measures/metrics-server.ts'
import { PrometheusMeasures } from '../../../processors/measures/prometheus-measures.ts'
import { timedSteps } from '../../../processors/measures/timed-steps.ts'
import { Span } from '../../../processors/span.ts'
import { logBatch } from './log-batch.ts'

const TOPIC = 'hotline.calls.v1'

function measured() {
  const clock = { nowMs: 0 }
  const measures = new PrometheusMeasures(() => clock.nowMs)
  const read = async (series: string): Promise<number | null> => {
    const line = (await measures.text()).split('\n').find((one) => one.startsWith(`steadyline_processor_${series} `))
    return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ')))
  }
  return { clock, measures, read }
}

const batchAt = (appendedAtMs: number) => ({
  ...logBatch(TOPIC, 3, 0, [{ offset: 0, value: null }]),
  appendedAtMs,
  endOffset: 11,
})

//  ms          0        1000      2000      3000      5000
//  batch       taken
//  span                 closed                        counted
//  batch                          taken
//  lag, s      0        1         2         3         3: that of the second
test('the oldest record that is not counted says how far behind we are', async () => {
  const { clock, measures, read } = measured()
  measures.batchTaken(batchAt(0))
  expect(await read('lag_seconds')).toBe(0)
  clock.nowMs = 1_000
  measures.spanClosed()
  clock.nowMs = 2_000
  measures.batchTaken(batchAt(2_000))
  clock.nowMs = 3_000
  expect(await read('lag_seconds')).toBe(3)
  clock.nowMs = 5_000
  measures.spanCounted(new Span(), 4_000)
  expect(await read('lag_seconds')).toBe(3)
  expect(await read('counted_after_seconds_sum')).toBe(5)
  expect(await read('lag_records{topic="hotline.calls.v1",partition="3"}')).toBe(10)
})

test('a step that works is timed, and one that fails is not', async () => {
  const { clock, measures, read } = measured()
  const steps = {
    factsAreIn: async () => {
      clock.nowMs += 250
    },
    rejectsAreIn: async () => {},
    recomputeCells: async () => {},
    recordProgress: () => Promise.reject(new Error('away')),
    commit: async () => {},
  }
  const timed = timedSteps(steps, measures, () => clock.nowMs)
  await timed.factsAreIn(new Span())
  await expect(timed.recordProgress([])).rejects.toThrow('away')
  expect(await read('step_seconds_sum{step="facts"}')).toBe(0.25)
  expect(await read('step_seconds_count{step="progress"}')).toBeNull()
})

test('partitions that were others are forgotten when they are dealt anew', async () => {
  const { measures, read } = measured()
  measures.batchTaken(batchAt(0))
  measures.partitionsDealt(5)
  expect(await read('lag_records{topic="hotline.calls.v1",partition="3"}')).toBeNull()
  expect([await read('partitions'), await read('rebalances_total')]).toEqual([5, 1])
})

test('the server answers two paths by GET; a port that is taken is named with what to do', async () => {
  const { measures } = measured()
  const server = await serveMetrics(measures, '127.0.0.1', 0)
  const answer = await fetch(`${server.address}/metrics`)
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  expect(await answer.text()).toContain('steadyline_processor_partitions 0')
  const statusOf = async (path: string, method: string) => (await fetch(server.address + path, { method })).status
  expect(await statusOf('/health/live', 'GET')).toBe(200)
  expect(await statusOf('/', 'GET')).toBe(404)
  expect(await statusOf('/metrics', 'POST')).toBe(405)
  const port = Number(new URL(server.address).port)
  await expect(serveMetrics(measures, '127.0.0.1', port)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(new RegExp(`Port ${port} .* is in use. Set PROCESSOR_METRICS_PORT to another`)),
  })
  await server.close()
})
