/** What docs/connect.md shows is what happens. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from './local-processes.ts'
import { startUp, type Up } from './steadyline.ts'

let up: Up

beforeAll(async () => {
  up = await startUp(['--empty'])
  await until('the processor has made the tables', () =>
    up.get('/health/ready').then(
      () => true,
      () => false,
    ),
  )
})
afterAll(() => up?.stop())

test('the call that the example sends is there in both revisions, rated once, and nothing else', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['docs/examples/connect/send-a-call.mjs'], {
    env: { ...process.env, KAFKA_BROKERS: up.record().kafkaBrokers },
  })
  expect(stdout).toBe('One call in two revisions, and a heartbeat for each topic.\n')
  expect((await up.run('wait', '--timeout', '5m')).exitCode).toBe(0)
  const { revisions } = await up.get('/v1/calls/pbx-7-20230310-000123')
  expect(revisions.map(({ rating }: { rating: number | null }) => rating)).toEqual([null, 5])
  expect(await up.get('/v1/months/2023-03')).toMatchObject({
    asOf: '2023-03-10T23:59:59+08:00',
    evidence: { calls: 2, tickets: 0 },
    simulated: false,
    kpis: expect.arrayContaining([
      expect.objectContaining({ id: 'connectionRate', numerator: 1, denominator: 1 }),
      expect.objectContaining({ id: 'goodRatingRate', numerator: 1, denominator: 1 }),
    ]),
  })
})
