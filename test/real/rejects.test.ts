/**
 * Bad input on a real broker and a real store: every reason for which a message is not counted, from the wire to what is
 * listed, shown and published again; and fuzzed messages among good ones.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FuzzedMessages } from '../property/fuzz/fuzzed-messages.ts'
import { SecondJudge } from '../property/fuzz/second-judge.ts'
import { callMessage, ticketMessage, wire } from '../unit/schemas/messages.ts'
import { until } from './local-processes.ts'
import { startUp, type Up } from './steadyline.ts'

const CALLS = 'hotline.calls.v1'
const TICKETS = 'hotline.tickets.v1'
const ARRIVED_AT = Date.UTC(2023, 2, 10, 1)
const FUZZED_COUNT = 3_000

interface Sent {
  value: Buffer | null
  headers?: Record<string, string>
}

/** By reason: what is wrong with the message, and where it is sent. `STORE_REFUSED` has a test of its own. */
const BROKEN: [string, string, Sent][] = [
  ['NOT_WIRE_FORMAT', CALLS, { value: Buffer.from('hello') }],
  ['NOT_WIRE_FORMAT', CALLS, { value: null }],
  ['NOT_WIRE_FORMAT', TICKETS, { value: null, headers: { 'steadyline-watermark': 'soon' } }],
  ['UNKNOWN_SCHEMA', CALLS, { value: wire(99, Buffer.alloc(3)) }],
  ['UNKNOWN_SCHEMA', TICKETS, { value: callMessage() }],
  ['UNDECODABLE', TICKETS, { value: Buffer.concat([ticketMessage(), Buffer.alloc(1)]) }],
  ['BAD_ID', CALLS, { value: callMessage({ call_id: '' }) }],
  ['BAD_ID', TICKETS, { value: ticketMessage({ ticket_id: '热'.repeat(65) }) }],
  ['BAD_REVISION', CALLS, { value: callMessage({ revision: 0 }) }],
  ['ANSWERED_WITHOUT_QUEUE', CALLS, { value: callMessage({ queued_at: null }) }],
  ['ORDER_OF_INSTANTS', TICKETS, { value: ticketMessage({ closed_at: ARRIVED_AT - 1 }) }],
  ['INSTANT_OUT_OF_RANGE', CALLS, { value: callMessage({ emitted_at: Date.UTC(2100, 0, 1) }) }],
  ['BAD_RATING', TICKETS, { value: ticketMessage({ satisfaction: 6 }) }],
  ['FIELD_TOO_LONG', CALLS, { value: callMessage({ line: '9'.repeat(257) }) }],
]

let up: Up
beforeAll(async () => {
  up = await startUp(['--empty'], { env: { LOG_LEVEL: 'trace' } })
})
afterAll(() => up.stop())

async function publish(topic: string, messages: Sent[]): Promise<void> {
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  // All to one partition: what follows a bad message waits behind it.
  for (let from = 0; from < messages.length; from += 200) {
    const some = messages.slice(from, from + 200).map((message) => ({ partition: 0, ...message }))
    await producer.send({ topic, acks: -1, messages: some })
  }
  await producer.disconnect()
}

/** Everything that is in Kafka now has been counted. */
async function counted(): Promise<void> {
  const isCounted = async () => {
    const { topics } = await up.get('/v1/freshness')
    return topics.every(({ lagCount }: any) => lagCount === 0)
  }
  await until('everything is counted', isCounted)
}

const listed = () => up.get('/v1/rejects?limit=1000')

async function factCounts(): Promise<{ calls: number; tickets: number }> {
  const [row] = await up.rows(
    'SELECT (SELECT count() FROM call_facts FINAL)::UInt32 AS calls, (SELECT count() FROM ticket_facts FINAL)::UInt32 AS tickets',
  )
  return row
}

test('every reason is told of the message it is about, and the messages behind are counted', async () => {
  for (const [at, [, topic, message]] of BROKEN.entries()) {
    const good =
      topic === CALLS ? callMessage({ call_id: `behind-${at}` }) : ticketMessage({ ticket_id: `behind-${at}` })
    await publish(topic, [message, { value: good }])
  }
  await counted()
  const calls = BROKEN.filter(([, topic]) => topic === CALLS).length
  expect(await factCounts()).toEqual({ calls, tickets: BROKEN.length - calls })
  const { total, byCode, records } = await listed()
  const expected: Record<string, number> = {}
  for (const [code] of BROKEN) expected[code] = (expected[code] ?? 0) + 1
  expect({ total, byCode }).toEqual({ total: BROKEN.length, byCode: expected })
  // Each good message has the offset behind a bad one.
  const places = (wanted: string) => BROKEN.filter(([, topic]) => topic === wanted).map(([code], at) => [code, 2 * at])
  for (const wanted of [CALLS, TICKETS]) {
    const found = records.filter(({ topic }: any) => topic === wanted).map(({ code, offset }: any) => [code, offset])
    expect(found).toEqual(places(wanted))
  }
  const printed = JSON.parse((await up.run('rejects', 'list', '--format', 'json')).stdout)
  expect(printed).toEqual({ total, byCode, records })
})

test('one is shown with what it holds when it is asked for by its place', async () => {
  const { records } = await listed()
  const { topic, partition, offset } = records.find(({ code }: any) => code === 'BAD_RATING')
  const shown = await up.run('rejects', 'show', `${topic}:${partition}:${offset}`, '--format', 'json')
  expect(JSON.parse(shown.stdout)).toMatchObject({
    code: 'BAD_RATING',
    reason: 'satisfaction is 6, expected 1 to 5',
    valueHex: ticketMessage({ satisfaction: 6 }).toString('hex'),
    fields: { ticket_id: 't-1', satisfaction: 6 },
  })
  expect(await up.run('rejects', 'show', `${CALLS}:0:1`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('holds no message of hotline.calls.v1/0@1'),
  })
})

