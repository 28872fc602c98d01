/** Reads the facts of a period from ClickHouse, some cells at a time. It never writes. */
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Call } from '../kpi/call.ts'
import type { Range } from '../kpi/range.ts'
import type { Ticket } from '../kpi/ticket.ts'
import type { FactSource, FactsOfCell } from './fact-source.ts'

const QUERY_MS_MAX = 600_000

const WITHIN = (table: string, instant: string) => `
  FROM ${table}
  WHERE cell >= toStartOfFifteenMinutes({from:DateTime64(3, 'UTC')}) AND cell < {to:DateTime64(3, 'UTC')}
    AND ${instant} >= {from:DateTime64(3, 'UTC')} AND ${instant} < {to:DateTime64(3, 'UTC')}`

/** In the order of the table, so that equal facts give equal captures; a fact that was inserted twice is still one. */
const distinct = (id: string, instant: string) => {
  const key = `cell, ${id}, ${instant}, revision, emitted_at, content`
  return `ORDER BY ${key} LIMIT 1 BY ${key}`
}

const CALLS = `
  SELECT call_id AS callId, revision, toUnixTimestamp64Milli(arrived_at) AS arrivedAtMs, line, region, direction, caller,
    toUnixTimestamp64Milli(queued_at) AS queuedAtMs, toUnixTimestamp64Milli(answered_at) AS answeredAtMs,
    toUnixTimestamp64Milli(ended_at) AS endedAtMs, agent, outcome, rating, toUnixTimestamp64Milli(emitted_at) AS emittedAtMs
  ${WITHIN('call_facts', 'arrived_at')}
  ${distinct('call_id', 'arrived_at')}`

const TICKETS = `
  SELECT ticket_id AS ticketId, revision, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs, call_id AS callId, channel,
    line, region, category, kind, status, resolution, unit, toUnixTimestamp64Milli(due_at) AS dueAtMs,
    toUnixTimestamp64Milli(closed_at) AS closedAtMs, toUnixTimestamp64Milli(followed_up_at) AS followedUpAtMs,
    satisfaction, toUnixTimestamp64Milli(emitted_at) AS emittedAtMs
  ${WITHIN('ticket_facts', 'accepted_at')}
  ${distinct('ticket_id', 'accepted_at')}`

const CELLS = (table: string) => `
  SELECT toUnixTimestamp(cell) AS cell_s, count() AS facts
  FROM ${table}
  WHERE cell >= toStartOfFifteenMinutes({from:DateTime64(3, 'UTC')}) AND cell < {to:DateTime64(3, 'UTC')}
  GROUP BY cell ORDER BY cell`

export class ClickHouseFacts implements FactSource {
  readonly #client: ClickHouseClient

  constructor({ url, database }: { url: string; database: string }) {
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-capture',
      request_timeout: QUERY_MS_MAX,
      log: { level: ClickHouseLogLevel.OFF }, // what goes wrong is thrown
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  async factsFromMs(): Promise<number> {
    const answer = await this.#client.query({
      query: 'SELECT toUnixTimestamp(max(before_at)) AS before_s FROM seals WHERE is_sealed',
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ before_s: number }>()
    return row!.before_s * 1_000
  }

  async callCells(range: Range): Promise<FactsOfCell[]> {
    return this.#cells('call_facts', range)
  }

  async ticketCells(range: Range): Promise<FactsOfCell[]> {
    return this.#cells('ticket_facts', range)
  }

  calls(range: Range): Promise<Call[]> {
    return this.#rows<Call>(CALLS, range)
  }

  tickets(range: Range): Promise<Ticket[]> {
    return this.#rows<Ticket>(TICKETS, range)
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #cells(table: string, range: Range): Promise<FactsOfCell[]> {
    const rows = await this.#rows<{ cell_s: number; facts: number }>(CELLS(table), range)
    return rows.map(({ cell_s, facts }) => ({ cellAtMs: cell_s * 1_000, factsCount: facts }))
  }

  async #rows<Row>(query: string, { fromAtMs, toAtMs }: Range): Promise<Row[]> {
    const answer = await this.#client.query({
      query,
      query_params: { from: new Date(fromAtMs), to: new Date(toAtMs) },
      format: 'JSONEachRow',
    })
    return answer.json<Row>()
  }
}
