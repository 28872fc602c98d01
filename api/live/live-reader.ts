/** What the live stream asks of the store. The adapter is clickhouse-live.ts. */
import type { Range } from '../../kpi/range.ts'
import type { IssuedVerdict } from '../store/issued-verdict.ts'
import type { ConnectionCell, Watermarks } from '../store/store-reader.ts'

/** Distinct facts of one local day. */
export interface DayEvidence {
  /** `2023-03-10` */
  day: string
  calls: number
  tickets: number
}

export interface LiveReader {
  /** Another text as soon as anything more is counted, a watermark has moved, or a verdict was issued. */
  state(): Promise<string>
  watermarks(): Promise<Watermarks>
  /** In order of the days; days without a fact are not there. */
  evidenceByDay(): Promise<DayEvidence[]>
  /** Cells of calls, in order of time. */
  cells(range: Range): Promise<ConnectionCell[]>
  issuedVerdicts(range: Range): Promise<IssuedVerdict[]>
}
