/** Captures made anew: what stays together, what is kept, and that equal seeds give equal bytes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import { holidaysNamed } from '../../../kpi/holidays.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { localDayOf, zoneOf } from '../../../kpi/zone.ts'
import { readRecords } from '../../../producers/capture/decoded-records.ts'
import { generate } from '../../../producers/generate.ts'
import { transformCapture } from '../../../producers/scenario/transform-capture.ts'
import { type Transformation, UNCHANGED } from '../../../producers/scenario/transformation.ts'
import { testFolder } from './folder.ts'
import { at } from './panjin.ts'
import { FORTNIGHT, groupedBy } from './simulated-records.ts'

const SMALL = new URL('../../fixtures/captures/small/', import.meta.url).pathname
const zone = zoneOf('Asia/Shanghai')
const holidays = holidaysNamed('cn')!

interface Records {
  calls: Call[]
  tickets: Ticket[]
}

async function read(folder: string): Promise<Records> {
  const records: Records = { calls: [], tickets: [] }
  await readRecords(folder, {
    takeCall: (call) => void records.calls.push(call),
    takeTicket: (ticket) => void records.tickets.push(ticket),
  })
  return records
}

async function madeAnew(from: string, change: Partial<Transformation>) {
  const into = await testFolder()
  const told = await transformCapture({ transformation: { ...UNCHANGED, ...change }, zone, holidays, from, into })
  return { into, told, ...(await read(into)) }
}

let source: string
let original: Records
beforeAll(async () => {
  source = await mkdtemp(join(tmpdir(), 'steadyline-'))
  await generate({ ...FORTNIGHT, fromAtMs: at('2023-06-19'), scale: 0.2, folder: source })
  original = await read(source)
}, 60_000)
afterAll(() => rm(source, { recursive: true }))

/** Everything a record says but its names and its instants. */
const saidBy = ({ callId, caller, arrivedAtMs, queuedAtMs, answeredAtMs, endedAtMs, emittedAtMs, ...said }: Call) => ({
  ...said,
  queuedMs: queuedAtMs === null ? null : queuedAtMs - arrivedAtMs,
  answeredMs: answeredAtMs === null ? null : answeredAtMs - arrivedAtMs,
  endedMs: endedAtMs - arrivedAtMs,
  emittedMs: emittedAtMs - arrivedAtMs,
})

describe('with nothing changed but the names', () => {
  test('every record stays in its place, at its instants, with all that it says', async () => {
    const { calls, tickets } = await madeAnew(source, { lines: new Set(original.calls.map(({ line }) => line)) })
    expect(calls.map(saidBy)).toEqual(original.calls.map(saidBy))
    expect(calls.map(({ arrivedAtMs }) => arrivedAtMs)).toEqual(original.calls.map(({ arrivedAtMs }) => arrivedAtMs))
    expect(tickets.map(({ emittedAtMs }) => emittedAtMs)).toEqual(
      original.tickets.map(({ emittedAtMs }) => emittedAtMs),
    )
  })

  test('equal ids stay equal, different ones different, and all are new and say that they are simulated', async () => {
    const { calls, tickets } = await madeAnew(source, { lines: new Set(original.calls.map(({ line }) => line)) })
    const renamed = new Map<string, string>()
    for (const [at, { callId }] of original.calls.entries()) {
      expect(renamed.get(callId) ?? calls[at]!.callId).toBe(calls[at]!.callId)
      renamed.set(callId, calls[at]!.callId)
    }
    const names = [...renamed.values()]
    expect(new Set(names).size).toBe(renamed.size)
    expect(names.every((name) => name.startsWith('sim-') && !renamed.has(name))).toBe(true)
    for (const [at, { callId }] of original.tickets.entries()) {
      if (callId !== null) expect(tickets[at]!.callId).toBe(renamed.get(callId))
    }
  })
})

test('equal seeds give equal bytes, other seeds others', async () => {
  const of = async (seed: number) => {
    const { into } = await madeAnew(source, { scale: 1.3, seed })
    return Promise.all(['calls.avro', 'tickets.avro'].map((file) => readFile(join(into, file))))
  }
  const [one, same, other] = [await of(1), await of(1), await of(2)]
  expect(Buffer.compare(one[0]!, same[0]!)).toBe(0)
  expect(Buffer.compare(one[1]!, same[1]!)).toBe(0)
  expect(Buffer.compare(one[0]!, other[0]!)).not.toBe(0)
})

