/** Reads what has changed in the store: one cheap question while nothing does. */
import type { Range } from '../../kpi/range.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from '../store/clickhouse-rows.ts'
import type { IssuedVerdict } from '../store/issued-verdict.ts'
import { queryText } from '../store/query-text.ts'
import type { StabilityReader } from '../store/stability-reader.ts'
import type { ConnectionCell, StoreReader, Watermarks } from '../store/store-reader.ts'
import type { DayEvidence, LiveReader } from './live-reader.ts'

const LIVE_STATE = queryText('live-state')
const EVIDENCE_BY_DAY = queryText('evidence-by-day')
const ALL = { line: null, region: null }

export class ClickHouseLive implements LiveReader {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile
  readonly #reader: StoreReader
  readonly #stability: StabilityReader

  constructor(rows: ClickHouseRows, answered: AnsweredProfile, reader: StoreReader, stability: StabilityReader) {
    this.#rows = rows
    this.#answered = answered
    this.#reader = reader
    this.#stability = stability
  }

  async state(): Promise<string> {
    const [row] = await this.#rows.of<{ state: string }>(LIVE_STATE, {})
    return row!.state
  }

  async evidenceByDay(): Promise<DayEvidence[]> {
    const { definitions, zone } = this.#answered
    return this.#rows.of<DayEvidence>(EVIDENCE_BY_DAY, { definitions, time_zone: zone.name })
  }

  watermarks(): Promise<Watermarks> {
    return this.#reader.watermarks()
  }

  cells(range: Range): Promise<ConnectionCell[]> {
    return this.#reader.connectionByCell(range, ALL)
  }

  issuedVerdicts(range: Range): Promise<IssuedVerdict[]> {
    return this.#stability.issuedVerdicts(range)
  }
}
