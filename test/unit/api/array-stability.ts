/** What the answers about peaks ask of the store, answered by kpi/ alone from arrays of calls and tickets. */
import type { IssuedVerdict } from '../../../api/store/issued-verdict.ts'
import type { CountedSeries, RecordContinuity, StabilityReader } from '../../../api/store/stability-reader.ts'
import type { CallPart } from '../../../api/store/store-reader.ts'
import { type Call, isAnswered, isLate, isOffered } from '../../../kpi/call.ts'
import { addCallCounts, countCall, NO_CALLS } from '../../../kpi/call-counts.ts'
import { cellOf } from '../../../kpi/cell.ts'
import { emptySeries } from '../../../kpi/cell-series.ts'
import type { Definitions } from '../../../kpi/definitions.ts'
import type { Range } from '../../../kpi/range.ts'
import { cellIndexOf } from '../../../kpi/window-cells.ts'
import type { Course } from '../../../kpi/window-course.ts'
import { callIdentity, ticketIdentity, winnersOf } from '../../../kpi/winner.ts'
import type { ArrayReader } from './array-reader.ts'

const isIn = ({ fromAtMs, toAtMs }: Range, atMs: number) => fromAtMs <= atMs && atMs < toAtMs

export class ArrayStability implements StabilityReader {
  verdicts: IssuedVerdict[] = []
  readonly #arrays: ArrayReader
  readonly #definitions: Definitions

  constructor(arrays: ArrayReader, definitions: Definitions) {
    this.#arrays = arrays
    this.#definitions = definitions
  }

  empty(): void {
    this.verdicts = []
  }

  async callSeries(range: Range, part: CallPart): Promise<CountedSeries> {
    const series = emptySeries(range)
    let isSimulated = false
    const placeOf = (call: Call) => cellIndexOf(range.fromAtMs, cellOf(call.arrivedAtMs))
    for (const fact of this.#facts(range)) series.columns.evidence[placeOf(fact)]! += 1
    for (const call of this.#winners(range).filter((winner) => isOf(part, winner))) {
      const counts = countCall(call, this.#definitions)
      isSimulated ||= counts.simulated > 0
      for (const name of [
        'offered',
        'answered',
        'abandoned',
        'no_seat',
        'flowed_out',
        'failed',
        'other',
        'waited_ms',
      ] as const)
        series.columns[name][placeOf(call)]! += counts[name]
    }
    return { series, isSimulated }
  }

  async seatsAnswering(windows: readonly Range[], part: CallPart): Promise<number[]> {
    return windows.map((window) => {
      const answered = this.#winners(window).filter(
        (call) =>
          isOf(part, call) && isOffered(call, { ...this.#definitions, shortAbandonMsMax: 0 }) && isAnswered(call),
      )
      return new Set(answered.flatMap(({ agent }) => (agent === null ? [] : [agent]))).size
    })
  }

  async windowCourses(windows: readonly Range[], part: CallPart): Promise<Course[]> {
    return windows.map((window) =>
      courseOfCalls(
        this.#winners(window).filter((call) => isOf(part, call) && isOffered(call, this.#definitions)),
        this.#definitions,
      ),
    )
  }

  async recordsFromMs(): Promise<number> {
    return 0
  }

  async recordContinuity(range: Range): Promise<RecordContinuity> {
    const late = this.#facts(range).filter(isLate)
    const tickets = [...this.#arrays.tickets, ...winnersOf(this.#arrays.ticketFacts, ticketIdentity)]
    const accepted = tickets.filter(({ acceptedAtMs, status }) => isIn(range, acceptedAtMs) && status !== 'VOID')
    const known = new Set([...this.#arrays.calls, ...this.#arrays.callFacts].map(({ callId }) => callId))
    const facts = [...this.#arrays.tickets, ...this.#arrays.ticketFacts]
    const unknown = facts.filter(
      ({ acceptedAtMs, callId }) => isIn(range, acceptedAtMs) && callId !== null && !known.has(callId),
    )
    return {
      lateRecordsCount: late.length,
      lateAmendmentsCount: late.filter(({ revision }) => revision > 1).length,
      acceptedTicketsCount: accepted.length,
      ticketsOfUnknownCallsCount: new Set(unknown.map(({ ticketId, acceptedAtMs }) => `${ticketId} ${acceptedAtMs}`))
        .size,
    }
  }

  async issuedVerdicts(range: Range): Promise<IssuedVerdict[]> {
    return this.verdicts.filter(({ startAtMs }) => isIn(range, startAtMs))
  }

  #facts(range: Range): Call[] {
    return [...this.#arrays.calls, ...this.#arrays.callFacts].filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs))
  }

  #winners(range: Range): Call[] {
    const winners = [...this.#arrays.calls, ...winnersOf(this.#arrays.callFacts, callIdentity)]
    return winners.filter(({ arrivedAtMs }) => isIn(range, arrivedAtMs))
  }
}

function isOf({ line, region }: CallPart, call: Call): boolean {
  return (line === null || call.line === line) && (region === null || call.region === region)
}

function courseOfCalls(calls: readonly Call[], definitions: Definitions): Course {
  const counts = calls.map((call) => countCall(call, definitions)).reduce(addCallCounts, NO_CALLS)
  const answered = calls.filter(isAnswered)
  const callers = calls.map(({ caller }) => caller).filter((caller) => caller !== '')
  const lines = new Map<string, { offeredCount: number; answeredCount: number }>()
  for (const call of calls) {
    const line = lines.get(call.line) ?? { offeredCount: 0, answeredCount: 0 }
    lines.set(call.line, {
      offeredCount: line.offeredCount + 1,
      answeredCount: line.answeredCount + (isAnswered(call) ? 1 : 0),
    })
  }
  return {
    offeredCount: counts.offered,
    answeredCount: counts.answered,
    abandonedCount: counts.abandoned,
    noSeatCount: counts.no_seat,
    flowedOutCount: counts.flowed_out,
    failedCount: counts.failed,
    otherCount: counts.other,
    waitedMs: counts.waited_ms,
    handledMs: answered.reduce((sum, call) => sum + call.endedAtMs - call.answeredAtMs!, 0),
    seatsCount: new Set(answered.flatMap(({ agent }) => (agent === null ? [] : [agent]))).size,
    redialsCount: callers.length - new Set(callers).size,
    lines,
  }
}
