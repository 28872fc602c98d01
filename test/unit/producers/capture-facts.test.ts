/** Facts back into a capture: whole, in the order of emission, in parts that a store can answer. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import { cellOf } from '../../../kpi/cell.ts'
import type { Range } from '../../../kpi/range.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { readRecords } from '../../../producers/capture/decoded-records.ts'
import { captureFacts } from '../../../producers/capture-facts.ts'
import type { FactSource, FactsOfCell } from '../../../producers/fact-source.ts'
import { testFolder } from './folder.ts'
import { at } from './panjin.ts'
import { callsOf, FORTNIGHT, groupedBy, recordsOf, ticketsOf } from './simulated-records.ts'

const WEEK = { fromAtMs: at('2023-06-19'), toAtMs: at('2023-06-26') }

/** The facts of an array, in the order of the tables; remembers what it was asked. */
class ArraySource implements FactSource {
  readonly asked: { range: Range; count: number }[] = []
  readonly #calls: Call[]
  readonly #tickets: Ticket[]

  constructor(calls: readonly Call[], tickets: readonly Ticket[]) {
    // A fact is one distinct record.
    const distinct = <One>(all: readonly One[]) => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
    this.#calls = distinct(calls).sort((one, other) => (one.callId < other.callId ? -1 : 1))
    this.#tickets = distinct(tickets).sort((one, other) => (one.ticketId < other.ticketId ? -1 : 1))
  }

  factsFromMs = async () => 0
  callCells = async (range: Range) =>
    cellsOf(
      this.#calls.map(({ arrivedAtMs }) => arrivedAtMs),
      range,
    )
  ticketCells = async (range: Range) =>
    cellsOf(
      this.#tickets.map(({ acceptedAtMs }) => acceptedAtMs),
      range,
    )

  async calls(range: Range): Promise<Call[]> {
    return this.#asked(
      range,
      this.#calls.filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs)),
    )
  }

  async tickets(range: Range): Promise<Ticket[]> {
    return this.#asked(
      range,
      this.#tickets.filter(({ acceptedAtMs }) => isIn(range, acceptedAtMs)),
    )
  }

  #asked<One>(range: Range, answer: One[]): One[] {
    this.asked.push({ range, count: answer.length })
    return answer
  }
}

const isIn = ({ fromAtMs, toAtMs }: Range, atMs: number) => atMs >= fromAtMs && atMs < toAtMs

function cellsOf(instants: readonly number[], range: Range): FactsOfCell[] {
  const cells = groupedBy(
    instants.filter((atMs) => isIn(range, atMs)),
    cellOf,
  )
  return [...cells]
    .map(([cellAtMs, own]) => ({ cellAtMs, factsCount: own.length }))
    .sort((one, other) => one.cellAtMs - other.cellAtMs)
}

const records = recordsOf({ ...FORTNIGHT, ...WEEK, scale: 0.3 })
const source = () => new ArraySource(callsOf(records), ticketsOf(records))

test('every fact of the period comes once, as it was emitted, and is asked for in parts', async () => {
  const range = { fromAtMs: at('2023-06-20'), toAtMs: at('2023-06-22', '10:07') } // ends within a quarter-hour
  const facts = source()
  const folder = await testFolder()
  const captured = await captureFacts({ source: facts, range, folder, factsPerQueryMax: 100 })
  const calls: Call[] = []
  const tickets: Ticket[] = []
  await readRecords(folder, {
    takeCall: (call) => void calls.push(call),
    takeTicket: (ticket) => void tickets.push(ticket),
  })
  expect(captured).toEqual({ callsCount: calls.length, ticketsCount: tickets.length, isSimulated: true })
  const byEmission = (one: { emittedAtMs: number }, other: { emittedAtMs: number }) =>
    one.emittedAtMs - other.emittedAtMs
  expect(calls).toEqual((await source().calls(range)).sort(byEmission))
  expect(tickets).toEqual((await source().tickets(range)).sort(byEmission))
  expect(calls.length).toBeGreaterThan(500)
  expect(facts.asked.length).toBeGreaterThan(10)
  for (const { range: part } of facts.asked)
    expect(part.toAtMs % 900_000 === 0 || part.toAtMs === range.toAtMs).toBe(true)
  for (const { count } of facts.asked) expect(count).toBeLessThanOrEqual(100)
})

test('equal facts give equal bytes, and nothing but the capture is left behind', async () => {
  const folders = [await testFolder(), await testFolder()] as const
  for (const folder of folders) await captureFacts({ source: source(), range: WEEK, folder })
  expect((await readdir(folders[0])).sort()).toEqual(['calls.avro', 'tickets.avro'])
  for (const file of ['calls.avro', 'tickets.avro']) {
    const [one, other] = await Promise.all(folders.map((folder) => readFile(join(folder, file))))
    expect(Buffer.compare(one!, other!)).toBe(0)
  }
})

test('a period without facts is a capture without records', async () => {
  const folder = await testFolder()
  const range = { fromAtMs: at('2020-01-01'), toAtMs: at('2020-02-01') }
  expect(await captureFacts({ source: source(), range, folder })).toEqual({
    callsCount: 0,
    ticketsCount: 0,
    isSimulated: false,
  })
  expect((await readdir(folder)).sort()).toEqual(['calls.avro', 'tickets.avro'])
})

test('a store that fails in between leaves the capture that was there before', async () => {
  const folder = await testFolder()
  await captureFacts({ source: source(), range: WEEK, folder })
  const before = await readFile(join(folder, 'calls.avro'))
  const failing = source()
  failing.tickets = () => Promise.reject(new Error('the store is away'))
  await expect(captureFacts({ source: failing, range: WEEK, folder })).rejects.toThrow('the store is away')
  expect((await readdir(folder)).sort()).toEqual(['calls.avro', 'tickets.avro'])
  expect(Buffer.compare(await readFile(join(folder, 'calls.avro')), before)).toBe(0)
})
