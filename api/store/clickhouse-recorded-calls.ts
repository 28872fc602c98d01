/** Reads the calls of a period for planning, month by month: the store answers a question whole, and a year is long. */
import { type RecordedCalls, recordedColumns } from '../../kpi/planning/recorded-calls.ts'
import type { Range } from '../../kpi/range.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { recordsFromMs, requireFacts } from './kept-facts.ts'
import { queryText } from './query-text.ts'

const RECORDED_CALLS = queryText('recorded-calls')
const STEP_MS = 32 * 86_400_000

type Columns = Record<string, number[]> & { line: string[]; region: string[] }

export class ClickHouseRecordedCalls {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile

  constructor(rows: ClickHouseRows, answered: AnsweredProfile) {
    this.#rows = rows
    this.#answered = answered
  }

  /** The calls of a range that are still kept: for who looks back as far as there is something. */
  async lookBack({ fromAtMs, toAtMs }: Range): Promise<RecordedCalls> {
    const keptFromMs = await recordsFromMs(this.#rows)
    return this.recordedCalls({ fromAtMs: Math.min(Math.max(fromAtMs, keptFromMs), toAtMs), toAtMs })
  }

  /** @param range both ends on cell boundaries @throws FactsDeletedError if calls of it are deleted */
  async recordedCalls(range: Range): Promise<RecordedCalls> {
    if (range.fromAtMs < range.toAtMs) await requireFacts(this.#rows, this.#answered, range, { what: 'a plan' })
    const read: Columns[] = []
    for (let fromAtMs = range.fromAtMs; fromAtMs < range.toAtMs; fromAtMs += STEP_MS) {
      const toAtMs = Math.min(range.toAtMs, fromAtMs + STEP_MS)
      const within = { from: new Date(fromAtMs), to: new Date(toAtMs) }
      read.push((await this.#rows.columns(RECORDED_CALLS, within)) as unknown as Columns)
    }
    const count = read.reduce((sum, columns) => sum + columns.arrived_at_ms!.length, 0)
    const filled = recordedColumns(count)
    const lines = new Map<string, number>()
    const regions = new Map<string, number>()
    let simulatedCount = 0
    let at = 0
    for (const columns of read) {
      for (let row = 0; row < columns.arrived_at_ms!.length; row += 1, at += 1) {
        filled.arrivedAtMs[at] = columns.arrived_at_ms![row]!
        filled.queuedAtMs[at] = columns.queued_at_ms![row]! || Number.NaN
        filled.answeredAtMs[at] = columns.answered_at_ms![row]! || Number.NaN
        filled.endedAtMs[at] = columns.ended_at_ms![row]!
        filled.outcomes[at] = columns.outcome![row]!
        filled.outbound[at] = columns.is_outbound![row]!
        filled.callers[at] = columns.caller_key![row]!
        filled.seats[at] = columns.seat_key![row]!
        filled.lines[at] = placeOf(lines, columns.line[row]!)
        filled.regions[at] = placeOf(regions, columns.region[row]!)
        simulatedCount += columns.is_simulated![row]!
      }
    }
    return { ...filled, range, lineNames: [...lines.keys()], regionNames: [...regions.keys()], simulatedCount }
  }
}

function placeOf(places: Map<string, number>, name: string): number {
  const known = places.get(name)
  if (known !== undefined) return known
  places.set(name, places.size)
  return places.size - 1
}