test('no log holds a caller or a record, at any level, whatever is sent and asked', async () => {
  const pseudonym = 'pseudonym-7f3a91'
  const id = 'call-of-nobody-else'
  const right = callMessage({ call_id: id, caller: pseudonym })
  const wrong = callMessage({ call_id: id, caller: pseudonym, rating: 6 })
  await publish(CALLS, [{ value: right }, { value: wrong }, { value: Buffer.from(pseudonym) }])
  await counted()
  expect((await up.get(`/v1/calls/${id}`)).revisions[0].caller).toBe(pseudonym)
  const base = `http://127.0.0.1:${up.port}`
  for (const [path, status] of [
    [`/v1/calls?from=2023-03-10&to=2023-03-11&outcome=${pseudonym}`, 400],
    [`/v1/calls/${pseudonym}`, 404],
    [`/v1/callers/${pseudonym}`, 404],
    [`/v1/calls?from=2023-03-10&to=2023-03-11&line=${pseudonym}`, 200],
  ] as const)
    expect([path, (await fetch(`${base}${path}`)).status]).toEqual([path, status])
  const logs = join(up.folder, 'logs')
  const texts = [up.said(), ...readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'))]
  expect(texts.join('').length).toBeGreaterThan(1_000)
  for (const text of texts) for (const secret of [pseudonym, id]) expect(text).not.toContain(secret)
})

test('what the store refuses is a reject of that one record; after mending it is published again and counts once', async () => {
  const before = await factCounts()
  await up.rows("ALTER TABLE call_facts ADD CONSTRAINT no_poison CHECK call_id != 'poison'")
  const good = Array.from({ length: 40 }, (_, at) => ({ value: callMessage({ call_id: `beside-${at}` }) }))
  await publish(CALLS, [...good.slice(0, 13), { value: callMessage({ call_id: 'poison' }) }, ...good.slice(13)])
  await counted()
  expect((await listed()).byCode.STORE_REFUSED).toBe(1)
  expect((await factCounts()).calls).toBe(before.calls + 40)

  await up.rows('ALTER TABLE call_facts DROP CONSTRAINT no_poison')
  for (let time = 0; time < 2; time++) {
    const done = await up.run('rejects', 'republish', '--code', 'STORE_REFUSED')
    expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published 1 messages again') })
    await counted()
    expect((await factCounts()).calls).toBe(before.calls + 41)
  }
})

test('what is published again and still wrong is rejected again, and no figure moves; of equal ones one is sent', async () => {
  const before = await factCounts()
  const { total } = await listed()
  const filter = ['--topic', TICKETS, '--partition', '0']
  const first = await up.run('rejects', 'republish', ...filter)
  await counted()
  // Of the tickets' rejects one has no value.
  const wrong = BROKEN.filter(([, topic, { value }]) => topic === TICKETS && value !== null).length
  expect(first.stdout).toContain(`Published ${wrong} messages again`)
  expect((await listed()).total).toBe(total + wrong)
  const again = await up.run('rejects', 'republish', '--topic', TICKETS)
  expect(again.stdout).toContain(`Published ${wrong} messages again (${wrong} more are equal`)
  await counted()
  expect(await factCounts()).toEqual(before)
})

test('fuzzed messages and a flush that spans a hundred years leave no offset behind, and the log reconciles', async () => {
  const before = { ...(await factCounts()), rejects: (await listed()).total }
  const judged = { calls: new Set<string>(), tickets: new Set<string>(), rejects: 0 }
  for (const [topic, record, facts] of [
    [CALLS, 'call.v1', judged.calls],
    [TICKETS, 'ticket.v1', judged.tickets],
  ] as const) {
    const fuzzed = new FuzzedMessages(8, record)
    const judge = new SecondJudge(record)
    const messages = Array.from({ length: FUZZED_COUNT }, () => fuzzed.next()).filter(({ value }) => value !== null)
    for (const { value } of messages) if (judge.judge(value).code === null) facts.add(value!.toString('base64'))
    await publish(
      topic,
      messages.map(({ value }) => ({ value })),
    )
  }
  const centuries = Array.from({ length: 110 }, (_, at) => {
    const arrived_at = Date.UTC(1990 + at, 5, 15)
    const instants = { arrived_at, queued_at: arrived_at, answered_at: arrived_at, ended_at: arrived_at }
    return { value: callMessage({ call_id: `year-${at}`, ...instants, emitted_at: arrived_at }) }
  })
  await publish(CALLS, centuries)
  await counted()
  const after = await factCounts()
  // Where the other judge is too kind (text that is no UTF-8) there are fewer facts.
  expect(after.calls - before.calls).toBeGreaterThan(centuries.length + FUZZED_COUNT / 5)
  expect(after.calls - before.calls).toBeLessThanOrEqual(centuries.length + judged.calls.size)
  expect(after.tickets - before.tickets).toBeLessThanOrEqual(judged.tickets.size)
  const years = await up.rows(
    'SELECT count() AS years FROM (SELECT toYear(cell) AS year FROM call_cells FINAL GROUP BY year)',
  )
  expect(Number(years[0].years)).toBe(110)
  expect(await up.run('reconcile', '--log')).toMatchObject({ exitCode: 0 })
})
