/** What the answers about peaks ask of the store. The adapter is clickhouse-stability.ts. */
import type { CellSeries } from '../../kpi/cell-series.ts'
import type { Range } from '../../kpi/range.ts'
import type { Course } from '../../kpi/window-course.ts'
import type { IssuedVerdict } from './issued-verdict.ts'
import type { CallPart } from './store-reader.ts'

/** The calls of a range by cell. */
export interface CountedSeries {
  series: CellSeries
  /** Whether a generated record is behind any of the counts. */
  isSimulated: boolean
}

/** Whether the records of a range came in time and belong together: of all lines and regions. */
export interface RecordContinuity {
  /** Distinct records of calls that were emitted more than a day after their call had ended. */
  lateRecordsCount: number
  /** Of these, later revisions: amendments of a record that may itself have come in time. */
  lateAmendmentsCount: number
  /** Winners but VOID. */
  acceptedTicketsCount: number
  /** Tickets that name a call of which there is no record. */
  ticketsOfUnknownCallsCount: number
}

export interface StabilityReader {
  /** Both ends on cell boundaries. `evidence` is that of the whole cell, whatever part is asked for. */
  callSeries(range: Range, part: CallPart): Promise<CountedSeries>
  /** Distinct seats that answered a call of each window, in the order of the windows. */
  seatsAnswering(windows: readonly Range[], part: CallPart): Promise<number[]>
  /** What happened in each of the windows, in their order; they may overlap. Both ends of each on cell boundaries. */
  windowCourses(windows: readonly Range[], part: CallPart): Promise<Course[]>
  recordContinuity(range: Range): Promise<RecordContinuity>
  /** From when on records are kept, epoch ms: what is older is sealed, and of it there are figures alone. */
  recordsFromMs(): Promise<number>
  /** Every version of the verdicts on windows that start in a range, by start, window and version. */
  issuedVerdicts(range: Range): Promise<IssuedVerdict[]>
}
