/**
 * The store by @clickhouse/client: the only file of the processors that writes to ClickHouse.
 *
 * Every write is sent with the settings that make a repeated insert harmless and an acknowledged one durable, and boot
 * asserts that the server obeys them.
 */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { CELL_MS } from '../kpi/cell.ts'
import { dayRange, localDayOf, zoneOf } from '../kpi/zone.ts'
import { clickHouseInstant } from '../schemas/clickhouse-instant.ts'
import { ClickHouseScenarios } from '../schemas/clickhouse-scenarios.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { type MigratingStore, migrate } from '../schemas/migrations.ts'
import { beforeRetention } from '../schemas/record-rules.ts'
import { cellConditions, cellsPerQuery } from './cell-conditions.ts'
import type { LastRecord, TopicPartition } from './log-reader.ts'
import { partedAtSeal } from './sealed-rows.ts'
import { type FactRows, type LedgerRange, type RejectedMessage, refusedRow, rejectedRow } from './span.ts'
import type { Series, Store, Watermark } from './store.ts'

const QUERY_MS_MAX = 600_000
const CELLS_OF_DAY = 96

/**
 * Deduplication by block would swallow the re-insert of a row that was deleted on purpose; asynchronous inserts would
 * acknowledge what is not in. A catch-up may touch a hundred years of partitions at once.
 */
const WRITE_SETTINGS = {
  async_insert: 0,
  insert_deduplicate: 0,
  deduplicate_insert: 'disable',
  deduplicate_insert_select: 'disable',
  max_partitions_per_insert_block: 0,
  max_query_size: 1_048_576,
} as const

const CONSTRAINT_VIOLATED = '469'
/** Answers of ClickHouse that speak of the rows and not of the server: repeating the insert would fail for ever. */
const REFUSED_FOR_CONTENT = new Set([
  '6',
  '26',
  '27',
  '33',
  '38',
  '41',
  '53',
  '69',
  '70',
  '72',
  '117',
  '131',
  '190',
  '321',
  '349',
  '407',
  CONSTRAINT_VIOLATED, // of whoever keeps the store, or our own that nothing comes in before the seal
  '691',
])

const sql = (name: string): string => readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8')
const RECOMPUTE = { call_facts: sql('recompute-call-cells'), ticket_facts: sql('recompute-ticket-cells') }
const RECOMPUTE_CALLER_DAYS = sql('recompute-caller-days')
const COUNTED_UNTIL = sql('counted-until')
const LAST_RECORDS = sql('last-records').replace('__COUNTED_UNTIL__', COUNTED_UNTIL)
const MAX_EMITTED_WITHIN = sql('max-emitted-within')

export interface ClickHouseStoreOptions {
  url: string
  database: string
  /** Whose database it must be before anything is written: this scenario's, or by default no scenario's. */
  scenario?: { name: string; realDatabase: string } | null
}

export class ClickHouseStore implements Store {
  readonly #client: ClickHouseClient
  readonly #options: ClickHouseStoreOptions
  sealedBeforeMs = 0
  /** Those of WRITE_SETTINGS that this server knows; `begin` finds out. */
  #settings: ClickHouseSettings = {}

  constructor(options: ClickHouseStoreOptions) {
    this.#options = options
    this.#client = clientOf(options.url, options.database)
  }

