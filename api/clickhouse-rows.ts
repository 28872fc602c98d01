/** Asks ClickHouse for rows: the only file of api/ that names its client. It never writes. */
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { StoreUnreachableError } from './store-unreachable-error.ts'

/** Answers of a server that is there but does not hold our tables yet. */
const NO_TABLES = new Set(['UNKNOWN_TABLE', 'UNKNOWN_DATABASE'])
const CONNECTIONS_MAX = 8

export class ClickHouseRows {
  readonly #client: ClickHouseClient
  readonly #url: string

  /**
   * @param url        `http://host:port`
   * @param queryMsMax longest time one query may take
   */
  constructor(url: string, database: string, queryMsMax: number) {
    this.#url = new URL(url).origin // a URL may carry a password, and messages are logged
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-api',
      request_timeout: queryMsMax,
      max_open_connections: CONNECTIONS_MAX,
      // What goes wrong is thrown and logged once, by whoever asked.
      log: { level: ClickHouseLogLevel.OFF },
      // Counts are far below 2^53: as JSON numbers they need no second parsing.
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  /** @throws StoreUnreachableError if the store does not answer, or has no tables of ours */
  async of<Row>(sql: string, parameters: Record<string, unknown>): Promise<Row[]> {
    try {
      const answer = await this.#client.query({ query: sql, query_params: parameters, format: 'JSONEachRow' })
      return await answer.json<Row>()
    } catch (error) {
      throw this.#explained(error)
    }
  }

  /** The same as columns of numbers: of ten thousands of rows a fraction of the time. Nulls are not expected. */
  async columns(sql: string, parameters: Record<string, unknown>): Promise<Record<string, number[]>> {
    try {
      const answer = await this.#client.query({
        query: sql,
        query_params: parameters,
        format: 'JSONColumnsWithMetadata',
      })
      return ((await answer.json()) as unknown as { data: Record<string, number[]> }).data
    } catch (error) {
      throw this.#explained(error)
    }
  }

  async close(): Promise<void> {
    await this.#client.close()
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
