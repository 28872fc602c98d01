/**
 * The promise that everything stands on: any order, any duplication, any split into batches and any number of recomputes
 * of the same records give the same cells, and they are those of an oracle that anyone can read.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalServer } from '../../local/server.ts'
import { startStore } from '../../local/store.ts'
import { ClickHouseStore } from '../../processors/clickhouse-store.ts'
import { Span, TopicIntake } from '../../processors/span.ts'
import { logBatch } from '../unit/processors/log-batch.ts'
import { callMessage } from '../unit/schemas/messages.ts'

const TOPIC = 'hotline.calls.v1'
const FROM_MS = Date.UTC(2022, 11, 31, 15, 0)
const SERIES = {
  name: 'oracle',
  timeZone: 'Asia/Shanghai',
  definitions: { shortAbandonMsMax: 4_000, answerThresholdMs: 10_000, positiveRatingMin: 3, satisfiedMin: 3 },
}

let folder: string
let server: LocalServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-cells-'))
  server = await startStore({ folder: join(folder, 'store'), say: () => {} })
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Sent {
  id: number
  quarter: number
  revision: number
  emission: number
  outcome: string
  inbound: boolean
  queueMs: number | null
  answerMs: number | null
  talkMs: number
  line: string
  caller: string
  rating: number | null
}

const sentCall: fc.Arbitrary<Sent> = fc.record({
  id: fc.integer({ min: 0, max: 6 }),
  quarter: fc.integer({ min: 0, max: 5 }),
  revision: fc.integer({ min: 1, max: 3 }),
  emission: fc.integer({ min: 0, max: 2 }),
  outcome: fc.constantFrom(
    'ANSWERED',
    'WAITING_ABANDONED',
    'RINGING_ABANDONED',
    'IVR_COMPLETED',
    'NO_SEAT',
    'FLOWED_OUT',
    'SYSTEM_FAILED',
    'TEST',
    'VOID',
  ),
  inbound: fc.boolean(),
  queueMs: fc.option(fc.integer({ min: 0, max: 5_000 })),
  answerMs: fc.option(fc.integer({ min: 0, max: 20_000 })),
  talkMs: fc.constantFrom(0, 1, 60_000),
  line: fc.constantFrom('12345', "热线'x"),
  caller: fc.constantFrom('', 'p-1', 'p-2'),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
})

function instantsOf({ quarter, queueMs, answerMs, talkMs, inbound }: Sent) {
  const arrived = FROM_MS + quarter * 900_000 + 899_000
  const queued = queueMs === null ? null : arrived + queueMs
  const answered = answerMs === null || (inbound && queued === null) ? null : (queued ?? arrived) + answerMs
  return { arrived, queued, answered, ended: (answered ?? queued ?? arrived) + talkMs }
}

function bytesOf(sent: Sent): Buffer {
  const { arrived, queued, answered, ended } = instantsOf(sent)
  return callMessage({
    call_id: `c-${sent.id}`,
    revision: sent.revision,
    arrived_at: arrived,
    queued_at: queued,
    answered_at: answered,
    ended_at: ended,
    direction: sent.inbound ? 'INBOUND' : 'OUTBOUND',
    outcome: sent.outcome,
    line: sent.line,
    caller: sent.caller,
    rating: sent.rating,
    emitted_at: ended + sent.emission * 1_000,
  })
}

/** By cell, `evidence offered answered fast abandoned rated good waited outbound`, by reading every record once. */
function oracle(all: Sent[]): Record<string, string> {
  const cells: Record<string, string> = {}
  for (let quarter = 0; quarter <= 5; quarter++) {
    const distinct = [
      ...new Map(
        all.filter((sent) => sent.quarter === quarter).map((sent) => [bytesOf(sent).toString('hex'), sent]),
      ).values(),
    ]
    if (distinct.length === 0) continue
    const sums = { offered: 0, answered: 0, fast: 0, abandoned: 0, rated: 0, good: 0, waited: 0, outbound: 0 }
    for (const id of new Set(distinct.map((sent) => sent.id))) {
      const mine = distinct.filter((sent) => sent.id === id)
      const last = Math.max(...mine.map((sent) => sent.revision))
      const emittedAt = (sent: Sent) => instantsOf(sent).ended + sent.emission * 1_000
      const latest = Math.max(...mine.filter((sent) => sent.revision === last).map(emittedAt))
      const [call] = mine.filter((sent) => sent.revision === last && emittedAt(sent) === latest)
      const { queued, answered, ended } = instantsOf(call!)
      if (['TEST', 'VOID'].includes(call!.outcome)) continue
      if (!call!.inbound) sums.outbound++
      if (!call!.inbound || queued === null) continue
      const spoke = answered !== null && ended > answered
      const gaveUp = !spoke && call!.outcome.endsWith('_ABANDONED') && call!.outcome !== 'IVR_ABANDONED'
      if (gaveUp && ended - queued <= 4_000) continue
      sums.offered++
      if (gaveUp) sums.abandoned++
      if (!spoke) continue
      sums.answered++
      sums.waited += answered - queued
      if (answered - queued <= 10_000) sums.fast++
      if (call!.rating !== null) sums.rated++
      if (call!.rating !== null && call!.rating >= 3) sums.good++
    }
    cells[String(FROM_MS / 1_000 + quarter * 900)] = [distinct.length, ...Object.values(sums)].join(' ')
  }
  return cells
}

