import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Consumer, Kafka, logLevel, type Producer } from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import type { Call } from '../../kpi/call.ts'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'
import { type RunningProcessor, runProcessor } from '../../processors/run-processor.ts'
import { ClickHouseVerdictStore } from '../../processors/verdicts/clickhouse-verdict-store.ts'
import { judgedProfileOf } from '../../processors/verdicts/judged-profile.ts'
import { VerdictJudge } from '../../processors/verdicts/verdict-judge.ts'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import { createTopics } from '../../producers/kafka-topics.ts'
import { kafkaNamesOf, WATERMARK_HEADER } from '../../schemas/kafka-names.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { decodeVerdict, type VerdictRecord } from '../../schemas/verdict-record.ts'
import { aCall } from '../unit/kpi/made-by-hand.ts'
import { appOverStore } from './app-over-store.ts'
import { until } from './local-processes.ts'

/**
 *  1 March                                            31st: nothing comes     2 April 18–20: nobody is answered
 *  [ . . . 120 calls every evening, 60 in the day . . [ . ]. . . . . . . . . .[####]  heartbeat, then the repair
 */
const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const answered = answeredProfileOf(profile)
const names = kafkaNamesOf(null)
const DAY_MS = 86_400_000
const FROM_AT_MS = Date.parse('2023-03-01T00:00+08:00')
const SILENT = '2023-03-31'
const COLLAPSED = '2023-04-02'
const COMES = { timeout: 60_000, interval: 50 }

let folder: string
let broker: LocalServer
let store: LocalServer
let processor: RunningProcessor
let producer: Producer
let consumer: Consumer
let app: FastifyInstance
let receiver: Server
const published: VerdictRecord[] = []
const posted: { kind: string; verdict?: VerdictRecord }[] = []
const encoder = new AvroEncoder()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline verdicts '))
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      posted.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.end()
    })
  }).listen(0, '127.0.0.1')
  const say = () => {}
  ;[broker, store] = await Promise.all([
    startBroker({ folder: join(folder, 'broker'), say }),
    startStore({ folder: join(folder, 'store'), say }),
  ])
  const kafka = { brokers: [broker.address], tls: false, sasl: null }
  await createTopics(kafka, names)
  const client = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING })
  producer = client.producer()
  consumer = client.consumer({ groupId: 'verdicts-test' })
  await Promise.all([producer.connect(), consumer.connect()])
  await consumer.subscribe({ topic: names.verdicts, fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => void published.push(decodeVerdict(message.value!)) })
  processor = await runProcessor({
    kafka,
    names,
    clickhouse: { url: store.address, database: 'steadyline' },
    series: [{ name: answered.definitions, definitions: profile.definitions, timeZone: profile.timeZone }],
    profiles: [judgedProfileOf(profile)],
    webhookUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    flushRowsMax: 1_000_000,
    flushMsMax: 200,
    sessionMs: 30_000,
    now: Date.now,
    log: pino({ level: 'warn' }),
    onFatal: (error) => {
      throw error
    },
  })
  app = await appOverStore(answered, store.address)
})

afterAll(async () => {
  await processor?.end()
  await Promise.allSettled([consumer?.disconnect(), producer?.disconnect(), app?.close()])
  receiver?.close()
  await Promise.allSettled([broker?.stop(), store?.stop()])
  await rm(folder, { recursive: true, force: true })
})

function evening(date: string): number {
  return Date.parse(`${date}T18:00+08:00`)
}

