/** Reads tables as bytes and puts them back, over ClickHouse's ordinary HTTP protocol, a range at a time. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { BACKUP_TABLES, type BackupTable } from './backup-tables.ts'
import type { BackedUpTable } from './manifest.ts'

const QUERY_MS_MAX = 600_000
const COUNTED_UNTIL = readFileSync(new URL('../sql/counted-until.sql', import.meta.url), 'utf8').replace(/^--.*$/gm, '')

/** Rows of a table that are read and put back at once. */
export interface Share {
  condition: string
}

export class ClickHouseBackupStore {
  readonly #client: ClickHouseClient

  constructor({ url, database }: { url: string; database: string }) {
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-backup',
      request_timeout: QUERY_MS_MAX,
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: {
        output_format_json_quote_64bit_integers: 0,
        async_insert: 0,
        max_partitions_per_insert_block: '0',
      },
    })
  }

  /** Number of the last migration. */
  async schema(): Promise<number> {
    const [row] = await this.#rows<{ number: number }>('SELECT max(number) AS number FROM migrations')
    return row!.number
  }

  /** The instants of all seals, as text: another text, and facts may have been deleted meanwhile. */
  async seals(): Promise<string> {
    return JSON.stringify(await this.#rows('SELECT before_at, is_sealed FROM seals FINAL ORDER BY before_at'))
  }

  columns(table: string): Promise<BackedUpTable['columns']> {
    return this.#rows(
      `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = '${table}' ORDER BY position`,
    )
  }

  /** Shares of about as many rows each; of the ledger only what is counted without a hole, which nobody alters any more. */
  async shares(table: BackupTable, rowsMax: number): Promise<Share[]> {
    if (table.by === 'cell') return this.#cellShares(table, rowsMax)
    const where = table.name === 'progress' ? await this.#countedLedger() : (table.where ?? 'true')
    const [row] = await this.#rows<{ count: number }>(`SELECT count() AS count FROM ${table.name} WHERE ${where}`)
    const shareCount = Math.ceil(row!.count / rowsMax)
    const shareOf = (share: number) => `(${where}) AND cityHash64(${table.key}) % ${shareCount} = ${share}`
    return Array.from({ length: shareCount }, (_, share) => ({ condition: shareOf(share) }))
  }

  /** Rows of a share, each once, in the order of the key. */
  async read(
    { name, key }: BackupTable,
    columns: BackedUpTable['columns'],
    { condition }: Share,
  ): Promise<{ bytes: Buffer; rowCount: number }> {
    const names = columns.map((column) => column.name).join(', ')
    const { stream } = await this.#client.exec({
      query: `SELECT ${names} FROM ${name} FINAL WHERE ${condition} ORDER BY ${key} FORMAT RowBinary`,
    })
    const bytes = await buffer(stream)
    const [row] = await this.#rows<{ count: number }>(`SELECT count() AS count FROM ${name} FINAL WHERE ${condition}`)
    return { bytes, rowCount: row!.count }
  }

  /** Names of tables of a backup that have rows. */
  async filledTables(): Promise<string[]> {
    const filled: string[] = []
    for (const { name } of BACKUP_TABLES) if ((await this.count(name)) > 0) filled.push(name)
    return filled
  }

  /** Distinct rows. */
  async count(table: string): Promise<number> {
    const [row] = await this.#rows<{ count: number }>(`SELECT count() AS count FROM ${table} FINAL`)
    return row!.count
  }

  async insert({ name, columns }: BackedUpTable, bytes: Buffer): Promise<void> {
    const names = columns.map((column) => column.name).join(', ')
    const { stream } = await this.#client.exec({
      query: `INSERT INTO ${name} (${names}) FORMAT RowBinary`,
      values: Readable.from([bytes], { objectMode: false }),
    })
    stream.destroy()
  }

  /** What the restored seals say, epoch ms; 0 if none is. */
  async refusedBeforeMs(): Promise<number> {
    const [row] = await this.#rows<{ before_s: number }>(
      'SELECT toUnixTimestamp(max(before_at)) AS before_s FROM seals',
    )
    return row!.before_s * 1_000
  }

  async run(statement: string): Promise<void> {
    await this.#client.command({ query: statement })
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  /** Quarter-hours in a row, until they have enough rows. */
  async #cellShares({ name, where = 'true' }: BackupTable, rowsMax: number): Promise<Share[]> {
    const cells = await this.#rows<{ cell_s: number; count: number }>(
      `SELECT toUnixTimestamp(cell) AS cell_s, count() AS count FROM ${name} WHERE ${where} GROUP BY cell ORDER BY cell`,
    )
    const shares: { first: number; last: number; count: number }[] = []
    for (const { cell_s, count } of cells) {
      const last = shares.at(-1)
      if (last !== undefined && last.count + count <= rowsMax) {
        last.last = cell_s
        last.count += count
      } else shares.push({ first: cell_s, last: cell_s, count })
    }
    return shares.map(({ first, last }) => ({
      condition: `(${where}) AND cell BETWEEN toDateTime(${first}, 'UTC') AND toDateTime(${last}, 'UTC')`,
    }))
  }

  async #countedLedger(): Promise<string> {
    const topics = (await this.#rows<{ topic: string }>('SELECT DISTINCT topic FROM progress')).map((row) => row.topic)
    if (topics.length === 0) return 'false'
    const counted = await this.#rows<{ topic: string; partition: number; counted_until: number }>(COUNTED_UNTIL, {
      topics,
    })
    return counted
      .map((row) => `(topic = '${row.topic}' AND partition = ${row.partition} AND next_offset <= ${row.counted_until})`)
      .join(' OR ')
  }

  async #rows<Row>(query: string, params: Record<string, unknown> = {}): Promise<Row[]> {
    const answer = await this.#client.query({ query, query_params: params, format: 'JSONEachRow' })
    return answer.json<Row>()
  }
}
