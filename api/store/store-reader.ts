/** What the API asks of the store, in its own words. The adapter is clickhouse-reader.ts; tests hand in arrays. */
import type { KpiId, PeriodCounts } from '../../kpi/kpi.ts'
import type { Period } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'

/** After every instant that a record may have, epoch ms. */
export const LATEST_AT_MS = Date.UTC(2200, 0, 1)

/** Everything counted of a period, and on what evidence. */
export interface CountedPeriod extends PeriodCounts {
  /** Distinct facts that the counts were computed from. */
  evidence: { calls: number; tickets: number }
  /** Whether a generated record is behind any of the counts. */
  isSimulated: boolean
}

/** The calls of one cell, or of the asked part of it. */
export interface ConnectionCell {
  cellAtMs: number
  evidence: number
  offered: number
  answered: number
  simulated: number
}

/** One line, one region, one line in one region; `null` asks for all. The empty region is the unknown one. */
export interface CallPart {
  line: string | null
  region: string | null
}

/** Distinct seats that answered a call in a local month. */
export interface SeatsOfMonth {
  /** `2023-01` */
  month: string
  seats: number
}

/** The two numbers of a KPI as a statement said them. */
export interface IssuedFigure {
  id: KpiId
  numerator: number
  denominator: number
}

/** How far each topic has been counted, epoch ms; `null` before the first watermark. */
export interface Watermarks {
  callsAtMs: number | null
  ticketsAtMs: number | null
}

/** How far a partition has been counted, as the ledger says. */
export interface CountedPartition {
  topic: string
  partition: number
  /** First offset not yet counted, without a hole before it. */
  nextOffset: number
  /** Greatest `emitted_at` of its facts and heartbeats; `null` if it had none. */
  emittedAtMsMax: number | null
}

/** The lesser watermark, of which an answer about both topics speaks; `null` while one has none. */
export function lesserWatermark({ callsAtMs, ticketsAtMs }: Watermarks): number | null {
  return callsAtMs === null || ticketsAtMs === null ? null : Math.min(callsAtMs, ticketsAtMs)
}

export interface StoreReader {
  /**
   * Local days of the profile's zone.
   *
   * @param asOfAtMs only what was emitted until then (in); `null` for all
   */
  countedPeriod(period: Period, asOfAtMs: number | null): Promise<CountedPeriod>
  /** In order of time; months in which nobody answered are not there. */
  seatsByMonth(period: Period, asOfAtMs: number | null): Promise<SeatsOfMonth[]>
  /** In order of time; cells without a record are not there. Both ends on cell boundaries. */
  connectionByCell(range: Range, part: CallPart): Promise<ConnectionCell[]>
  /** What the last final statement about exactly this period says; `null` if there is none. */
  issuedFigures(period: Period): Promise<IssuedFigure[] | null>
  watermarks(): Promise<Watermarks>
  progress(): Promise<CountedPartition[]>
  /** @throws StoreUnreachableError if the store does not answer or has no tables */
  ready(): Promise<void>
}