/** One revision with two contents and one emission: either may win, so no two such records are sent. */
const withoutTies = (all: Sent[]): Sent[] => {
  const seen = new Map<string, string>()
  return all.filter((sent) => {
    const { arrived, ended } = instantsOf(sent)
    const identity = `${sent.id} ${arrived} ${sent.revision} ${ended + sent.emission * 1_000}`
    const content = bytesOf(sent).toString('hex')
    if (seen.get(identity) === undefined) seen.set(identity, content)
    return seen.get(identity) === content
  })
}

let run = 0
const sending = fc.record({
  records: fc.array(sentCall, { minLength: 1, maxLength: 40 }).map(withoutTies),
  order: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
  batchEnds: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 60, maxLength: 60 }),
  recomputes: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
})

test('any order, duplication, batching and recomputing gives the cells of the oracle', async () => {
  await fc.assert(
    fc.asyncProperty(sending, async ({ records, order, batchEnds, recomputes }) => {
      // Some records come again, and everything in an order of its own.
      const sent = [...records, ...records.filter((_, index) => order[index]! % 3 === 0)]
      const shuffled = sent
        .map((record, index) => ({ record, rank: order[index % order.length]! + index / 100 }))
        .sort((a, b) => a.rank - b.rank)
      const database = `run_${run++}`
      const store = new ClickHouseStore({ url: server.address, database })
      await store.begin()
      const dirty = new Set<number>()
      let offset = 0
      for (let batch = 0; offset < shuffled.length; batch++) {
        const messages = shuffled.slice(offset, offset + batchEnds[batch % 60]!)
        const span = new Span()
        const intake = new TopicIntake(TOPIC, 'call.v1')
        intake.take(
          logBatch(
            TOPIC,
            0,
            offset,
            messages.map(({ record }, index) => ({ offset: offset + index, value: bytesOf(record) })),
          ),
          span,
          0,
        )
        offset += messages.length
        expect(span.rejects).toEqual([])
        expect(await store.insertFacts(intake.handOver()!)).toEqual([])
        for (const cellAtMs of span.dirtyCells.call_facts) dirty.add(cellAtMs)
        if (!recomputes[batch % 60]) continue
        await store.recomputeCells('call_facts', [...dirty], SERIES)
        dirty.clear()
      }
      await store.recomputeCells('call_facts', [...dirty], SERIES)
      const client = createClient({ url: server.address, database })
      const answer = await client.query({
        query: `SELECT toString(toUnixTimestamp(cell)) AS cell, concatWithSeparator(' ', evidence, offered, answered, answered_fast, abandoned, rated,
          rated_good, waited_ms, outbound) AS counts FROM call_cells FINAL WHERE definitions = 'oracle'`,
        format: 'JSONEachRow',
      })
      const found = Object.fromEntries(
        (await answer.json<{ cell: string; counts: string }>()).map(({ cell, counts }) => [cell, counts]),
      )
      await client.command({ query: `DROP DATABASE ${database}` })
      await Promise.all([client.close(), store.close()])
      expect(found).toEqual(oracle(records))
    }),
    { numRuns: 40 },
  )
})
