/** Reads what the answers about peaks need: cells as columns, seats, how records came in, and issued verdicts. */
import { CELL_MS } from '../../kpi/cell.ts'
import { emptySeries, SERIES_COLUMNS } from '../../kpi/cell-series.ts'
import type { CoverageState } from '../../kpi/coverage.ts'
import type { Range } from '../../kpi/range.ts'
import type { Verdict } from '../../kpi/statistics/verdict.ts'
import type { VerdictReason } from '../../kpi/streamed-verdict.ts'
import type { Course } from '../../kpi/window-course.ts'
import type { WindowKind } from '../../kpi/windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { ClickHouseContinuity } from './clickhouse-continuity.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { type CourseRow, courseOf } from './course-row.ts'
import type { IssuedVerdict } from './issued-verdict.ts'
import { recordsFromMs } from './kept-facts.ts'
import { queryText } from './query-text.ts'
import { SealedSeries } from './sealed-series.ts'
import type { CountedSeries, RecordContinuity, StabilityReader } from './stability-reader.ts'
import type { CallPart } from './store-reader.ts'

const CALL_SERIES = queryText('call-series')
const CALL_SERIES_OF_PART = queryText('call-series-of-part')
const SEATS_ANSWERING = queryText('seats-answering')
const WINDOW_COURSES = queryText('window-courses')
const ISSUED_VERDICTS = queryText('issued-verdicts')

export class ClickHouseStability implements StabilityReader {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile
  readonly #continuity: ClickHouseContinuity
  readonly #sealed: SealedSeries

  constructor(rows: ClickHouseRows, answered: AnsweredProfile) {
    this.#rows = rows
    this.#answered = answered
    this.#continuity = new ClickHouseContinuity(rows, answered)
    this.#sealed = new SealedSeries(rows, answered)
  }

  async callSeries(range: Range, part: CallPart): Promise<CountedSeries> {
    const isWhole = part.line === null && part.region === null
    const [columns] = await Promise.all([
      this.#rows.columns(isWhole ? CALL_SERIES : CALL_SERIES_OF_PART, { ...this.#within(range), ...onlyOf(part) }),
      this.#sealed.require(range),
    ])
    const series = emptySeries(range)
    const places = columns.cell_s!.map((cellS) => (cellS * 1000 - range.fromAtMs) / CELL_MS)
    for (const name of SERIES_COLUMNS) {
      const filled = series.columns[name]
      const read = columns[name]!
      for (let row = 0; row < places.length; row += 1) filled[places[row]!] = read[row]!
    }
    return { series, isSimulated: columns.simulated!.some((count) => count > 0) }
  }

  async seatsAnswering(windows: readonly Range[], part: CallPart): Promise<number[]> {
    if (windows.length === 0) return []
    const cells = new Set(windows.flatMap(cellsOf))
    const rows = await this.#rows.of<{ cell_s: number; agents: string[] }>(SEATS_ANSWERING, {
      cells: [...cells],
      ...onlyOf(part),
    })
    const agentsOf = new Map(rows.map(({ cell_s, agents }) => [cell_s, agents]))
    return windows.map((window) => new Set(cellsOf(window).flatMap((cellS) => agentsOf.get(cellS) ?? [])).size)
  }

  async windowCourses(windows: readonly Range[], part: CallPart): Promise<Course[]> {
    if (windows.length === 0) return []
    const rows = await this.#rows.of<CourseRow>(WINDOW_COURSES, {
      starts: windows.map(({ fromAtMs }) => fromAtMs / 1000),
      ends: windows.map(({ toAtMs }) => toAtMs / 1000),
      short_abandon_ms_max: this.#answered.profile.definitions.shortAbandonMsMax,
      ...onlyOf(part),
    })
    const rowOf = new Map(rows.map((row) => [row.window, row]))
    return windows.map((_, place) => courseOf(rowOf.get(place + 1)))
  }

  recordContinuity(range: Range): Promise<RecordContinuity> {
    return this.#continuity.of(range)
  }

  recordsFromMs(): Promise<number> {
    return recordsFromMs(this.#rows)
  }

  async issuedVerdicts(range: Range): Promise<IssuedVerdict[]> {
    const rows = await this.#rows.of<VerdictRow>(ISSUED_VERDICTS, {
      profile: this.#answered.profile.id,
      from: new Date(range.fromAtMs),
      to: new Date(range.toAtMs),
    })
    return rows.map(verdictOf)
  }

  #within({ fromAtMs, toAtMs }: Range): Record<string, unknown> {
    return { definitions: this.#answered.definitions, from: new Date(fromAtMs), to: new Date(toAtMs) }
  }
}

function onlyOf({ line, region }: CallPart): { lines: string[]; regions: string[] } {
  return { lines: line === null ? [] : [line], regions: region === null ? [] : [region] }
}

/** Starts of the cells of a window, epoch seconds. */
function cellsOf({ fromAtMs, toAtMs }: Range): number[] {
  return Array.from({ length: (toAtMs - fromAtMs) / CELL_MS }, (_, at) => (fromAtMs + at * CELL_MS) / 1000)
}

interface VerdictRow {
  profile: string
  profile_version: string
  definitions: string
  window: string
  period: string
  kind: WindowKind
  local_date: string
  start_at_ms: number
  end_at_ms: number
  base_from_ms: number
  evidence: number
  base_evidence: number
  offered: number
  answered: number
  abandoned: number
  no_seat: number
  flowed_out: number
  failed: number
  other: number
  waited_ms: number
  base_offered: number
  base_answered: number
  deviation_points: number | null
  lower_points: number | null
  upper_points: number | null
  within_tolerance: boolean | null
  least_tolerance_points: number | null
  verdict: Verdict
  reason: VerdictReason
  calls_for_verdict: number | null
  coverage: CoverageState
  expected_count: number | null
  tolerance_points: number
  confidence: number
  simulated: boolean
}

function verdictOf(row: VerdictRow): IssuedVerdict {
  return {
    profile: row.profile,
    profileVersion: row.profile_version,
    definitions: row.definitions,
    id: row.window,
    period: row.period,
    kind: row.kind,
    date: row.local_date,
    startAtMs: row.start_at_ms,
    endAtMs: row.end_at_ms,
    baseFromAtMs: row.base_from_ms,
    evidence: row.evidence,
    baseEvidence: row.base_evidence,
    offeredCount: row.offered,
    answeredCount: row.answered,
    abandonedCount: row.abandoned,
    noSeatCount: row.no_seat,
    flowedOutCount: row.flowed_out,
    failedCount: row.failed,
    otherCount: row.other,
    waitedMs: row.waited_ms,
    baseOfferedCount: row.base_offered,
    baseAnsweredCount: row.base_answered,
    deviationPoints: row.deviation_points,
    lowerPoints: row.lower_points,
    upperPoints: row.upper_points,
    withinTolerance: row.within_tolerance,
    leastTolerancePoints: row.least_tolerance_points,
    verdict: row.verdict,
    reason: row.reason,
    callsForVerdict: row.calls_for_verdict,
    coverage: row.coverage,
    expectedCount: row.expected_count,
    tolerancePoints: row.tolerance_points,
    confidence: row.confidence,
    isSimulated: row.simulated,
  }
}
