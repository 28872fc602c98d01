/**
 * Whether the peaks of a year or a quarter hold: the API's own answer, read from the store, so no API need run.
 */
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { type StabilityReport, stabilityReport } from '../../api/judged/stability-report.ts'
import { headedByScenario } from '../../api/pages/scenario-heading.ts'
import { stabilityCsv } from '../../api/pages/stability-csv.ts'
import { stabilityPage } from '../../api/pages/stability-page.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { ClickHouseStability } from '../../api/store/clickhouse-stability.ts'
import { type Period, periodOf } from '../../kpi/periods.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { type Language, languageOf } from '../language.ts'
import { type SiteOptions, siteWithStore } from '../site.ts'
import { stabilityTable } from '../stability-table.ts'

const QUERY_MS_MAX = 60_000

export const STABILITY_FORMATS = ['table', 'json', 'csv', 'html'] as const

export interface StabilityOptions extends SiteOptions {
  year?: string
  quarter?: string
  line?: string
  region?: string
  format: (typeof STABILITY_FORMATS)[number]
  lang?: Language
  bom?: boolean
}

export async function stabilityCommand(options: StabilityOptions): Promise<void> {
  const { settings, profile, names, scenario } = siteWithStore(options)
  const answered = answeredProfileOf(profile)
  const period = askedPeriod(options, answered.contractFromDay)
  const rows = new ClickHouseRows(
    settings.CLICKHOUSE_READ_URL ?? settings.CLICKHOUSE_URL,
    settings.CLICKHOUSE_DATABASE,
    QUERY_MS_MAX,
  )
  const readers = {
    reader: new ClickHouseReader(rows, answered, names),
    stability: new ClickHouseStability(rows, answered),
  }
  const part = { line: options.line ?? null, region: options.region ?? null }
  try {
    const report = await stabilityReport(answered, readers, period, part)
    const text = printed(report, options)
    process.stdout.write(options.format === 'table' ? text : headedByScenario(text, options.format, scenario))
  } finally {
    await rows.close()
  }
}

function printed(report: StabilityReport, { format, lang, bom }: StabilityOptions): string {
  if (format === 'json') return `${JSON.stringify(report.answer, null, 2)}\n`
  if (format === 'csv') return stabilityCsv(report, { hasByteOrderMark: bom === true })
  if (format === 'html') return stabilityPage(report)
  return `${stabilityTable(report.answer, languageOf(lang, process.env.LC_ALL ?? process.env.LANG))}\n`
}

function askedPeriod({ year, quarter }: StabilityOptions, contractFromDay: number): Period {
  const name = year ?? quarter
  const kind = year === undefined ? 'quarter' : 'year'
  const period =
    name === undefined || (year !== undefined && quarter !== undefined) ? null : periodOf(name, contractFromDay)
  if (period?.kind === kind) return period
  throw new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    name === undefined
      ? 'Neither --year nor --quarter is given, expected one of them: --year 2023, or --quarter 2023-Q3.'
      : `--${kind} is ${JSON.stringify(name)}, expected one of --year 2023 and --quarter 2023-Q3.`,
  )
}
