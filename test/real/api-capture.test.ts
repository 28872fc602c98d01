/**
 * A capture made by another program, with the figures that it must give (test/fixtures/captures/small): shuffled, some
 * records twice, revisions out of order, one revision with two contents, some invalid. From its bytes to the answers,
 * without Kafka between.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'avsc'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { CaptureReader } from '../../producers/capture-reader.ts'
import { CALL_SCHEMA } from '../../schemas/call-fact.ts'
import { FactDecoder } from '../../schemas/fact-decoder.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { TICKET_SCHEMA } from '../../schemas/ticket-fact.ts'
import { type RecordName, schemaIdOf, WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import { appOverStore } from './app-over-store.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const CAPTURE = 'test/fixtures/captures/small'
const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))

interface Expected {
  kpis: Record<string, { numerator: number; denominator: number }>
  /** Offered and answered, by the start of the hour; hours without calls left out. */
  hours: Record<string, [number, number]>
  lines: Record<string, [number, number]>
  rejects: Record<string, number>
}
const expected = JSON.parse(readFileSync(`${CAPTURE}/expected.json`, 'utf8')) as Expected

let folder: string
let store: StoreOfFacts
let app: FastifyInstance
const rejects: Record<string, number> = {}
/** Accepted records as a general Avro library reads them. */
const accepted: Record<'calls' | 'tickets', any[]> = { calls: [], tickets: [] }
const types = { calls: Type.forSchema(CALL_SCHEMA as never), tickets: Type.forSchema(TICKET_SCHEMA as never) }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline capture '))
  store = await startStoreOfFacts(folder, profile)
  await takeIn('calls', 'call.v1')
  await takeIn('tickets', 'ticket.v1')
  app = await appOverStore(answeredProfileOf(profile), store.url)
})

afterAll(async () => {
  await app?.close()
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function takeIn(file: 'calls' | 'tickets', record: RecordName): Promise<void> {
  const decoder = new FactDecoder(record)
  const block = decoder.emptyBlock()
  const cellsAtMs = new Set<number>()
  const reader = await CaptureReader.open(`${CAPTURE}/${file}.avro`, record)
  for (; reader.datum !== null; reader.advance() || (await reader.fill())) {
    const message = Buffer.alloc(WIRE_HEADER_BYTES + reader.datum.body.length)
    message.writeUInt32BE(schemaIdOf(record), 1)
    message.set(reader.datum.body, WIRE_HEADER_BYTES)
    const rejection = decoder.write(message, block)
    if (rejection !== null) {
      rejects[rejection.code] = (rejects[rejection.code] ?? 0) + 1
      continue
    }
    accepted[file].push(types[file].fromBuffer(Buffer.from(reader.datum.body)))
    cellsAtMs.add(decoder.cellAtMs)
  }
  await reader.close()
  await store.addRows({ table: decoder.table, block, batches: [], indexes: [] })
  await store.recompute(decoder.table, [...cellsAtMs])
}

const ask = async (url: string) => (await app.inject(url)).json()

test('every bad record is refused under its code', () => {
  expect(rejects).toEqual(expected.rejects)
})

test('every KPI of the year agrees', async () => {
  const { kpis } = await ask('/v1/years/2023')
  const said = kpis.map(({ id, numerator, denominator }: { id: string; numerator: number; denominator: number }) => [
    id,
    { numerator, denominator },
  ])
  expect(Object.fromEntries(said)).toEqual(expected.kpis)
})

test('every hour of the year agrees', async () => {
  const { points } = await ask('/v1/rates?grain=hour&from=2023-01-01&to=2024-01-01')
  const said = points
    .filter(({ offeredCount }: { offeredCount: number }) => offeredCount > 0)
    .map((point: { startAt: string; offeredCount: number; answeredCount: number }) => [
      point.startAt,
      [point.offeredCount, point.answeredCount],
    ])
  expect(Object.fromEntries(said)).toEqual(expected.hours)
})

test.each(Object.entries(expected.lines))('line %s agrees, whatever its name holds', async (line, counts) => {
  const { points } = await ask(`/v1/rates?grain=month&from=2023-01-01&to=2024-01-01&line=${encodeURIComponent(line)}`)
  const sum = (name: string) => points.reduce((total: number, point: Record<string, number>) => total + point[name]!, 0)
  expect([sum('offeredCount'), sum('answeredCount')]).toEqual(counts)
})

/** The winners of what was emitted until an instant, by reading everything. */
function winnersUntil(records: any[], id: string, instant: string, untilAtMs: number): any[] {
  const winners = new Map<string, any>()
  for (const record of records) {
    if (record.emitted_at > untilAtMs) continue
    const key = `${record[id]} ${record[instant]}`
    const known = winners.get(key)
    const isLater =
      known === undefined ||
      record.revision > known.revision ||
      (record.revision === known.revision && record.emitted_at > known.emitted_at)
    if (isLater) winners.set(key, record)
  }
  return [...winners.values()]
}

const instants = [
  '2023-01-20',
  '2023-03-01T12:00',
  '2023-04-15',
  '2023-06-01',
  '2023-07-04T08:30',
  '2023-09-09',
  '2023-10-31',
  '2023-12-31',
  '2024-01-20',
  '2024-12-31',
]
test.each(instants)('the year as it was emitted until %s, by brute force over the capture', async (asOf) => {
  const untilAtMs = Date.parse(`${asOf.includes('T') ? asOf : `${asOf}T00:00`}:00+08:00`)
  const isOf2023 = (atMs: number | null) => atMs !== null && new Date(atMs + 8 * 3_600_000).getUTCFullYear() === 2023
  const calls = winnersUntil(accepted.calls, 'call_id', 'arrived_at', untilAtMs).filter((call) =>
    isOf2023(call.arrived_at),
  )
  const offered = calls.filter(
    (call) =>
      call.direction === 'INBOUND' &&
      call.queued_at !== null &&
      !['TEST', 'BLACKLISTED', 'VOID'].includes(call.outcome),
  )
  const answered = offered.filter((call) => call.answered_at !== null && call.ended_at > call.answered_at)
  const tickets = winnersUntil(accepted.tickets, 'ticket_id', 'accepted_at', untilAtMs)
  const ofYear = tickets.filter((ticket) => isOf2023(ticket.accepted_at) && ticket.status !== 'VOID')
  const due = tickets.filter((ticket) => isOf2023(ticket.due_at) && !['VOID', 'WITHDRAWN'].includes(ticket.status))
  const expectedCounts = {
    connectionRate: [answered.length, offered.length],
    goodRatingRate: [
      answered.filter((call) => call.rating >= 3).length,
      answered.filter((call) => call.rating !== null).length,
    ],
    directResolutionRate: [ofYear.filter((ticket) => ticket.resolution === 'DIRECT').length, ofYear.length],
    closureRate: [
      ofYear.filter((ticket) => ticket.status === 'CLOSED').length,
      ofYear.filter((ticket) => ticket.status !== 'WITHDRAWN').length,
    ],
    satisfactionRate: [
      ofYear.filter((ticket) => ticket.satisfaction >= 3).length,
      ofYear.filter((ticket) => ticket.satisfaction !== null).length,
    ],
    closureRateOfDue: [due.filter((ticket) => ticket.status === 'CLOSED').length, due.length],
  }
  const { kpis } = await ask(`/v1/years/2023?asOf=${asOf}`)
  const said = Object.fromEntries(kpis.map(({ id, numerator, denominator }: any) => [id, [numerator, denominator]]))
  expect(said).toMatchObject(expectedCounts)
})
