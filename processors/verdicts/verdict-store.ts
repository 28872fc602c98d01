/** The store as a judge sees it. clickhouse-verdict-store.ts fulfils it. */
import type { CellSeries, WindowCounts } from '../../kpi/cell-series.ts'
import type { Range } from '../../kpi/range.ts'
import type { Verdict } from '../../kpi/statistics/verdict.ts'
import type { VerdictRecord } from '../../schemas/verdict-record.ts'
import type { JudgedProfile } from './judged-profile.ts'

/** A local year that has records, and a text that is another one as soon as any of its cells is. */
export interface YearState {
  year: number
  state: string
}

/** The cells of a range, read in one SELECT. */
export interface CellsRead {
  series: CellSeries
  simulated: Float64Array
}

/** The last version of a verdict. */
export interface LastIssued extends Omit<WindowCounts, 'waitedMs'> {
  baseEvidence: number
  verdict: Verdict
}

/** A window of any kind as table `windows` lists it. */
export interface ListedWindow {
  kind: 'peak' | 'special' | 'hour' | 'day' | 'month' | 'quarter' | 'year'
  id: string
  period: string
  /** Local day it starts on. */
  date: string
  startAtMs: number
  endAtMs: number
}

export interface VerdictStore {
  /** Writes down who judges by what, and builds the view that needs the profiles' zones. */
  registerProfiles(profiles: readonly JudgedProfile[]): Promise<void>
  /** Years whose windows are listed for this version of a profile. */
  listedYears(profile: JudgedProfile): Promise<number[]>
  listWindows(profile: JudgedProfile, year: number, windows: readonly ListedWindow[]): Promise<void>
  /** Local years with records of calls before an instant. */
  yearsUntil(profile: JudgedProfile, untilAtMs: number): Promise<YearState[]>
  cellsOf(profile: JudgedProfile, range: Range): Promise<CellsRead>
  /** By window; of those that start in a range. */
  lastIssued(profile: JudgedProfile, range: Range): Promise<Map<string, LastIssued>>
  insertVerdicts(records: readonly VerdictRecord[]): Promise<void>
  close(): Promise<void>
}
