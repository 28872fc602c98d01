/**
 * A capture made by another program: shuffled, duplicated, revisions out of order, one revision with two contents, bad
 * records. Its figures were computed by that program, in another language.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callMessage, ticketMessage, wire } from '../unit/schemas/messages.ts'
import { startUp, type Up } from './steadyline.ts'

const CAPTURE = fileURLToPath(new URL('../fixtures/captures/small/', import.meta.url))
const expected = JSON.parse(readFileSync(`${CAPTURE}expected.json`, 'utf8'))

/** Messages that no capture can hold, straight to the broker. */
const BROKEN: [string, Buffer | null][] = [
  ['NOT_WIRE_FORMAT', null],
  ['NOT_WIRE_FORMAT', Buffer.from('hello')],
  ['NOT_WIRE_FORMAT', Buffer.from([0, 0, 0, 1])],
  ['UNKNOWN_SCHEMA', wire(99, Buffer.alloc(3))],
  ['UNKNOWN_SCHEMA', ticketMessage()],
  ['UNDECODABLE', wire(1, Buffer.alloc(3))],
  ['UNDECODABLE', Buffer.concat([callMessage(), Buffer.from([1])])],
  ['FIELD_TOO_LONG', callMessage({ call_id: 'too-long', line: '热'.repeat(86) })],
]

let up: Up
beforeAll(async () => {
  up = await startUp(['--empty'])
})
afterAll(() => up.stop())

async function replayAndWait(): Promise<void> {
  expect(await up.run('replay', '--from', CAPTURE)).toMatchObject({ exitCode: 0 })
  expect(await up.run('wait', '--timeout', '5m')).toMatchObject({ exitCode: 0 })
}

async function publish(
  topic: string,
  messages: { key: string; value: Buffer | null; headers?: Record<string, string> }[],
): Promise<void> {
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, acks: -1, messages })
  await producer.disconnect()
}

async function expectFigures(): Promise<void> {
  const year = await up.get('/v1/years/2023')
  const kpis = Object.fromEntries(
    year.kpis.map(({ id, numerator, denominator }: any) => [id, { numerator, denominator }]),
  )
  expect(kpis).toEqual(Object.fromEntries(Object.keys(kpis).map((id) => [id, expected.kpis[id]])))
  expect(Object.keys(kpis).sort()).toEqual(Object.keys(expected.kpis).sort())
}

