/** A real store with the program's tables, facts put in by plain SQL, and cells computed by a processor's recompute. */
import { join } from 'node:path'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import type { Call } from '../../kpi/call.ts'
import { cellOf } from '../../kpi/cell.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { startStore } from '../../local/store.ts'
import { ClickHouseStore } from '../../processors/clickhouse-store.ts'
import type { FactRows } from '../../processors/span.ts'
import type { Profile } from '../../schemas/profile.ts'

export type CallFact = Call & { content: bigint }
export type TicketFact = Ticket & { content: bigint }

export interface StoreOfFacts {
  url: string
  database: string
  client: ClickHouseClient
  addCalls(facts: readonly CallFact[]): Promise<void>
  /** Rows as a processor makes them. */
  addRows(rows: FactRows): Promise<void>
  recompute(table: FactRows['table'], cellsAtMs: readonly number[]): Promise<void>
  addTickets(facts: readonly TicketFact[]): Promise<void>
  stop(): Promise<void>
}

const instant = (atMs: number | null) =>
  atMs === null ? null : new Date(atMs).toISOString().slice(0, 23).replace('T', ' ')
const cell = (atMs: number) => cellOf(atMs) / 1000

export async function startStoreOfFacts(folder: string, profile: Profile): Promise<StoreOfFacts> {
  const database = 'steadyline'
  const server = await startStore({ folder: join(folder, 'store'), say: () => {} })
  const processor = new ClickHouseStore({ url: server.address, database })
  await processor.begin()
  const client = createClient({ url: server.address, database })
  const { definitions: name } = answeredProfileOf(profile)
  const series = { name, definitions: profile.definitions, timeZone: profile.timeZone }
  return {
    url: server.address,
    database,
    client,
    async addRows(rows) {
      await processor.insertFacts(rows)
    },
    async recompute(table, cellsAtMs) {
      await processor.recomputeCells(table, cellsAtMs, series)
      if (table === 'call_facts') await processor.recomputeCallerDays(cellsAtMs, series)
    },
    async addCalls(facts) {
      await client.insert({ table: 'call_facts', values: facts.map(callRow), format: 'JSONEachRow' })
      const cells = [...new Set(facts.map(({ arrivedAtMs }) => cellOf(arrivedAtMs)))]
      await processor.recomputeCells('call_facts', cells, series)
      await processor.recomputeCallerDays(cells, series)
    },
    async addTickets(facts) {
      await client.insert({ table: 'ticket_facts', values: facts.map(ticketRow), format: 'JSONEachRow' })
      const cells = [...new Set(facts.map(({ acceptedAtMs }) => cellOf(acceptedAtMs)))]
      await processor.recomputeCells('ticket_facts', cells, series)
    },
    async stop() {
      await Promise.all([client.close(), processor.close()])
      await server.stop()
    },
  }
}

function callRow(fact: CallFact) {
  return {
    cell: cell(fact.arrivedAtMs),
    call_id: fact.callId,
    arrived_at: instant(fact.arrivedAtMs),
    revision: fact.revision,
    emitted_at: instant(fact.emittedAtMs),
    content: String(fact.content),
    line: fact.line,
    region: fact.region,
    direction: fact.direction,
    caller: fact.caller,
    queued_at: instant(fact.queuedAtMs),
    answered_at: instant(fact.answeredAtMs),
    ended_at: instant(fact.endedAtMs),
    agent: fact.agent,
    outcome: fact.outcome,
    rating: fact.rating,
  }
}

function ticketRow(fact: TicketFact) {
  return {
    cell: cell(fact.acceptedAtMs),
    ticket_id: fact.ticketId,
    accepted_at: instant(fact.acceptedAtMs),
    revision: fact.revision,
    emitted_at: instant(fact.emittedAtMs),
    content: String(fact.content),
    call_id: fact.callId,
    channel: fact.channel,
    line: fact.line,
    region: fact.region,
    category: fact.category,
    kind: fact.kind,
    status: fact.status,
    resolution: fact.resolution,
    unit: fact.unit,
    due_at: instant(fact.dueAtMs),
    closed_at: instant(fact.closedAtMs),
    followed_up_at: instant(fact.followedUpAtMs),
    satisfaction: fact.satisfaction,
  }
}