describe('scaled by 1.7', () => {
  test('revisions stay together, in order, on one arrival', async () => {
    const { calls } = await madeAnew(source, { scale: 1.7 })
    const revisionsBefore = groupedBy(original.calls, ({ callId }) => callId)
    const counts = new Set(
      [...revisionsBefore.values()].map((revisions) => revisions.map(({ revision }) => revision).join()),
    )
    for (const revisions of groupedBy(calls, ({ callId }) => callId).values()) {
      expect(new Set(revisions.map(({ arrivedAtMs }) => arrivedAtMs)).size).toBe(1)
      expect(counts).toContain(revisions.map(({ revision }) => revision).join())
    }
  })

  test('every ticket of a call follows it: as many, as long after it', async () => {
    const { calls, tickets } = await madeAnew(source, { scale: 1.7 })
    const arrivals = new Map(calls.map(({ callId, arrivedAtMs }) => [callId, arrivedAtMs]))
    const before = new Map(original.calls.map(({ callId, arrivedAtMs }) => [callId, arrivedAtMs]))
    const delays = (all: readonly Ticket[], of: Map<string, number>) =>
      new Set(
        all.flatMap(({ callId, acceptedAtMs }) =>
          callId !== null && of.has(callId) ? [acceptedAtMs - of.get(callId)!] : [],
        ),
      )
    const allowed = delays(original.tickets, before)
    expect(tickets.filter(({ callId }) => callId !== null && !arrivals.has(callId))).toEqual([])
    for (const delay of delays(tickets, arrivals)) expect(allowed).toContain(delay)
  })

  test('redials stay behind the call they repeat: the same gaps, no others, each once or twice', async () => {
    const { calls } = await madeAnew(source, { scale: 1.7 })
    const [before, after] = [redialGaps(original.calls), redialGaps(calls)]
    expect(before.length).toBeGreaterThan(3)
    expect(new Set(after)).toEqual(new Set(before))
    expect(after.length).toBeGreaterThan(before.length)
    expect(after.length).toBeLessThanOrEqual(2 * before.length)
  })

  test('a copy stays on its local day, within half a quarter-hour of what it copies', async () => {
    const { calls } = await madeAnew(source, { scale: 3 })
    const days = new Set(original.calls.map(({ arrivedAtMs }) => localDayOf(zone, arrivedAtMs)))
    expect(new Set(calls.map(({ arrivedAtMs }) => localDayOf(zone, arrivedAtMs)))).toEqual(days)
    expect(groupedBy(calls, ({ callId }) => callId).size).toBe(
      3 * groupedBy(original.calls, ({ callId }) => callId).size,
    )
  })
})

/** How long after another call of the same caller calls came, where that is less than a quarter-hour, ms. */
function redialGaps(calls: readonly Call[]): number[] {
  const firsts = [...groupedBy(calls, ({ callId }) => callId).values()].map(([first]) => first!)
  const known = firsts.filter(({ caller }) => caller !== '')
  return [...groupedBy(known, ({ caller }) => caller).values()].flatMap((own) => {
    const arrivals = own.map(({ arrivedAtMs }) => arrivedAtMs).sort((one, other) => one - other)
    return arrivals.map((atMs, index) => atMs - (arrivals[index - 1] ?? 0)).filter((gapMs) => gapMs < 900_000)
  })
}

describe('cut', () => {
  test('to a line, only its calls and their tickets are left', async () => {
    const [line] = [...new Set(original.calls.map(({ line: number }) => number))].sort()
    const { calls, tickets } = await madeAnew(source, { lines: new Set([line!]) })
    expect(calls.length).toBe(original.calls.filter((call) => call.line === line).length)
    expect(calls.length).toBeGreaterThan(0)
    expect(new Set(tickets.map((ticket) => ticket.line))).toEqual(new Set([line]))
  })

  test('to a region, a call whose region was mended later is kept whole, by the region of its last revision', async () => {
    const moved = [...groupedBy(original.calls, ({ callId }) => callId).values()].find(
      (revisions) => new Set(revisions.map(({ region }) => region)).size > 1,
    )!
    const last = moved.toSorted((one, other) => one.revision - other.revision).at(-1)!
    const { calls } = await madeAnew(source, { regions: new Set([last.region]) })
    const kept = calls.filter(({ arrivedAtMs }) => arrivedAtMs === last.arrivedAtMs)
    expect(kept.map(({ region }) => region).sort()).toEqual(moved.map(({ region }) => region).sort())
  })
})

test('growth makes one line grow, and no other', async () => {
  const countOf = (calls: readonly Call[], line: string) =>
    groupedBy(
      calls.filter((call) => call.line === line),
      ({ callId }) => callId,
    ).size
  const { calls } = await madeAnew(source, { growth: new Map([['12345', 2]]) })
  const lines = [...new Set(original.calls.map(({ line }) => line))]
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines)
    expect(countOf(calls, line)).toBe(countOf(original.calls, line) * (line === '12345' ? 2 : 1))
})

test('shifted by a week, everything comes a week later and nothing else changes', async () => {
  const { calls, told } = await madeAnew(source, { shift: { monthsCount: 0, daysCount: -7 } })
  const back = calls.map(({ arrivedAtMs }) => arrivedAtMs + 7 * 86_400_000)
  expect(told.shiftedDays!.keepsHolidays).toBe(true)
  expect(new Set(calls.map((call) => JSON.stringify(saidBy(call))))).toEqual(
    new Set(original.calls.map((call) => JSON.stringify(saidBy(call)))),
  )
  // The Dragon Boat holiday (22 to 24 June) and its make-up Sunday have no like a week before, and are told.
  expect(told.shiftedDays!.losses.length).toBeGreaterThan(0)
  expect(back.length).toBe(original.calls.length)
})

test('records that nobody would count are passed over and counted', async () => {
  const { told } = await madeAnew(SMALL, { scale: 2 })
  expect(told.passedOverCount).toBeGreaterThan(0)
  expect(told.callsCount + told.ticketsCount).toBe(2 * (2020 + 2918 - told.passedOverCount))
})
