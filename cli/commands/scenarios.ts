/** What replays into scenarios left: listed, compared with the real figures, dropped. */

import { answeredProfileOf } from '../../api/answered-profile.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { CELL_MS } from '../../kpi/cell.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { type Period, periodOf } from '../../kpi/periods.ts'
import type { CalendarShift } from '../../kpi/shifted-days.ts'
import { localDayOf, zoneOf } from '../../kpi/zone.ts'
import { dropTopics } from '../../producers/kafka-topics.ts'
import { ClickHouseScenarios, scenarioUnknown } from '../../schemas/clickhouse-scenarios.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { scenarioNamed } from '../../schemas/scenario-names.ts'
import { recipeText } from '../../schemas/scenario-recipe.ts'
import { besideShifted, type ComparedPeriods, periodOfDays, shiftedBeside } from '../compared-periods.ts'
import { comparisonCsv, comparisonTable } from '../comparison-table.ts'
import { type Language, languageOf } from '../language.ts'
import { instantOption } from '../options.ts'
import { plainTable } from '../plain-table.ts'
import { type ComparedStore, comparisonOf } from '../scenario-comparison.ts'
import { calendarShift } from '../scenario-options.ts'
import { type SiteOptions, siteWithServers, siteWithStore } from '../site.ts'

const QUERY_MS_MAX = 60_000
const ALL_RECORDS = { fromAtMs: Date.UTC(1990, 0, 1), toAtMs: Date.UTC(2100, 0, 1) }

export async function scenariosList(options: SiteOptions & { format: 'table' | 'json' }): Promise<void> {
  const { settings, profile, realDatabase } = siteWithStore(options)
  const zone = zoneOf(profile.timeZone)
  const scenarios = new ClickHouseScenarios({ url: settings.CLICKHOUSE_URL, realDatabase })
  const found = await scenarios.list().finally(() => scenarios.close())
  if (options.format === 'json') {
    const listed = found.map(({ replays, ...scenario }) => ({
      ...scenario,
      replays: replays.map(({ madeAtMs, ...recipe }) => ({ madeAt: isoOf(zone, madeAtMs), ...recipe })),
    }))
    return print(`${JSON.stringify({ scenarios: listed }, null, 2)}\n`)
  }
  if (found.length === 0)
    return print('There are no scenarios. Make one: npx steadyline replay --from DIR --scenario NAME\n')
  const table = plainTable(
    ['scenario', 'from', 'made by', 'when', 'calls', 'tickets', 'MB'],
    ['left', 'left', 'left', 'left', 'right', 'right', 'right'],
  )
  for (const { name, replays, callRecordsCount, ticketRecordsCount, bytesCount } of found) {
    const lines = (of: (replay: (typeof replays)[number]) => string) => replays.map(of).join('\n')
    table.push([
      name,
      lines(({ source }) => source),
      lines((replay) => recipeText(replay) || 'as it is'),
      lines(({ madeAtMs }) => isoOf(zone, madeAtMs).slice(0, 16)),
      callRecordsCount.toLocaleString('en'),
      ticketRecordsCount.toLocaleString('en'),
      (bytesCount / 1e6).toFixed(1),
    ])
  }
  print(`${table.toString()}\n`)
}

export interface CompareOptions extends SiteOptions {
  year?: string
  from?: string
  to?: string
  format: 'table' | 'json' | 'csv'
  lang?: Language
}

export async function scenariosCompare(name: string, options: CompareOptions): Promise<void> {
  const { settings, profile, realDatabase } = siteWithStore(options)
  const scenario = siteWithStore({ ...options, scenario: scenarioNamed(name) })
  const url = settings.CLICKHOUSE_URL
  const shift = await shiftOf(name, { url, realDatabase })
  const base: ComparedStore = { url, database: realDatabase, topics: kafkaNamesOf(null) }
  const shifted: ComparedStore = { url, database: scenario.settings.CLICKHOUSE_DATABASE, topics: scenario.names }
  const asked = askedPeriod(options, profile.timeZone)
  const periods: ComparedPeriods =
    asked === null
      ? besideShifted(await recordedDays(name, shifted, answeredProfileOf(profile)), shift)
      : shiftedBeside(asked, shift)
  const comparison = await comparisonOf({
    profile,
    scenario: name,
    base: { ...base, period: periods.base },
    shifted: { ...shifted, period: periods.shifted },
  })
  if (options.format === 'json') return print(`${JSON.stringify(comparison, null, 2)}\n`)
  if (options.format === 'csv') return print(comparisonCsv(comparison))
  print(`${comparisonTable(comparison, languageOf(options.lang, process.env.LC_ALL ?? process.env.LANG))}\n`)
}

