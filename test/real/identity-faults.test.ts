/** Identities that were sent inconsistently are counted over every fact, and are no difference of any figure. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ClickHouseAuditedStore } from '../../processors/reconcile/clickhouse-audited-store.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { RandomFacts } from './random-facts.ts'
import { type StoreOfFacts, startStoreOfFacts } from './store-of-facts.ts'

const FILE = 'profiles/panjin-2023.yaml'
const random = new RandomFacts(31)
/** Identities of their own: the generator may draw one twice. */
const calls = random.calls(400).map((call, index) => ({ ...call, callId: `c-${index}`, revision: 1 }))
const tickets = random.tickets(200).map((ticket, index) => ({ ...ticket, ticketId: `t-${index}`, revision: 1 }))
const HOUR_MS = 3_600_000

let folder: string
let store: StoreOfFacts
let audited: ClickHouseAuditedStore

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-identities-'))
  store = await startStoreOfFacts(folder, parseProfile(FILE, readFileSync(FILE, 'utf8')))
  audited = new ClickHouseAuditedStore(store)
})

afterAll(async () => {
  await audited?.close()
  await store?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('duplicates and amendments are none; a moved instant and a reused revision are, each identity once', async () => {
  await store.addCalls(calls)
  await store.addCalls(calls.slice(0, 100)) // the same again
  await store.addCalls(calls.slice(0, 50).map((call) => ({ ...call, revision: 2, content: call.content + 1n })))
  await store.addTickets(tickets)
  expect(await audited.identityFaultCounts()).toEqual({ IDENTITY_MOVED: 0, REVISION_REUSED: 0 })

  const moved = (byMs: number) => (call: (typeof calls)[number]) => ({ ...call, arrivedAtMs: call.arrivedAtMs - byMs })
  await store.addCalls([...calls.slice(0, 3).map(moved(HOUR_MS)), ...calls.slice(2, 4).map(moved(2 * HOUR_MS))]) // the third twice
  await store.addTickets(
    tickets.slice(0, 2).map((ticket) => ({ ...ticket, acceptedAtMs: ticket.acceptedAtMs - HOUR_MS })),
  )
  await store.addCalls(calls.slice(10, 15).map((call) => ({ ...call, content: call.content + 7n })))
  await store.addTickets([{ ...tickets[20]!, emittedAtMs: tickets[20]!.emittedAtMs + 1 }])
  expect(await audited.identityFaultCounts()).toEqual({ IDENTITY_MOVED: 4 + 2, REVISION_REUSED: 5 + 1 })
  const named = (await audited.identityFaults(100)).map(({ code, id }) => `${code} ${id}`)
  const expected = [
    ...[0, 1, 2, 3].map((place) => `IDENTITY_MOVED c-${place}`),
    ...[0, 1].map((place) => `IDENTITY_MOVED t-${place}`),
    ...[10, 11, 12, 13, 14].map((place) => `REVISION_REUSED c-${place}`),
    'REVISION_REUSED t-20',
  ]
  expect(named.sort()).toEqual(expected.sort())
  expect(await audited.identityFaults(2)).toHaveLength(7) // two of each kind and table at most, and one ticket
})