describe('replayed into an empty store', () => {
  test('every KPI of the year equals the independent computation', async () => {
    await replayAndWait()
    await expectFigures()
  })

  test('every hour and every line does too, and an hour without calls has no rate', async () => {
    const { points } = await up.get('/v1/rates?grain=hour&from=2023-01-01&to=2024-01-01')
    expect(points).toHaveLength(8_760)
    const hours = Object.fromEntries(
      points
        .filter(({ offeredCount }: any) => offeredCount > 0)
        .map(({ startAt, offeredCount, answeredCount }: any) => [startAt, [offeredCount, answeredCount]]),
    )
    expect(hours).toEqual(expected.hours)
    expect(points.filter(({ offeredCount }: any) => offeredCount === 0).every(({ ratio }: any) => ratio === null)).toBe(
      true,
    )
    for (const [line, [offered, answered]] of Object.entries<[number, number]>(expected.lines)) {
      const { points } = await up.get(
        `/v1/rates?grain=month&from=2023-01-01&to=2024-01-01&line=${encodeURIComponent(line)}`,
      )
      const sum = (name: string) => points.reduce((total: number, point: any) => total + point[name], 0)
      expect([line, sum('offeredCount'), sum('answeredCount')]).toEqual([line, offered, answered])
    }
  })

  test('facts, rejects by code and offsets add up', async () => {
    const [facts] = await up.rows(
      'SELECT (SELECT count() FROM call_facts FINAL) AS calls, (SELECT count() FROM ticket_facts FINAL) AS tickets',
    )
    expect({ calls: Number(facts.calls), tickets: Number(facts.tickets) }).toEqual(expected.facts)
    const { stdout } = await up.run('rejects', 'list', '--format', 'json')
    expect(JSON.parse(stdout).byCode).toEqual(expected.rejects)
    const sums = await up.rows(
      'SELECT topic, sum(fact_records + reject_records)::UInt32 AS records, sum(heartbeats)::UInt32 AS heartbeats, sum(gap_offsets)::UInt32 AS gaps, sum(next_offset - from_offset)::UInt32 AS offsets FROM progress FINAL GROUP BY topic ORDER BY topic',
    )
    expect(sums).toEqual([
      {
        topic: 'hotline.calls.v1',
        records: expected.delivered.calls,
        heartbeats: 1,
        gaps: 0,
        offsets: expected.delivered.calls + 1,
      },
      {
        topic: 'hotline.tickets.v1',
        records: expected.delivered.tickets,
        heartbeats: 1,
        gaps: 0,
        offsets: expected.delivered.tickets + 1,
      },
    ])
  })

  test('replayed again, nothing changes but the number of messages', async () => {
    const before = await up.get('/v1/years/2023')
    await replayAndWait()
    const after = await up.get('/v1/years/2023')
    expect(after.kpis).toEqual(before.kpis)
    expect(after.evidence).toEqual(before.evidence)
  })

  test('messages that no capture can hold are counted under their codes, and the partition goes on', async () => {
    await publish(
      'hotline.calls.v1',
      BROKEN.map(([, value], index) => ({ key: `broken-${index}`, value })),
    )
    await publish('hotline.calls.v1', [
      { key: 'broken-heartbeat', value: null, headers: { 'steadyline-watermark': 'soon' } },
    ])
    expect(await up.run('wait', '--timeout', '5m')).toMatchObject({ exitCode: 0 })
    const { byCode, records } = JSON.parse((await up.run('rejects', 'list', '--format', 'json')).stdout)
    const added = (code: string) => (byCode[code] ?? 0) - 2 * (expected.rejects[code] ?? 0)
    expect({
      wire: added('NOT_WIRE_FORMAT'),
      schema: added('UNKNOWN_SCHEMA'),
      decode: added('UNDECODABLE'),
      long: added('FIELD_TOO_LONG'),
    }).toEqual({
      wire: 4,
      schema: 2,
      decode: 2,
      long: 1,
    })
    expect(records[0]).toMatchObject({
      topic: expect.any(String),
      partition: expect.any(Number),
      offset: expect.any(Number),
      reason: expect.any(String),
    })
    await expectFigures()
  })

  test('rejects are published with where they stood and why, and the bytes as they came', async () => {
    const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
    const consumer = kafka.consumer({ groupId: 'test-of-rejects' })
    await consumer.connect()
    await consumer.subscribe({ topics: ['hotline.rejected.v1'], fromBeginning: true })
    const found = await new Promise<any>((resolve) => {
      void consumer.run({
        eachMessage: async ({ message }) => {
          if (message.value?.toString() === 'hello') resolve(message)
        },
      })
    })
    await consumer.disconnect()
    const headers = Object.fromEntries(Object.entries(found.headers).map(([name, value]) => [name, String(value)]))
    expect(headers).toMatchObject({
      topic: 'hotline.calls.v1',
      code: 'NOT_WIRE_FORMAT',
      reason: 'the first byte is 104, expected 0',
    })
    expect(Number(headers.offset)).toBeGreaterThanOrEqual(0)
  })

  test('reconcile and reconcile --log agree; a falsified cell is named, and healed by --repair', async () => {
    expect(await up.run('reconcile', '--log')).toMatchObject({ exitCode: 0 })
    await up.rows(
      'INSERT INTO call_cells SELECT definitions, cell, evidence + 5 AS evidence, offered + 3 AS offered, * EXCEPT (definitions, cell, evidence, offered) FROM call_cells FINAL WHERE cell = (SELECT min(cell) FROM call_cells WHERE offered > 0 AND toYear(cell) = 2023)',
    )
    const found = await up.run('reconcile')
    expect(found.exitCode).toBe(1)
    expect(found.stdout).toMatch(
      /call cell 2023-01-\d\dT\d\d:\d\d:00\+08:00: evidence is \d+, expected \d+; offered is/,
    )
    expect(await up.run('reconcile', '--repair')).toMatchObject({ exitCode: 0 })
    expect(await up.run('reconcile')).toMatchObject({ exitCode: 0 })
    await expectFigures()
  })
})
