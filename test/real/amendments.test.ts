/** An amendment moves each figure by exactly what it should, and no other, in this year, in the next and in every month. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { aCall, aTicket } from '../unit/kpi/made-by-hand.ts'
import { appOverStore } from './app-over-store.ts'
import { type CallFact, type StoreOfFacts, startStoreOfFacts, type TicketFact } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const DAY_MS = 86_400_000
const at = (text: string) => Date.parse(`${text}+08:00`)
const ARRIVED_AT_MS = at('2023-06-20T09:30:00')
const ACCEPTED_AT_MS = at('2023-12-20T10:00:00')

let content = 0n
const call = (change: Partial<CallFact>): CallFact => ({
  ...aCall({
    arrivedAtMs: ARRIVED_AT_MS,
    queuedAtMs: ARRIVED_AT_MS,
    answeredAtMs: ARRIVED_AT_MS + 5_000,
    endedAtMs: ARRIVED_AT_MS + 65_000,
  }),
  callId: 'amended',
  caller: 'p-of-amended',
  rating: null,
  outcome: 'ANSWERED',
  revision: 1,
  emittedAtMs: ARRIVED_AT_MS + 70_000,
  content: content++,
  ...change,
})
const ticket = (change: Partial<TicketFact>): TicketFact => ({
  ...aTicket({ acceptedAtMs: ACCEPTED_AT_MS }),
  ticketId: 'amended',
  revision: 1,
  status: 'CLOSED',
  resolution: 'DISPATCHED',
  dueAtMs: at('2023-12-28T17:00:00'),
  closedAtMs: at('2023-12-27T12:00:00'),
  followedUpAtMs: null,
  satisfaction: null,
  emittedAtMs: at('2023-12-27T12:00:01'),
  content: content++,
  ...change,
})

let folder: string
let store: StoreOfFacts
let app: FastifyInstance
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-amendments-'))
  store = await startStoreOfFacts(folder, profile)
  app = await appOverStore(answeredProfileOf(profile), store.url)
  await store.addCalls([
    call({}),
    call({
      callId: 'other',
      caller: 'p-other',
      arrivedAtMs: ARRIVED_AT_MS + DAY_MS,
      queuedAtMs: ARRIVED_AT_MS + DAY_MS,
      answeredAtMs: null,
      endedAtMs: ARRIVED_AT_MS + DAY_MS + 9_000,
      outcome: 'WAITING_ABANDONED',
    }),
  ])
  await store.addTickets([ticket({}), ticket({ ticketId: 'other', status: 'DISPATCHED', closedAtMs: null })])
})
afterAll(async () => {
  await app.close()
  await store.stop()
  await rm(folder, { recursive: true, force: true })
})

type Figures = Record<string, string>
async function figures(): Promise<Figures> {
  const found: Figures = {}
  for (const path of ['years/2023', 'years/2024', 'months/2023-06', 'months/2023-12', 'months/2024-01']) {
    const answer = (await app.inject(`/v1/${path}`)).json()
    for (const { id, numerator, denominator } of answer.kpis) found[`${path} ${id}`] = `${numerator}/${denominator}`
  }
  return found
}

/** What an amendment moved: `period kpi: before → after`. */
async function movedBy(amend: () => Promise<void>): Promise<string[]> {
  const before = await figures()
  await amend()
  const after = await figures()
  return Object.keys(after)
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name]} → ${after[name]}`)
}

test('a due date that moves over the end of the year takes the ticket out of one year and puts it into the next', async () => {
  const moved = await movedBy(() =>
    store.addTickets([
      ticket({ revision: 2, dueAtMs: at('2024-01-05T17:00:00'), emittedAtMs: at('2023-12-29T09:00:00') }),
    ]),
  )
  expect(moved).toEqual([
    'years/2023 closureRateOfDue: 1/2 → 0/1',
    'years/2023 onTimeClosureRate: 1/2 → 0/1',
    'years/2024 closureRateOfDue: 0/0 → 1/1',
    'years/2024 onTimeClosureRate: 0/0 → 1/1',
    'months/2023-12 closureRateOfDue: 1/2 → 0/1',
    'months/2023-12 onTimeClosureRate: 1/2 → 0/1',
    'months/2024-01 closureRateOfDue: 0/0 → 1/1',
    'months/2024-01 onTimeClosureRate: 0/0 → 1/1',
  ])
})

test('a ticket that is opened again is closed no more', async () => {
  const moved = await movedBy(() =>
    store.addTickets([
      ticket({
        revision: 3,
        status: 'DISPATCHED',
        closedAtMs: null,
        dueAtMs: at('2024-01-05T17:00:00'),
        emittedAtMs: at('2023-12-30T09:00:00'),
      }),
    ]),
  )
  expect(moved).toEqual([
    'years/2023 closureRate: 1/2 → 0/2',
    'years/2023 followUpRate: 0/1 → 0/0',
    'years/2024 closureRateOfDue: 1/1 → 0/1',
    'years/2024 onTimeClosureRate: 1/1 → 0/1',
    'months/2023-12 closureRate: 1/2 → 0/2',
    'months/2023-12 followUpRate: 0/1 → 0/0',
    'months/2024-01 closureRateOfDue: 1/1 → 0/1',
    'months/2024-01 onTimeClosureRate: 1/1 → 0/1',
  ])
})

test('a rating that comes a month later counts in the month of the call', async () => {
  const moved = await movedBy(() =>
    store.addCalls([call({ revision: 2, rating: 5, emittedAtMs: ARRIVED_AT_MS + 31 * DAY_MS })]),
  )
  expect(moved).toEqual([
    'years/2023 goodRatingRate: 0/0 → 1/1',
    'years/2023 ratingResponseRate: 0/1 → 1/1',
    'months/2023-06 goodRatingRate: 0/0 → 1/1',
    'months/2023-06 ratingResponseRate: 0/1 → 1/1',
  ])
})

test('a call that is voided is gone from every figure it was in', async () => {
  const moved = await movedBy(() =>
    store.addCalls([call({ revision: 3, outcome: 'VOID', rating: 5, emittedAtMs: ARRIVED_AT_MS + 40 * DAY_MS })]),
  )
  const ofPeriod = (path: string) => [
    `${path} connectionRate: 1/2 → 0/1`,
    `${path} connectionRateByCaller: 1/2 → 0/1`,
    `${path} answeredIn15sOfOffered: 1/2 → 0/1`,
    `${path} answeredIn15sOfAnswered: 1/1 → 0/0`,
    `${path} abandonmentRate: 1/2 → 1/1`,
    `${path} goodRatingRate: 1/1 → 0/0`,
    `${path} ratingResponseRate: 1/1 → 0/0`,
  ]
  expect(moved).toEqual([...ofPeriod('years/2023'), ...ofPeriod('months/2023-06')])
})

test('an older revision that comes late, and a record sent twice, move nothing', async () => {
  const late = call({ revision: 2, rating: 1, emittedAtMs: ARRIVED_AT_MS + 32 * DAY_MS })
  expect(await movedBy(() => store.addCalls([late, late]))).toEqual([])
})
