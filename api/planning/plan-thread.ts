/** A thread that carries out one plan, from reading the calls to the answer: the API goes on answering meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import { dayOfText } from '../../kpi/local-date.ts'
import type { Range } from '../../kpi/range.ts'
import { dayStartAtMs } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import type { Profile } from '../../schemas/profile.ts'
import { answeredProfileOf } from '../answered-profile.ts'
import { askedCells } from '../asked/asked-range.ts'
import { ClickHouseRecordedCalls } from '../store/clickhouse-recorded-calls.ts'
import { ClickHouseRows } from '../store/clickhouse-rows.ts'
import { type PlanContext, planContextOf } from './plan-context.ts'
import type { PlanInputs, PlanKind } from './plan-inputs.ts'
import type { PlanResult } from './plan-result.ts'
import { runPlan, seedsOf } from './run-plan.ts'
import type { ThreadData } from './typescript-thread.ts'

export interface PlanThreadStart {
  storeUrl: string
  database: string
  profile: Profile
  kind: PlanKind
  inputs: PlanInputs
  /** Threads for its seeds. */
  threadsCount: number
  /** Most calls times seeds. */
  callsTimesSeedsMax: number
}

export type PlanNews =
  | { news: 'progress'; doneCount: number; totalCount: number | null; what: 'calls' | 'runs' | 'rosters' }
  | { news: 'result'; result: PlanResult }
  | { news: 'problem'; code: string; detail: string }

const QUERY_MS_MAX = 120_000
/** What a forecast looks back on: the same holiday a year before, and the weeks before that. */
const FORECAST_BACK_DAYS = 60 * 7

const start = (workerData as ThreadData<PlanThreadStart>).start

function tell(news: PlanNews): void {
  parentPort!.postMessage(news)
}

/** The recorded period that a plan asks for. */
function rangeOf({ answered }: PlanContext): Range {
  const { zone, contractToDay, profile } = answered
  const { from, to } = start.inputs
  if (start.kind === 'forecast') {
    const untilDay = from === undefined ? contractToDay : dayOfText(from.slice(0, 10))!
    return { fromAtMs: dayStartAtMs(zone, untilDay - FORECAST_BACK_DAYS), toAtMs: dayStartAtMs(zone, untilDay) }
  }
  return askedCells(zone, { from: from ?? profile.contract.from, to: to ?? profile.contract.to })
}

async function carryOut(): Promise<PlanResult> {
  const context = planContextOf(answeredProfileOf(start.profile))
  const rows = new ClickHouseRows(start.storeUrl, start.database, QUERY_MS_MAX)
  try {
    const recorded = new ClickHouseRecordedCalls(rows, context.answered)
    const range = rangeOf(context)
    const calls = await (start.kind === 'forecast' ? recorded.lookBack(range) : recorded.recordedCalls(range))
    const callsCount = calls.arrivedAtMs.length
    tell({ news: 'progress', doneCount: callsCount, totalCount: callsCount, what: 'calls' })
    if (callsCount === 0) {
      throw new SteadylineError(
        'STEADYLINE_PLAN_WITHOUT_CALLS',
        1,
        'no call that asked for a person is recorded in that period, expected some',
      )
    }
    const seedsCount = seedsOf(start.kind, start.inputs).length
    if (callsCount * seedsCount > start.callsTimesSeedsMax) {
      throw new SteadylineError(
        'STEADYLINE_PLAN_TOO_LARGE',
        1,
        `${callsCount} calls and ${seedsCount} seeds are ${callsCount * seedsCount} runs of a call, expected ${start.callsTimesSeedsMax} at most: ask for fewer seeds or a shorter period`,
      )
    }
    const { kind, inputs, threadsCount } = start
    const onProgress = (doneCount: number, totalCount: number | null, what: 'runs' | 'rosters') =>
      tell({ news: 'progress', doneCount, totalCount, what })
    return await runPlan({ kind, inputs, calls, context, threadsCount, onProgress })
  } finally {
    await rows.close()
  }
}

carryOut().then(
  (result) => tell({ news: 'result', result }),
  (error: unknown) => {
    const isKnown =
      typeof (error as { code?: unknown }).code === 'string' &&
      String((error as { code: string }).code).startsWith('STEADYLINE_')
    if (!isKnown) throw error // the process that asked logs it
    tell({ news: 'problem', code: (error as { code: string }).code, detail: (error as Error).message })
  },
)
