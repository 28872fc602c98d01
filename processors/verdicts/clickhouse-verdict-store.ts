/** The judge's store by @clickhouse/client: verdicts, the list of windows, and the view of hourly rates. */
import { readFileSync } from 'node:fs'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { CELL_MS } from '../../kpi/cell.ts'
import { emptySeries, SERIES_COLUMNS } from '../../kpi/cell-series.ts'
import type { Range } from '../../kpi/range.ts'
import type { Verdict } from '../../kpi/statistics/verdict.ts'
import { cellsCountOf } from '../../kpi/window-cells.ts'
import { clickHouseInstant } from '../../schemas/clickhouse-instant.ts'
import type { VerdictRecord } from '../../schemas/verdict-record.ts'
import { hourlyRatesView } from './hourly-rates-view.ts'
import type { JudgedProfile } from './judged-profile.ts'
import type { CellsRead, LastIssued, ListedWindow, VerdictStore, YearState } from './verdict-store.ts'

const sql = (name: string): string => readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8')
const VERDICT_YEARS = sql('verdict-years')
const CELLS_OF_RANGE = sql('cells-of-range')
const LAST_ISSUED = sql('last-issued')

/** An insert that the server acknowledges once it is in, and never takes for a repeated block. */
const WRITE_SETTINGS = { async_insert: 0, insert_deduplicate: 0, max_partitions_per_insert_block: '0' } as const

export class ClickHouseVerdictStore implements VerdictStore {
  readonly #client: ClickHouseClient

  constructor({ url, database }: { url: string; database: string }) {
    this.#client = createClient({
      url,
      database,
      application: 'steadyline-judge',
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  }

  async registerProfiles(profiles: readonly JudgedProfile[]): Promise<void> {
    const rows = profiles.map(({ id, version, definitions, zone }) => ({
      profile: id,
      profile_version: version,
      definitions,
      time_zone: zone.name,
    }))
    await this.#insert('profiles', rows)
    const known = await this.#rows<{ profile: string; definitions: string; time_zone: string }>(
      'SELECT profile, definitions, time_zone FROM profiles FINAL ORDER BY profile',
      {},
    )
    await this.#client.command({ query: hourlyRatesView(known) })
  }

  async listedYears({ id, version }: JudgedProfile): Promise<number[]> {
    const rows = await this.#rows<{ year: number }>(
      'SELECT DISTINCT year FROM windows WHERE profile = {id:String} AND profile_version = {version:String}',
      { id, version },
    )
    return rows.map(({ year }) => year)
  }

  async listWindows({ id, version }: JudgedProfile, year: number, windows: readonly ListedWindow[]): Promise<void> {
    const rows = windows.map((window) => ({
      profile: id,
      profile_version: version,
      year,
      kind: window.kind,
      window: window.id,
      period: window.period,
      local_date: window.date,
      start_at: window.startAtMs / 1000,
      end_at: window.endAtMs / 1000,
    }))
    await this.#insert('windows', rows)
  }

  async yearsUntil({ definitions, zone }: JudgedProfile, untilAtMs: number): Promise<YearState[]> {
    return this.#rows<YearState>(VERDICT_YEARS, {
      definitions,
      time_zone: zone.name,
      until: Math.ceil(untilAtMs / 1_000),
    })
  }

  async cellsOf({ definitions }: JudgedProfile, range: Range): Promise<CellsRead> {
    const answer = await this.#client.query({
      query: CELLS_OF_RANGE,
      query_params: { definitions, from: new Date(range.fromAtMs), to: new Date(range.toAtMs) },
      format: 'JSONColumnsWithMetadata',
    })
    const { data: columns } = (await answer.json()) as unknown as { data: Record<string, number[]> }
    const series = emptySeries(range)
    const simulated = new Float64Array(cellsCountOf(range))
    const places = columns.cell_s!.map((cellS) => (cellS * 1000 - range.fromAtMs) / CELL_MS)
    places.forEach((place, row) => {
      for (const name of SERIES_COLUMNS) series.columns[name][place] = columns[name]![row]!
      simulated[place] = columns.simulated![row]!
    })
    return { series, simulated }
  }

  async lastIssued({ id, version, definitions }: JudgedProfile, range: Range): Promise<Map<string, LastIssued>> {
    const rows = await this.#rows<LastIssuedRow>(LAST_ISSUED, {
      profile: id,
      profile_version: version,
      definitions,
      from: new Date(range.fromAtMs),
      to: new Date(range.toAtMs),
    })
    return new Map(rows.map((row) => [row.window, lastIssuedOf(row)]))
  }

  async insertVerdicts(records: readonly VerdictRecord[]): Promise<void> {
    await this.#insert(
      'verdicts',
      records.map(({ ratio: _, base_ratio: __, restates: ___, reason, coverage, expected, ...record }) => ({
        ...record,
        start_at: clickHouseInstant(record.start_at),
        end_at: clickHouseInstant(record.end_at),
        base_from: clickHouseInstant(record.base_from),
        reason: reason.replace('_', '-'),
        coverage: coverage.replace('_', '-'),
        expected_count: expected,
      })),
    )
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #insert(table: string, values: readonly object[]): Promise<void> {
    if (values.length === 0) return
    await this.#client.insert({ table, values, format: 'JSONEachRow', clickhouse_settings: WRITE_SETTINGS })
  }

  async #rows<Row>(query: string, params: Record<string, unknown>): Promise<Row[]> {
    const answer = await this.#client.query({ query, query_params: params, format: 'JSONEachRow' })
    return answer.json<Row>()
  }
}

interface LastIssuedRow {
  window: string
  evidence: number
  base_evidence: number
  offered: number
  answered: number
  abandoned: number
  no_seat: number
  flowed_out: number
  failed: number
  other: number
  verdict: Verdict
}

function lastIssuedOf(row: LastIssuedRow): LastIssued {
  return {
    evidence: row.evidence,
    baseEvidence: row.base_evidence,
    offeredCount: row.offered,
    answeredCount: row.answered,
    abandonedCount: row.abandoned,
    noSeatCount: row.no_seat,
    flowedOutCount: row.flowed_out,
    failedCount: row.failed,
    otherCount: row.other,
    verdict: row.verdict,
  }
}