  /**
   * Brings the tables up to date and asserts the settings that figures depend on.
   *
   * @throws SteadylineError if the server does not obey them or the database is newer than the program
   */
  async begin(): Promise<void> {
    await this.#requireOwn()
    const server = clientOf(this.#options.url, 'default') // ours may not exist yet
    await server
      .command({ query: `CREATE DATABASE IF NOT EXISTS ${this.#options.database}` })
      .finally(() => server.close())
    const known = await this.#rows<{ name: string }>(
      'SELECT name FROM system.settings WHERE name IN {names:Array(String)}',
      {
        names: Object.keys(WRITE_SETTINGS),
      },
    )
    const names = new Set(known.map(({ name }) => name))
    this.#settings = Object.fromEntries(
      Object.entries(WRITE_SETTINGS).filter(([name]) => names.has(name)),
    ) as ClickHouseSettings
    const inForce = await this.#rows<{ name: string; value: string }>(
      'SELECT name, value FROM system.settings WHERE name IN {names:Array(String)}',
      { names: [...names] },
    )
    for (const { name, value } of inForce) {
      const asked = String(WRITE_SETTINGS[name as keyof typeof WRITE_SETTINGS])
      if (value === asked) continue
      throw new SteadylineError(
        'STEADYLINE_STORE_SETTING_REFUSED',
        2,
        `ClickHouse answers with ${name} = ${value}, expected ${asked}. Let this user change the setting: without it figures could be wrong.`,
      )
    }
    const migrating: MigratingStore = {
      run: (statement) => this.#run(statement, {}),
      rows: (query) => this.#rows(query, {}),
    }
    await migrate(migrating, this.#options.database)
    await this.#hearSeal()
  }

  /** A scenario never writes to the real figures, nor the real processors to those of a scenario. */
  async #requireOwn(): Promise<void> {
    const { url, database, scenario = null } = this.#options
    const scenarios = new ClickHouseScenarios({ url, realDatabase: scenario?.realDatabase ?? database })
    await scenarios.requireOwn(scenario?.name ?? null).finally(() => scenarios.close())
  }

  async insertFacts(rows: FactRows): Promise<RejectedMessage[]> {
    return this.#insertRowRange(rows, 0, rows.block.rowCount)
  }

  async insertRejects(rejects: readonly RejectedMessage[]): Promise<void> {
    await this.#insert('rejects', rejects, ({ topic, partition, offset, code, reason }) => ({
      topic,
      partition,
      offset,
      code,
      reason,
    }))
  }

  async recomputeCells(table: FactRows['table'], cellsAtMs: readonly number[], series: Series): Promise<void> {
    const groups = cellsAtMs.toSorted((a, b) => a - b).map((cellAtMs) => [cellAtMs])
    await this.#recompute(RECOMPUTE[table], table, groups, series)
  }

  async recomputeCallerDays(cellsAtMs: readonly number[], series: Series): Promise<void> {
    const zone = zoneOf(series.timeZone)
    const days = new Set(cellsAtMs.map((cellAtMs) => localDayOf(zone, cellAtMs)))
    const groups = [...days].sort((a, b) => a - b).map((day) => cellsOf(dayRange(zone, day)))
    await this.#recompute(RECOMPUTE_CALLER_DAYS, 'call_facts', groups, series)
  }

  async recordProgress(ranges: readonly LedgerRange[]): Promise<void> {
    await this.#insert('progress', ranges, (range) => ({
      topic: range.topic,
      partition: range.partition,
      from_offset: range.fromOffset,
      next_offset: range.nextOffset,
      fact_records: range.factRecords,
      reject_records: range.rejectRecords,
      gap_offsets: range.gapOffsets,
      heartbeats: range.heartbeats,
      max_emitted_at: clickHouseInstant(range.maxEmittedAtMs),
      last_offset: range.lastOffset,
      last_hash: range.lastHash,
    }))
  }

  async countedUntil(partitions: readonly TopicPartition[]): Promise<(number | null)[]> {
    const topics = [...new Set(partitions.map(({ topic }) => topic))]
    const counted = await this.#rows<{ topic: string; partition: number; counted_until: number }>(COUNTED_UNTIL, {
      topics,
    })
    return partitions.map(({ topic, partition }) => {
      const row = counted.find((candidate) => candidate.topic === topic && candidate.partition === partition)
      return row === undefined ? null : row.counted_until
    })
  }

  async lastRecords(partitions: readonly TopicPartition[]): Promise<(LastRecord | null)[]> {
    const topics = [...new Set(partitions.map(({ topic }) => topic))]
    const rows = await this.#rows<TopicPartition & LastRecord>(LAST_RECORDS, { topics })
    return partitions.map(({ topic, partition }) => {
      const row = rows.find((candidate) => candidate.topic === topic && candidate.partition === partition)
      return row === undefined ? null : { offset: row.offset, hash: row.hash }
    })
  }

  async lastWatermark(topic: string): Promise<Watermark | null> {
    const [row] = await this.#rows<{ vector: number[]; watermark_ms: number }>(
      'SELECT vector, toUnixTimestamp64Milli(watermark) AS watermark_ms FROM watermarks FINAL WHERE topic = {topic:String}',
      { topic },
    )
    return row === undefined ? null : { vector: row.vector, watermarkAtMs: row.watermark_ms }
  }

  async maxEmittedWithin(topic: string, vector: readonly number[]): Promise<number> {
    const [row] = await this.#rows<{ max_emitted_at_ms: number }>(MAX_EMITTED_WITHIN, { topic, vector })
    return Math.max(0, row?.max_emitted_at_ms ?? 0)
  }

  async recordWatermark(topic: string, { vector, watermarkAtMs }: Watermark): Promise<void> {
    const vectorSum = vector.reduce((sum, offset) => sum + offset, 0)
    await this.#insert(
      'watermarks',
      [{ topic, vector, vector_sum: vectorSum, watermark: clickHouseInstant(watermarkAtMs) }],
      (row) => row,
    )
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  /** Inserts rows `from` (in) to `to` (out); where the store refuses them for their content, halves find the guilty ones. */
  async #insertRowRange(rows: FactRows, from: number, to: number): Promise<RejectedMessage[]> {
    try {
      const { stream } = await this.#client.exec({
        query: `INSERT INTO ${rows.table} (${rows.block.columnList}) FORMAT Native`,
        values: Readable.from(rows.block.bytesOf(from, to), { objectMode: false }),
        clickhouse_settings: this.#settings,
      })
      stream.destroy()
      return []
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (!REFUSED_FOR_CONTENT.has(String(code))) throw error
      if (code === CONSTRAINT_VIOLATED) {
        await this.#hearSeal()
        const { kept, late } = partedAtSeal(rows, from, to, this.sealedBeforeMs)
        const rejection = beforeRetention(this.sealedBeforeMs)
        const refused = late.map((row) => rejectedRow(rows, row, rejection))
        if (late.length > 0) {
          for (const [first, end] of kept) refused.push(...(await this.#insertRowRange(rows, first, end)))
          return refused
        }
      }
      if (to - from === 1)
        return [
          refusedRow(rows, from, `ClickHouse refused the row with error ${code}, expected a row of ${rows.table}`),
        ]
    }
    const middle = (from + to) >>> 1
    return [...(await this.#insertRowRange(rows, from, middle)), ...(await this.#insertRowRange(rows, middle, to))]
  }

  /** @param groups  cells in order of time; those of a group are read at once */
  async #recompute(
    query: string,
    table: FactRows['table'],
    groups: readonly (readonly number[])[],
    series: Series,
  ): Promise<void> {
    if (groups.length === 0) return
    const { shortAbandonMsMax, answerThresholdMs, positiveRatingMin, satisfiedMin } = series.definitions
    const perQuery = await this.#cellsPerQuery(table, groups[0]![0]!, groups.at(-1)!.at(-1)!)
    for (const condition of cellConditions(groups, perQuery)) {
      await this.#run(query.replace(/^--.*$/gm, '').replace('__CELLS__', condition), {
        definitions: series.name,
        time_zone: series.timeZone,
        short_abandon_ms_max: shortAbandonMsMax,
        answer_threshold_ms: answerThresholdMs,
        positive_rating_min: positiveRatingMin,
        satisfied_min: satisfiedMin,
      })
    }
  }

  /** Counts the facts between two cells, which the store knows from its index; a day or less is one query anyway. */
  async #cellsPerQuery(table: FactRows['table'], firstAtMs: number, lastAtMs: number): Promise<number> {
    const cellCount = (lastAtMs - firstAtMs) / CELL_MS + 1
    if (cellCount <= CELLS_OF_DAY) return cellCount
    const [row] = await this.#rows<{ facts: number }>(
      `SELECT count() AS facts FROM ${table} WHERE cell BETWEEN fromUnixTimestamp({first:Int64}) AND fromUnixTimestamp({last:Int64})`,
      { first: firstAtMs / 1_000, last: lastAtMs / 1_000 },
    )
    return cellsPerQuery(row!.facts, cellCount)
  }

  /** How far the store is sealed: asked at the start, and when it refuses a row. */
  async #hearSeal(): Promise<void> {
    const [row] = await this.#rows<{ before_s: number }>(
      'SELECT toUnixTimestamp(max(before_at)) AS before_s FROM seals',
      {},
    )
    this.sealedBeforeMs = row!.before_s * 1_000
  }

  async #insert<Row>(table: string, rows: readonly Row[], columns: (row: Row) => object): Promise<void> {
    if (rows.length === 0) return
    await this.#client.insert({
      table,
      values: rows.map(columns),
      format: 'JSONEachRow',
      clickhouse_settings: this.#settings,
    })
  }

  async #run(query: string, params: Record<string, unknown>): Promise<void> {
    await this.#client.command({ query, query_params: params, clickhouse_settings: this.#settings })
  }

  async #rows<Row>(query: string, params: Record<string, unknown>): Promise<Row[]> {
    const answer = await this.#client.query({
      query,
      query_params: params,
      format: 'JSONEachRow',
      clickhouse_settings: this.#settings,
    })
    return answer.json<Row>()
  }
}

function cellsOf({ fromAtMs, toAtMs }: { fromAtMs: number; toAtMs: number }): number[] {
  return Array.from({ length: (toAtMs - fromAtMs) / CELL_MS }, (_, place) => fromAtMs + place * CELL_MS)
}

function clientOf(url: string, database: string): ClickHouseClient {
  return createClient({
    url,
    database,
    application: 'steadyline-processor',
    request_timeout: QUERY_MS_MAX,
    max_open_connections: 8,
    log: { level: ClickHouseLogLevel.OFF }, // failures are logged where they are handled, without what was sent
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
}
