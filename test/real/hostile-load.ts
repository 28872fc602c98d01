/**
 * Hostile callers: a thousand connections that ask the widest questions there are, some with a key, some with none that
 * is valid, while records stream in. Measured is what it must not harm: how long records wait to be counted, and whether
 * the process is alive.
 */
import autocannon from 'autocannon'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { Call } from '../../kpi/call.ts'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import type { Up } from './steadyline.ts'

const TOPIC = 'hotline.calls.v1'
const RECORDS_PER_TICK = 60
const TICK_MS = 200
const LOOK_MS = 500
/** The widest that each route takes. */
const WIDEST = [
  '/v1/rates?grain=hour&from=2023-01-01&to=2024-01-01',
  '/v1/stability/2023',
  '/v1/peaks?year=2023&line=12345',
  '/v1/evaluations/2023',
  '/v1/years/2023?asOf=2023-06-01',
  '/v1/calls?from=2023-01-01&to=2024-01-01&limit=1000',
  '/v1/tickets?from=2023-01-01&to=2024-01-01&limit=1000',
  '/v1/heatmap?from=2023-01-01&to=2024-01-01',
]

const ARRIVED_AT_MS = Date.UTC(2023, 2, 10, 1)
const CALL: Omit<Call, 'callId'> = {
  revision: 1,
  arrivedAtMs: ARRIVED_AT_MS,
  line: '12345',
  region: '211102',
  direction: 'INBOUND',
  caller: 'p-1',
  queuedAtMs: ARRIVED_AT_MS,
  answeredAtMs: ARRIVED_AT_MS,
  endedAtMs: ARRIVED_AT_MS,
  agent: 'seat-01',
  outcome: 'ANSWERED',
  rating: 5,
  emittedAtMs: ARRIVED_AT_MS,
}

export interface HostileReport {
  askedCount: number
  statuses: Record<string, number>
  /** Connections that were refused or hung. */
  brokenCount: number
  /** Longest that `/health/live` took to answer, ms, and how often it did not. */
  liveMsMax: number
  deadCount: number
  publishedCount: number
  /** The longest that the oldest uncounted record waited, ms. */
  lagMsMax: number
}

export interface HostileLoad {
  seconds: number
  connections: number
  key: string
}

export async function hostileLoad(up: Up, { seconds, connections, key }: HostileLoad): Promise<HostileReport> {
  const base = `http://127.0.0.1:${up.port}`
  const report: HostileReport = {
    askedCount: 0,
    statuses: {},
    brokenCount: 0,
    liveMsMax: 0,
    deadCount: 0,
    publishedCount: 0,
    lagMsMax: 0,
  }
  const keys = [`Bearer ${key}`, `Bearer slk_00000000_${'x'.repeat(43)}`, null]
  const requests = WIDEST.flatMap((path) =>
    keys.map((authorization) => ({ path, headers: authorization === null ? {} : { authorization } })),
  )
  const load = autocannon({ url: base, connections, duration: seconds, timeout: 30, requests })
  const ended = new AbortController()
  const watching = [watchLive(base, report, ended.signal), streamAndWatch(up, report, ended.signal)]
  const result = await load
  ended.abort()
  await Promise.all(watching)
  report.askedCount = result.requests.total
  report.brokenCount = result.errors
  for (const [status, { count }] of Object.entries(result.statusCodeStats ?? {})) report.statuses[status] = count ?? 0
  return report
}

async function watchLive(base: string, report: HostileReport, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const askedMs = performance.now()
    const answer = await fetch(`${base}/health/live`, { signal: AbortSignal.timeout(60_000) }).catch(() => null)
    if (answer?.ok !== true) report.deadCount += 1
    report.liveMsMax = Math.max(report.liveMsMax, performance.now() - askedMs)
    await pauseMs(LOOK_MS)
  }
}

/** Publishes a few hundred calls a second, and looks at the store itself how many of them are counted. */
async function streamAndWatch(up: Up, report: HostileReport, signal: AbortSignal): Promise<void> {
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const encoder = new AvroEncoder()
  const [before] = await up.rows<{ facts: string }>(COUNTED)
  /** How many were published when. */
  const sent: { count: number; atMs: number }[] = []
  let total = 0
  let isStreaming = true
  const streaming = (async () => {
    while (!signal.aborted) {
      const messages = Array.from({ length: RECORDS_PER_TICK }, (_, at) => {
        const callId = `streamed-${total + at}`
        return { key: callId, value: encoder.encodeCall({ ...CALL, callId }) }
      })
      await producer.send({ topic: TOPIC, acks: -1, messages })
      total += messages.length
      sent.push({ count: total, atMs: performance.now() })
      await pauseMs(TICK_MS)
    }
    isStreaming = false
  })()
  let counted = 0
  while (isStreaming || counted < total) {
    const [now] = await up.rows<{ facts: string }>(COUNTED)
    counted = Number(now!.facts) - Number(before!.facts)
    while (sent.length > 0 && sent[0]!.count <= counted) sent.shift()
    const [oldest] = sent
    if (oldest !== undefined) report.lagMsMax = Math.max(report.lagMsMax, performance.now() - oldest.atMs)
    await pauseMs(LOOK_MS)
  }
  await streaming
  await producer.disconnect()
  report.publishedCount = total
}

/** What progress covers: facts whose cells are recomputed, not only inserted. */
const COUNTED = `SELECT sum(fact_records) AS facts FROM progress FINAL WHERE topic = '${TOPIC}'`

function pauseMs(lengthMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, lengthMs))
}
