/**
 * Reads cells, the ledger and watermarks from ClickHouse: the only file of api/ that names its client.
 *
 * It reads one series of cells, that of the profile's definitions, and never writes.
 */
import { readFileSync } from 'node:fs'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { CALL_COUNT_NAMES, type CallCounts } from '../kpi/call-counts.ts'
import type { CallerCounts } from '../kpi/caller-counts.ts'
import type { DueCounts } from '../kpi/due-counts.ts'
import { textOfDay } from '../kpi/local-date.ts'
import { type Period, rangeOf } from '../kpi/periods.ts'
import type { Range } from '../kpi/range.ts'
import { TICKET_COUNT_NAMES, type TicketCounts } from '../kpi/ticket-counts.ts'
import type { Zone } from '../kpi/zone.ts'
import { kafkaNamesOf } from '../schemas/kafka-names.ts'
import type {
  CallPart,
  ConnectionCell,
  CountedPartition,
  CountedPeriod,
  StoreReader,
  Watermarks,
} from './store-reader.ts'
import { StoreUnreachableError } from './store-unreachable-error.ts'

export interface ClickHouseReaderOptions {
  /** `http://host:port` */
  url: string
  database: string
  /** Hash that names the series of cells. */
  definitions: string
  /** In whose days callers are counted, and periods begin. */
  zone: Zone
  /** Longest time one query may take, ms. */
  queryMsMax: number
}

/** Answers of a server that is there but does not hold our tables yet: unknown table, unknown database. */
const NO_TABLES = new Set(['UNKNOWN_TABLE', 'UNKNOWN_DATABASE'])

const query = (name: string): string => readFileSync(new URL(`./queries/${name}.sql`, import.meta.url), 'utf8')
const CALL_COUNTS = query('call-counts')
const TICKET_COUNTS = query('ticket-counts')
const CALLER_COUNTS = query('caller-counts')
const DUE_COUNTS = query('due-counts')
const CONNECTION_BY_CELL = query('connection-by-cell')
const CONNECTION_BY_CELL_OF_PART = query('connection-by-cell-of-part')
const WATERMARKS = query('watermarks')
const PROGRESS = query('progress')

export class ClickHouseReader implements StoreReader {
  readonly #client: ClickHouseClient
  readonly #definitions: string
  readonly #zone: Zone
  readonly #url: string

  constructor({ url, database, definitions, zone, queryMsMax }: ClickHouseReaderOptions) {
    this.#url = url
    this.#zone = zone
    this.#definitions = definitions
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-api',
      request_timeout: queryMsMax,
      max_open_connections: 8,
      // What goes wrong is thrown and logged once, by whoever asked.
      log: { level: ClickHouseLogLevel.OFF },
      // Counts are far below 2^53: as JSON numbers they need no second parsing.
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  async countedPeriod(period: Period): Promise<CountedPeriod> {
    const range = rangeOf(this.#zone, period)
    const [[calls], [callers], [tickets], [due]] = await Promise.all([
      this.#rows<CallCounts & { evidence: number }>(CALL_COUNTS, this.#series(range)),
      this.#rows<CallerCounts>(CALLER_COUNTS, this.#days(period)),
      this.#rows<TicketCounts & { evidence: number }>(TICKET_COUNTS, this.#series(range)),
      this.#rows<DueCounts & { simulated: number }>(DUE_COUNTS, this.#series(range)),
    ])
    return {
      calls: picked(calls!, CALL_COUNT_NAMES),
      callers: callers!,
      tickets: picked(tickets!, TICKET_COUNT_NAMES),
      due: picked(due!, ['due', 'closed', 'on_time']),
      evidence: { calls: calls!.evidence, tickets: tickets!.evidence },
      isSimulated: calls!.simulated + tickets!.simulated + due!.simulated > 0,
    }
  }

  async connectionByCell(range: Range, { line, region }: CallPart): Promise<ConnectionCell[]> {
    type Row = Omit<ConnectionCell, 'cellAtMs'> & { cell_s: number }
    const rows =
      line === null && region === null
        ? await this.#rows<Row>(CONNECTION_BY_CELL, this.#series(range))
        : await this.#rows<Row>(CONNECTION_BY_CELL_OF_PART, {
            ...this.#series(range),
            lines: line === null ? [] : [line],
            regions: region === null ? [] : [region],
          })
    return rows.map(({ cell_s, ...counts }) => ({ cellAtMs: cell_s * 1000, ...counts }))
  }

  async watermarks(): Promise<Watermarks> {
    const rows = await this.#rows<{ topic: string; watermark_at_ms: number }>(WATERMARKS, {})
    // A vector may be reached before any record said when it was: 1970 stands for that.
    const ofTopic = new Map(rows.map(({ topic, watermark_at_ms }) => [topic, watermark_at_ms || null]))
    const { calls, tickets } = kafkaNamesOf(null)
    return { callsAtMs: ofTopic.get(calls) ?? null, ticketsAtMs: ofTopic.get(tickets) ?? null }
  }

  async progress(): Promise<CountedPartition[]> {
    const rows = await this.#rows<{
      topic: string
      partition: number
      next_offset: number
      max_emitted_at_ms: number
    }>(PROGRESS, {})
    return rows.map(({ topic, partition, next_offset, max_emitted_at_ms }) => ({
      topic,
      partition,
      nextOffset: next_offset,
      emittedAtMsMax: max_emitted_at_ms === 0 ? null : max_emitted_at_ms,
    }))
  }

  async ready(): Promise<void> {
    await this.watermarks()
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  #series({ fromAtMs, toAtMs }: Range): Record<string, unknown> {
    return { definitions: this.#definitions, from: new Date(fromAtMs), to: new Date(toAtMs) }
  }

  #days({ fromDay, toDay }: Period): Record<string, unknown> {
    return {
      definitions: this.#definitions,
      time_zone: this.#zone.name,
      from_day: textOfDay(fromDay),
      to_day: textOfDay(toDay),
    }
  }

  async #rows<Row>(sql: string, parameters: Record<string, unknown>): Promise<Row[]> {
    try {
      const answer = await this.#client.query({ query: sql, query_params: parameters, format: 'JSONEachRow' })
      return await answer.json<Row>()
    } catch (error) {
      throw this.#explained(error)
    }
  }

  /** What the caller can do something about; a query that the store refuses for another reason is our own fault. */
  #explained(error: unknown): unknown {
    if (!(error instanceof ClickHouseError)) {
      return new StoreUnreachableError(
        'STEADYLINE_STORE_UNREACHABLE',
        `The store at ${this.#url} does not answer. Start it, or set CLICKHOUSE_URL to one that runs.`,
        error,
      )
    }
    if (error.type === undefined || !NO_TABLES.has(error.type)) return error
    return new StoreUnreachableError(
      'STEADYLINE_STORE_NOT_READY',
      `The store at ${this.#url} has no tables of Steadyline yet. A processor makes them when it starts.`,
      error,
    )
  }
}

/** Only the counts of a row, so that what is added to a query adds nothing to an answer by accident. */
function picked<Name extends string>(row: Record<Name, number>, names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Record<Name, number>
}
