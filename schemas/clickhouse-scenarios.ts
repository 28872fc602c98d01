/**
 * Scenarios as the store knows them: each is a database of its own that bears a mark.
 *
 * The mark is a table that no other database has, whose comment names the scenario and the real database it belongs to.
 * Whoever writes for a scenario asks for the mark first, so that no name, however it is chosen, leads to real figures.
 */
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { clickHouseInstant } from './clickhouse-instant.ts'
import { SteadylineError } from './errors.ts'
import { databaseOf } from './scenario-names.ts'
import type { ScenarioReplay } from './scenario-recipe.ts'

const MARK_TABLE = 'scenario'
const QUERY_MS_MAX = 600_000

export interface StoredScenario {
  name: string
  database: string
  /** In order of time. */
  replays: ScenarioReplay[]
  /** Distinct facts. */
  callRecordsCount: number
  ticketRecordsCount: number
  /** Of its tables on disk. */
  bytesCount: number
}

export interface ScenarioStoreOptions {
  /** `http://host:port`, where is written. */
  url: string
  /** The real database, which gives the others their names. */
  realDatabase: string
}

export class ClickHouseScenarios {
  readonly #client: ClickHouseClient
  readonly #realDatabase: string

  constructor({ url, realDatabase }: ScenarioStoreOptions) {
    this.#realDatabase = realDatabase
    this.#client = createClient({
      url,
      database: 'default',
      application: 'steadyline-scenarios',
      request_timeout: QUERY_MS_MAX,
      log: { level: ClickHouseLogLevel.OFF }, // what goes wrong is thrown
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  /** Whether there is such a scenario. */
  async isThere(name: string): Promise<boolean> {
    const database = databaseOf(this.#realDatabase, name)
    return (await this.#comments([database])).get(database) === this.#markOf(name)
  }

  /**
   * Asserts that a database is the scenario's, or, for `null`, that it is no scenario's.
   *
   * @throws SteadylineError (exit code 2) if it is another's
   */
  async requireOwn(scenario: string | null): Promise<void> {
    const database = databaseOf(this.#realDatabase, scenario)
    const comment = (await this.#comments([database])).get(database)
    if (comment === (scenario === null ? undefined : this.#markOf(scenario))) return
    throw scenario === null ? isScenarios(database, comment!) : isNotScenarios(database, scenario)
  }

  /** Makes the database with its mark, if it is not there yet, and says what is put into it. */
  async begin(name: string, replay: ScenarioReplay): Promise<void> {
    const database = databaseOf(this.#realDatabase, name)
    const tables = await this.#rows<{ name: string }>(
      'SELECT name FROM system.tables WHERE database = {database:String}',
      { database },
    )
    if (tables.length > 0) await this.requireOwn(name)
    await this.#run(`CREATE DATABASE IF NOT EXISTS ${database}`)
    await this.#run(
      `CREATE TABLE IF NOT EXISTS ${database}.${MARK_TABLE} (made_at DateTime64(3, 'UTC'), replay String)
       ENGINE = MergeTree ORDER BY made_at COMMENT '${this.#markOf(name)}'`,
    )
    const { madeAtMs, ...recipe } = replay
    await this.#client.insert({
      table: `${database}.${MARK_TABLE}`,
      values: [{ made_at: clickHouseInstant(madeAtMs), replay: JSON.stringify(recipe) }],
      format: 'JSONEachRow',
      clickhouse_settings: { async_insert: 0, insert_deduplicate: 0 },
    })
  }

  /** By name. */
  async list(): Promise<StoredScenario[]> {
    const found: StoredScenario[] = []
    for (const [database, comment] of await this.#comments(null)) {
      const name = database.slice(this.#realDatabase.length + 1)
      if (database === `${this.#realDatabase}_${name}` && comment === this.#markOf(name))
        found.push(await this.#read(name))
    }
    return found.sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  /** What has been put into a scenario, in order of time. */
  async replaysOf(name: string): Promise<ScenarioReplay[]> {
    const database = databaseOf(this.#realDatabase, name)
    const rows = await this.#rows<{ made_at_ms: number; replay: string }>(
      `SELECT toUnixTimestamp64Milli(made_at) AS made_at_ms, replay FROM ${database}.${MARK_TABLE} ORDER BY made_at`,
      {},
    )
    return rows.map((row) => ({ ...JSON.parse(row.replay), madeAtMs: row.made_at_ms }))
  }

  /** Drops the database. @throws SteadylineError if it is not the scenario's */
  async drop(name: string): Promise<void> {
    await this.requireOwn(name)
    await this.#run(`DROP DATABASE ${databaseOf(this.#realDatabase, name)} SYNC`)
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #read(name: string): Promise<StoredScenario> {
    const database = databaseOf(this.#realDatabase, name)
    const tables = await this.#rows<{ name: string; total_bytes: number | null }>(
      'SELECT name, total_bytes FROM system.tables WHERE database = {database:String}',
      { database },
    )
    const countOf = async (table: string): Promise<number> => {
      if (!tables.some((candidate) => candidate.name === table)) return 0 // no processor has made it yet
      const [row] = await this.#rows<{ count: number }>(`SELECT count() AS count FROM ${database}.${table} FINAL`, {})
      return row!.count
    }
    return {
      name,
      database,
      replays: await this.replaysOf(name),
      callRecordsCount: await countOf('call_facts'),
      ticketRecordsCount: await countOf('ticket_facts'),
      bytesCount: tables.reduce((sum, { total_bytes }) => sum + (total_bytes ?? 0), 0),
    }
  }

  #markOf(name: string): string {
    return `scenario ${name} of ${this.#realDatabase}`
  }

  /** Marks by database: of those given, or of all. */
  async #comments(databases: readonly string[] | null): Promise<Map<string, string>> {
    const rows = await this.#rows<{ database: string; comment: string }>(
      `SELECT database, comment FROM system.tables WHERE name = '${MARK_TABLE}' AND startsWith(comment, 'scenario ')
       AND ({all:Bool} OR database IN {databases:Array(String)})`,
      { all: databases === null, databases: databases ?? [] },
    )
    return new Map(rows.map(({ database, comment }) => [database, comment]))
  }

  async #run(query: string): Promise<void> {
    await this.#client.command({ query })
  }

  async #rows<Row>(query: string, parameters: Record<string, unknown>): Promise<Row[]> {
    const answer = await this.#client.query({ query, query_params: parameters, format: 'JSONEachRow' })
    return answer.json<Row>()
  }
}

/** What is said where a scenario is asked for that is not there. */
export function scenarioUnknown(name: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_SCENARIO_UNKNOWN',
    2,
    `There is no scenario ${name}. See \`npx steadyline scenarios list\`, or make it with \`npx steadyline replay --from DIR --scenario ${name}\`.`,
  )
}

function isNotScenarios(database: string, name: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_SCENARIO_COLLIDES',
    2,
    `The database ${database} is not that of a scenario ${name}: it does not bear its mark, so nothing is written to it and nothing of it is dropped. Choose another name.`,
  )
}

function isScenarios(database: string, comment: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_SCENARIO_COLLIDES',
    2,
    `The database ${database} holds the ${comment}, not real figures. Use another CLICKHOUSE_DATABASE, or --scenario.`,
  )
}