/** Deletes topics, group and database: the database last, so that what was cut off can be done again. */
export async function scenariosDrop(name: string, options: SiteOptions): Promise<void> {
  const { settings, scenario, names, realDatabase } = siteWithServers({ ...options, scenario: name })
  const scenarios = new ClickHouseScenarios({ url: settings.CLICKHOUSE_URL, realDatabase })
  try {
    if (!(await scenarios.isThere(scenario!))) throw scenarioUnknown(name)
    await dropTopics(kafkaConnectionOf(settings), names)
    await scenarios.drop(scenario!)
  } finally {
    await scenarios.close()
  }
  print(`Scenario ${name} is dropped: its topics, its group and the database ${settings.CLICKHOUSE_DATABASE}.\n`)
}

/** @throws SteadylineError where replays of different shifts are in one scenario: then no days of the base are its own */
async function shiftOf(name: string, store: { url: string; realDatabase: string }): Promise<CalendarShift | null> {
  const scenarios = new ClickHouseScenarios(store)
  try {
    if (!(await scenarios.isThere(name))) throw scenarioUnknown(name)
    const shifts = [...new Set((await scenarios.replaysOf(name)).map(({ shift }) => shift))]
    if (shifts.length > 1) {
      throw new SteadylineError(
        'STEADYLINE_SCENARIO_MIXED',
        2,
        `Replays shifted by ${shifts.map((shift) => shift ?? 'nothing').join(' and ')} are in scenario ${name}, so no one period of the real figures is beside it. Compare it by hand: npx steadyline evaluate --scenario ${name}`,
      )
    }
    return shifts[0] == null ? null : calendarShift(shifts[0])
  } finally {
    await scenarios.close()
  }
}

function askedPeriod({ year, from, to }: CompareOptions, timeZone: string): Period | null {
  if (year === undefined && from === undefined && to === undefined) return null
  const period = year === undefined ? null : periodOf(year)
  if (period?.kind === 'year' && from === undefined && to === undefined) return period
  if (year !== undefined || from === undefined || to === undefined) {
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      'Expected --year 2023, or --from and --to, or none of them; they are of the real figures.',
    )
  }
  const zone = zoneOf(timeZone)
  const [fromDay, toDay] = [
    localDayOf(zone, instantOption(zone, '--from', from)),
    localDayOf(zone, instantOption(zone, '--to', to)),
  ]
  if (fromDay < toDay) return periodOfDays(fromDay, toDay)
  throw new SteadylineError('STEADYLINE_OPTION_INVALID', 2, '--to is not a day after --from, expected one (it is out).')
}

/** The local days from the first to the last call of a scenario. */
async function recordedDays(
  name: string,
  { url, database, topics }: ComparedStore,
  answered: ReturnType<typeof answeredProfileOf>,
): Promise<Period> {
  const rows = new ClickHouseRows(url, database, QUERY_MS_MAX)
  const reader = new ClickHouseReader(rows, answered, topics)
  const cells = await reader.connectionByCell(ALL_RECORDS, { line: null, region: null }).finally(() => rows.close())
  const [first, last] = [cells[0], cells.at(-1)]
  if (first === undefined || last === undefined) {
    throw new SteadylineError(
      'STEADYLINE_SCENARIO_EMPTY',
      1,
      `Scenario ${name} holds no calls that are counted by the definitions of ${answered.profile.id}. See \`npx steadyline scenarios list\`.`,
    )
  }
  return periodOfDays(
    localDayOf(answered.zone, first.cellAtMs),
    localDayOf(answered.zone, last.cellAtMs + CELL_MS - 1) + 1,
  )
}

function print(text: string): void {
  process.stdout.write(text)
}
