/** What staffing answers how much: what-if, the least seats that hold, and the calls of the next weeks. */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { headedByScenario } from '../../api/pages/scenario-heading.ts'
import { type PlanContext, planContextOf } from '../../api/planning/plan-context.ts'
import type { PlanInputs, PlanKind } from '../../api/planning/plan-inputs.ts'
import type { PlanResult } from '../../api/planning/plan-result.ts'
import { assumptionsOf, planStaffing, runPlan } from '../../api/planning/run-plan.ts'
import { ClickHouseRecordedCalls } from '../../api/store/clickhouse-recorded-calls.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { CELL_MS } from '../../kpi/cell.ts'
import { periodOf, rangeOf } from '../../kpi/periods.ts'
import { planModel } from '../../kpi/planning/plan-model.ts'
import type { RecordedCalls } from '../../kpi/planning/recorded-calls.ts'
import { rosterDuties } from '../../kpi/planning/staffing.ts'
import type { Range } from '../../kpi/range.ts'
import { dayStartAtMs } from '../../kpi/zone.ts'
import { writePlannedCapture } from '../../producers/planned-capture.ts'
import { recordedCapture } from '../../producers/recorded-capture.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { languageOf } from '../language.ts'
import { instantOption } from '../options.ts'
import { planCsv } from '../plan-csv.ts'
import { type PlanOptions, planInputs } from '../plan-options.ts'
import { planTable } from '../plan-table.ts'
import { progressOf } from '../progress.ts'
import { rosterCsv } from '../roster-file.ts'
import { siteOf, siteWithStore } from '../site.ts'

const QUERY_MS_MAX = 120_000
/** What a forecast looks back on: the same holiday a year before, and the weeks before that. */
const FORECAST_BACK_MS = 60 * 7 * 86_400_000

export async function planCommand(kind: PlanKind, options: PlanOptions): Promise<void> {
  const { profile } = siteOf(options)
  const context = planContextOf(answeredProfileOf(profile))
  const inputs = planInputs(kind, options, profile)
  const calls = await readCalls(kind, options, context)
  if (calls.arrivedAtMs.length === 0) {
    throw new SteadylineError(
      'STEADYLINE_PLAN_WITHOUT_CALLS',
      1,
      'No call that asked for a person is recorded in that period. Choose another with --year, or --from and --to.',
    )
  }
  const progress = progressOf(kind === 'seats' ? 'Trying rosters' : 'Running')
  const result = await runPlan({
    kind,
    inputs,
    calls,
    context,
    threadsCount: availableParallelism(),
    onProgress: (doneCount, totalCount, what) => progress.show(doneCount, totalCount, what),
  }).finally(() => progress.end())
  process.stdout.write(printed(result, options))
  await writeFiles(result, { options, inputs, calls, context })
  if (result.kind === 'seats' && result.found.least === null) process.exitCode = 1
}

function printed(result: PlanResult, { format, lang, bom, scenario }: PlanOptions): string {
  if (format === 'json') return headedByScenario(`${JSON.stringify(result, null, 2)}\n`, format, scenario ?? null)
  if (format === 'csv')
    return headedByScenario(planCsv(result, { hasByteOrderMark: bom === true }), format, scenario ?? null)
  return `${planTable(result, languageOf(lang, process.env.LC_ALL ?? process.env.LANG))}\n`
}

async function readCalls(kind: PlanKind, options: PlanOptions, context: PlanContext): Promise<RecordedCalls> {
  const range = askedRange(kind, options, context)
  if (options.capture !== undefined) return recordedCapture(options.capture, range)
  const { settings } = siteWithStore(options)
  const url = settings.CLICKHOUSE_READ_URL ?? settings.CLICKHOUSE_URL
  const rows = new ClickHouseRows(url, settings.CLICKHOUSE_DATABASE, QUERY_MS_MAX)
  const { zone, contractFromDay, contractToDay } = context.answered
  const contract = { fromAtMs: dayStartAtMs(zone, contractFromDay), toAtMs: dayStartAtMs(zone, contractToDay) }
  try {
    const recorded = new ClickHouseRecordedCalls(rows, context.answered)
    return await (kind === 'forecast'
      ? recorded.lookBack(range ?? contract)
      : recorded.recordedCalls(range ?? contract))
  } finally {
    await rows.close()
  }
}

/** @returns `null` for all that a capture holds, or the contract's time */
function askedRange(kind: PlanKind, { year, from, to }: PlanOptions, { answered }: PlanContext): Range | null {
  const { zone, contractFromDay } = answered
  if (year !== undefined) {
    const period = periodOf(year, contractFromDay)
    if (period?.kind !== 'year' || from !== undefined || to !== undefined) {
      throw new SteadylineError(
        'STEADYLINE_OPTION_INVALID',
        2,
        `--year is ${JSON.stringify(year)}, expected a year such as 2023 alone, or --from and --to instead.`,
      )
    }
    return rangeOf(zone, period)
  }
  if (kind === 'forecast') {
    if (from === undefined) return null
    const toAtMs = instantOption(zone, '--from', from)
    return { fromAtMs: toAtMs - FORECAST_BACK_MS, toAtMs }
  }
  if (from === undefined && to === undefined) return null
  const fromAtMs = from === undefined ? dayStartAtMs(zone, contractFromDay) : instantOption(zone, '--from', from)
  const toAtMs = to === undefined ? dayStartAtMs(zone, answered.contractToDay) : instantOption(zone, '--to', to)
  if (fromAtMs >= toAtMs || fromAtMs % CELL_MS !== 0 || toAtMs % CELL_MS !== 0) {
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      '--from and --to do not name a period, expected quarter-hours, --to after --from (it is out).',
    )
  }
  return { fromAtMs, toAtMs }
}

interface Written {
  options: PlanOptions
  inputs: PlanInputs
  calls: RecordedCalls
  context: PlanContext
}

async function writeFiles(result: PlanResult, { options, inputs, calls, context }: Written): Promise<void> {
  if (result.kind === 'forecast') return
  const isFound = result.kind === 'seats' && result.found.least !== null
  const roster = isFound ? result.found.least!.roster : result.staffing.roster
  if (options.rosterOut !== undefined) {
    writeFileSync(options.rosterOut, rosterCsv(roster, result.simulated))
    process.stderr.write(`Wrote the roster to ${options.rosterOut}.\n`)
  }
  if (options.out === undefined) return
  if (result.kind === 'seats' && !isFound) {
    process.stderr.write(`No roster does it, so nothing was written to ${options.out}.\n`)
    return
  }
  const { model } = planModel(calls, assumptionsOf({ calls, context, inputs }))
  const duties = isFound
    ? rosterDuties(roster, calls.range, context.calendar, context.classOf)
    : planStaffing({ calls, context, inputs }).duties
  const count = await writePlannedCapture({ folder: options.out, calls, model, duties, seed: result.seed })
  process.stderr.write(
    `模拟数据 (simulated data): wrote ${count.toLocaleString('en')} calls as they would have been, seed ${result.seed}, to ${options.out}; ` +
      `see them with \`steadyline replay --from ${options.out} --scenario NAME\`.\n`,
  )
}