/** Calls of one local day: 120 in the evening peak, 60 from nine to noon; of all but the collapsed evening 1 in 60 is missed. */
function callsOf(day: number): Call[] {
  const dayAtMs = FROM_AT_MS + day * DAY_MS
  const date = new Date(dayAtMs + 8 * 3_600_000).toISOString().slice(0, 10)
  const at = (hour: number, index: number) => dayAtMs + hour * 3_600_000 + index * 60_000
  const inEvening = date === SILENT ? [] : Array.from({ length: 120 }, (_, index) => at(18, index))
  const inDay = Array.from({ length: 60 }, (_, index) => at(9, index))
  return [...inDay, ...inEvening].map((arrivedAtMs, index) => {
    const isMissed = index % 60 === 7 || (date === COLLAPSED && arrivedAtMs >= evening(COLLAPSED))
    return aCall({
      callId: `call-${date}-${index}`,
      caller: `p-${date}-${index}`,
      arrivedAtMs,
      queuedAtMs: arrivedAtMs + 1_000,
      answeredAtMs: isMissed ? null : arrivedAtMs + 9_000,
      endedAtMs: arrivedAtMs + 50_000,
      agent: isMissed ? null : `seat-${index % 4}`,
      outcome: isMissed ? 'WAITING_ABANDONED' : 'ANSWERED',
      emittedAtMs: arrivedAtMs + 50_000,
    })
  })
}

const calls = Array.from({ length: 33 }, (_, day) => callsOf(day)).flat()

async function publish(records: readonly Call[]): Promise<void> {
  await producer.send({
    topic: names.calls,
    messages: records.map((call) => ({ key: call.callId, value: encoder.encodeCall(call) })),
  })
}

/** Mornings and evenings, one after the other. */
function partsOf(records: readonly Call[]): Call[][] {
  const parts = new Map<number, Call[]>()
  for (const call of records) {
    const part = Math.floor((call.arrivedAtMs - FROM_AT_MS) / (DAY_MS / 2))
    parts.set(part, [...(parts.get(part) ?? []), call])
  }
  return [...parts.entries()].sort(([one], [other]) => one - other).map(([, part]) => part)
}

async function heartbeat(untilInstant: string): Promise<void> {
  await producer.send({
    topic: names.calls,
    messages: [{ partition: 0, value: null, headers: { [WATERMARK_HEADER]: String(Date.parse(untilInstant)) } }],
  })
}

const versionsOf = (window: string) => published.filter((record) => record.window === window)

test('a verdict is on the topic after the watermark has passed', async () => {
  // As a hotline sends them: what a window holds is in the log before anything that ends the window. In one message it
  // would be chance whether the broker has written a day's calls to one partition and not yet to another.
  for (const part of partsOf(calls)) await publish(part)
  await until('the evening before is judged', () => versionsOf('evening@2023-04-01').length > 0)
  expect(versionsOf(`evening@${COLLAPSED}`)).toEqual([])
  await heartbeat(`${COLLAPSED}T22:00+08:00`)
  await until('the collapsed evening is judged', () => versionsOf(`evening@${COLLAPSED}`).length > 0)
  expect(versionsOf(`evening@${COLLAPSED}`)[0]).toMatchObject({
    verdict: 'deviates',
    offered: 120,
    answered: 0,
    abandoned: 120,
    within_tolerance: false,
    base_offered: 33 * 180 - 120,
    base_from: Date.parse('2023-01-01T00:00+08:00'),
    coverage: 'received',
    restates: null,
    simulated: false,
  })
})

test('the first 28 days of records say nothing, later evenings do not deviate', () => {
  expect(versionsOf('evening@2023-03-15')).toMatchObject([{ verdict: 'insufficient', reason: 'first_days' }])
  const others = published.filter(({ window, verdict }) => verdict === 'deviates' && window !== `evening@${COLLAPSED}`)
  expect(others).toEqual([])
})

test('an evening without a single record has no data, and no sentence says that the evenings hold', async () => {
  expect(versionsOf(`evening@${SILENT}`)).toMatchObject([
    { coverage: 'no_data', expected: 120, offered: 0, ratio: null, verdict: 'insufficient', reason: 'no_calls' },
  ])
  const stability = (await app.inject('/v1/stability/2023')).json()
  // January and February, before the first record, have none either.
  const silentInMarch = stability.coverage.noData.filter(({ id }: { id: string }) => id.includes('@2023-03'))
  expect(silentInMarch).toMatchObject([{ id: `evening@${SILENT}`, expectedCount: 120 }])
  expect(stability.sentence.zh).not.toMatch(/晚间高峰（[^）]*）未偏离/)
  expect(stability.sentence.zh).toMatch(/晚间高峰有\d+场无数据/)
})

