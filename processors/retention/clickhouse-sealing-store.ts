/** The sealing store by @clickhouse/client. */
import { readFileSync } from 'node:fs'
import { setTimeout as waitMs } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { SteadylineError } from '../../schemas/errors.ts'
import { refuseFactsBefore } from '../../schemas/refused-facts.ts'
import type { LiveSeries, SealingStore, YearOfFacts } from './sealing-store.ts'

const QUERY_MS_MAX = 600_000
/** An insert that takes longer hangs: its client has stopped in the middle of sending it, ms. */
const INSERT_MS_MAX = 120_000
const LOOK_MS = 250
const CELLS_OF_FACTS = [
  ['call_facts', 'call_cells'],
  ['ticket_facts', 'ticket_cells'],
] as const
const FACT_TABLES = CELLS_OF_FACTS.map(([facts]) => facts)

const sql = (name: string): string =>
  readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8').replace(/^--.*$/gm, '')
const CELLS_BEHIND_FACTS = sql('cells-behind-facts')
const CALLER_DAYS_BEHIND_FACTS = sql('caller-days-behind-facts')
const KEEP = ['keep-seats', 'keep-continuity', 'keep-named-calls'].map(sql)

export class ClickHouseSealingStore implements SealingStore {
  readonly #client: ClickHouseClient

  constructor({ url, database }: { url: string; database: string }) {
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-retention',
      request_timeout: QUERY_MS_MAX,
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: {
        output_format_json_quote_64bit_integers: 0,
        async_insert: 0,
        max_partitions_per_insert_block: '0',
      },
    })
  }

  sealedBeforeMs(): Promise<number> {
    return this.#greatestSeal('WHERE is_sealed')
  }

  refusedBeforeMs(): Promise<number> {
    return this.#greatestSeal('')
  }

  years(): Promise<YearOfFacts[]> {
    return this.#rows<YearOfFacts>(
      `SELECT toUInt16(partition) AS year, sumIf(rows, table = 'call_facts') AS callRows, sumIf(rows, table = 'ticket_facts') AS ticketRows
       FROM system.parts WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND active GROUP BY year ORDER BY year`,
      { tables: FACT_TABLES },
    )
  }

  async refuseFactsBefore(beforeAtMs: number): Promise<void> {
    await this.#insertSeal(beforeAtMs, false) // first, so that whoever is refused can read why
    await refuseFactsBefore({ run: (statement) => this.#run(statement, {}) }, beforeAtMs)
  }

  async insertsUnderWayEnded(): Promise<void> {
    const underWay = await this.#rows<{ query_id: string }>(
      "SELECT query_id FROM system.processes WHERE query_kind = 'Insert' AND match(query, {pattern:String})",
      { pattern: `(?i)INSERT\\s+INTO\\s+\\S*(${FACT_TABLES.join('|')})` },
    )
    const ids = underWay.map(({ query_id }) => query_id)
    for (let waitedMs = 0; ids.length > 0; waitedMs += LOOK_MS) {
      const [left] = await this.#rows<{ count: number }>(
        'SELECT count() AS count FROM system.processes WHERE query_id IN {ids:Array(String)}',
        { ids },
      )
      if (left!.count === 0) return
      if (waitedMs >= INSERT_MS_MAX) throw insertHangs(left!.count)
      await waitMs(LOOK_MS)
    }
  }

  async behindFacts(beforeAtMs: number, own: LiveSeries): Promise<Map<string, number>> {
    const before = new Date(beforeAtMs)
    const behind = new Map<string, number>()
    const add = (name: string, count: number) => behind.set(name, (behind.get(name) ?? 0) + count)
    for (const [facts, cells] of CELLS_OF_FACTS) {
      const query = CELLS_BEHIND_FACTS.replace('__FACTS__', facts).replaceAll('__CELLS__', cells)
      const rows = await this.#rows<{ definitions: string; behind: number }>(query, { before, own: own.definitions })
      for (const row of rows) add(row.definitions, row.behind)
    }
    const judged = await this.#rows<LiveSeries>(
      'SELECT DISTINCT definitions, time_zone AS timeZone FROM profiles FINAL',
      {},
    )
    const isOwn = (one: LiveSeries) => one.definitions === own.definitions && one.timeZone === own.timeZone
    for (const { definitions, timeZone } of judged.some(isOwn) ? judged : [...judged, own]) {
      const [days] = await this.#rows<{ behind: number }>(CALLER_DAYS_BEHIND_FACTS, {
        before,
        definitions,
        time_zone: timeZone,
      })
      add(definitions, days!.behind)
    }
    return new Map([...behind].filter(([, count]) => count > 0))
  }

  async keepWhatAnswersNeed(beforeAtMs: number): Promise<void> {
    for (const query of KEEP) await this.#run(query, { before: new Date(beforeAtMs) })
  }

  async seal(beforeAtMs: number): Promise<void> {
    await this.#insertSeal(beforeAtMs, true)
  }

  async deleteFacts(beforeAtMs: number): Promise<void> {
    const firstKept = new Date(beforeAtMs).getUTCFullYear()
    for (const table of FACT_TABLES) {
      const partitions = await this.#rows<{ year: number }>(
        `SELECT DISTINCT toUInt16(partition) AS year FROM system.parts
         WHERE database = currentDatabase() AND table = {table:String} AND active AND year < {first_kept:UInt16} ORDER BY year`,
        { table, first_kept: firstKept },
      )
      for (const { year } of partitions) await this.#run(`ALTER TABLE ${table} DROP PARTITION ${year}`, {})
    }
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #greatestSeal(condition: string): Promise<number> {
    const [row] = await this.#rows<{ before_s: number }>(
      `SELECT toUnixTimestamp(max(before_at)) AS before_s FROM seals ${condition}`,
      {},
    )
    return row!.before_s * 1_000
  }

  async #insertSeal(beforeAtMs: number, isSealed: boolean): Promise<void> {
    await this.#run(`INSERT INTO seals (before_at, is_sealed) VALUES (${beforeAtMs / 1_000}, ${isSealed})`, {})
  }

  async #run(query: string, params: Record<string, unknown>): Promise<void> {
    await this.#client.command({ query, query_params: params, clickhouse_settings: { alter_sync: '2' } })
  }

  async #rows<Row>(query: string, params: Record<string, unknown>): Promise<Row[]> {
    const answer = await this.#client.query({ query, query_params: params, format: 'JSONEachRow' })
    return answer.json<Row>()
  }
}

function insertHangs(count: number): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_INSERT_UNDER_WAY',
    1,
    `${count} inserts that began before the seal have not ended after ${INSERT_MS_MAX / 1_000} s, expected each to end. Nothing was sealed or deleted. ` +
      'Look for a processor that stands still (stopped, or cut off from ClickHouse), end it, and run the same command again.',
  )
}
