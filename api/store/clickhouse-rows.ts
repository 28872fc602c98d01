/** Asks ClickHouse for rows: the only file of api/ that names its client. It never writes. */
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { QueryTurns } from './query-turns.ts'
import { StoreBusyError } from './store-busy-error.ts'
import { StoreUnreachableError } from './store-unreachable-error.ts'

/** Answers of a server that is there but does not hold our tables yet. */
const NO_TABLES = new Set(['UNKNOWN_TABLE', 'UNKNOWN_DATABASE'])
/** Answers of a server that has too much to do. */
const BUSY = new Set(['TOO_MANY_SIMULTANEOUS_QUERIES', 'MEMORY_LIMIT_EXCEEDED'])
const CONNECTIONS_MAX = 8
/** The store gives up first, and says so; only one that hangs is given up on. */
const HANGING_MS = 5_000

export class ClickHouseRows {
  readonly #client: ClickHouseClient
  readonly #url: string
  readonly #queryMsMax: number
  readonly #turns: QueryTurns | null

  /**
   * @param url        `http://host:port`
   * @param queryMsMax longest time one query may take: the store ends it then
   * @param turns      shared with others that ask the same store; null to ask at once
   */
  constructor(url: string, database: string, queryMsMax: number, turns: QueryTurns | null = null) {
    this.#queryMsMax = queryMsMax
    this.#turns = turns
    this.#url = new URL(url).origin // a URL may carry a password, and messages are logged
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-api',
      request_timeout: queryMsMax + HANGING_MS,
      max_open_connections: CONNECTIONS_MAX,
      // What goes wrong is thrown and logged once, by whoever asked.
      log: { level: ClickHouseLogLevel.OFF },
      // Counts are far below 2^53: as JSON numbers they need no second parsing.
      clickhouse_settings: {
        output_format_json_quote_64bit_integers: 0,
        max_execution_time: Math.ceil(queryMsMax / 1_000),
      },
    })
  }

  /** @throws StoreUnreachableError, StoreBusyError if the store does not answer, has no tables of ours or too much to do */
  async of<Row>(sql: string, parameters: Record<string, unknown>): Promise<Row[]> {
    return this.#asked(async () => {
      const answer = await this.#client.query({ query: sql, query_params: parameters, format: 'JSONEachRow' })
      return answer.json<Row>()
    })
  }

  /** The same as columns of numbers: of ten thousands of rows a fraction of the time. Nulls are not expected. */
  async columns(sql: string, parameters: Record<string, unknown>): Promise<Record<string, number[]>> {
    return this.#asked(async () => {
      const answer = await this.#client.query({
        query: sql,
        query_params: parameters,
        format: 'JSONColumnsWithMetadata',
      })
      const { meta, data } = (await answer.json()) as unknown as {
        meta: { name: string }[]
        data: Record<string, number[]>
      }
      return Object.fromEntries(meta.map(({ name }) => [name, data[name] ?? []])) // without rows there are no columns
    })
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #asked<Answer>(query: () => Promise<Answer>): Promise<Answer> {
    try {
      return await (this.#turns === null ? query() : this.#turns.run(query))
    } catch (error) {
      throw this.#explained(error)
    }
  }

  /** What the caller can do something about; a query that the store refuses for another reason is our own fault. */
  #explained(error: unknown): unknown {
    if (error instanceof StoreBusyError) return error
    if (!(error instanceof ClickHouseError)) {
      return new StoreUnreachableError(
        'STEADYLINE_STORE_UNREACHABLE',
        `The store at ${this.#url} does not answer. Start it, or set CLICKHOUSE_URL to one that runs.`,
        error,
      )
    }
    if (error.type === 'TIMEOUT_EXCEEDED') {
      return new StoreBusyError('STEADYLINE_QUERY_TIMED_OUT', `A query took longer than ${this.#queryMsMax} ms`, error)
    }
    if (error.type !== undefined && BUSY.has(error.type)) {
      return new StoreBusyError('STEADYLINE_STORE_BUSY', `The store refused a query: ${error.type}`, error)
    }
    if (error.type === undefined || !NO_TABLES.has(error.type)) return error
    return new StoreUnreachableError(
      'STEADYLINE_STORE_NOT_READY',
      `The store at ${this.#url} has no tables of Steadyline yet. A processor makes them when it starts.`,
      error,
    )
  }
}