test('what deviates is posted, once', async () => {
  await until('it is posted', () => posted.length > 0)
  expect(posted).toHaveLength(1)
  expect(posted[0]).toMatchObject({ kind: 'deviates', verdict: { window: `evening@${COLLAPSED}`, answered: 0 } })
})

test('a late batch that repairs the evening restates it; both versions stay readable', async () => {
  const repaired = calls
    .filter(({ arrivedAtMs }) => arrivedAtMs >= evening(COLLAPSED))
    .map((call) => ({
      ...call,
      revision: 2,
      answeredAtMs: call.arrivedAtMs + 9_000,
      outcome: 'ANSWERED' as const,
      emittedAtMs: call.emittedAtMs + DAY_MS,
    }))
  await publish(repaired)
  const isRepaired = () => versionsOf(`evening@${COLLAPSED}`).some(({ answered }) => answered === 120)
  await until('the repaired evening is judged', isRepaired)
  const last = versionsOf(`evening@${COLLAPSED}`).find(({ answered }) => answered === 120)!
  expect(last.restates).not.toBeNull()
  expect(last.verdict).not.toBe('deviates')
  await vi.waitFor(async () => {
    const { verdicts } = (await app.inject(`/v1/verdicts?from=${COLLAPSED}&to=2023-04-03`)).json()
    const versions = verdicts.filter(({ id }: { id: string }) => id === `evening@${COLLAPSED}`)
    expect(versions[0]).toMatchObject({ verdict: 'deviates', answeredCount: 0, status: 'restated', restates: null })
    expect(versions.at(-1)).toMatchObject({ answeredCount: 120, status: 'final', basis: 'year-to-date' })
    expect(versions.at(-1).restates.changes).toContainEqual(
      expect.objectContaining({ field: 'answeredCount', after: 120 }),
    )
  }, COMES)
})

test('no other window was said again, and a second judge has nothing to add', async () => {
  const saidAgain = published.filter(({ restates }) => restates !== null).map(({ window }) => window)
  expect(new Set(saidAgain)).toEqual(new Set([`evening@${COLLAPSED}`]))
  const second = new ClickHouseVerdictStore({ url: store.address, database: 'steadyline' })
  const added: VerdictRecord[] = []
  const judge = new VerdictJudge({
    store: second,
    topic: { publish: async (records) => void added.push(...records), close: async () => {} },
    profiles: [judgedProfileOf(profile)],
    log: pino({ level: 'silent' }),
    onIssued: () => {},
  })
  await judge.begin()
  await judge.judge({ vector: [0], watermarkAtMs: Date.parse(`${COLLAPSED}T22:00+08:00`) })
  expect(added).toEqual([])
  await second.close()
})

test("people's own tools find windows, hours and what was last said", async () => {
  const ask = async <Row>(query: string): Promise<Row[]> => {
    const answer = await fetch(`${store.address}/?database=steadyline`, {
      method: 'POST',
      body: `${query} FORMAT JSON`,
    })
    return ((await answer.json()) as { data: Row[] }).data
  }
  const [peak] = await ask(`SELECT * FROM peak_rates WHERE period = 'evening' AND local_date = '${COLLAPSED}'`)
  expect(peak).toMatchObject({ profile: 'panjin-2023', kind: 'peak', ratio: 1, start_at: `${COLLAPSED} 10:00:00` })
  expect(peak).toHaveProperty('verdict', versionsOf(`evening@${COLLAPSED}`).at(-1)!.verdict)
  const [sums] = await ask(
    `SELECT toUInt32(sum(offered_count)) AS offered, uniq(profile) AS profiles FROM hourly_rates WHERE start_at >= '2023-03-01'`,
  )
  expect(Number((sums as { offered: string }).offered)).toBe(33 * 180 - 120)
  const [unsaid] = await ask(`SELECT verdict FROM peak_rates WHERE period = 'evening' AND local_date = '2023-05-01'`)
  expect(unsaid).toEqual({ verdict: null })
})
