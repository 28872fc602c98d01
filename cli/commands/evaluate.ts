/** The scorecard of a year: the API's own answer, read from the store, so no API need run. */
import { answeredProfileOf } from '../../api/answered-profile.ts'
import type { EvaluationAnswer } from '../../api/answers/evaluation-answer.ts'
import { evaluateYear } from '../../api/judged/evaluate-year.ts'
import { evaluationCsv } from '../../api/pages/evaluation-csv.ts'
import { evaluationPage } from '../../api/pages/evaluation-page.ts'
import { headedByScenario } from '../../api/pages/scenario-heading.ts'
import { ParameterInvalidError } from '../../api/problems/problem.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { evaluationTable } from '../evaluation-table.ts'
import { type Language, languageOf } from '../language.ts'
import { instantOption } from '../options.ts'
import { type SiteOptions, siteWithStore } from '../site.ts'

const QUERY_MS_MAX = 60_000

export interface EvaluateOptions extends SiteOptions {
  year: string
  asOf?: string
  format: 'table' | 'json' | 'csv' | 'html'
  lang?: Language
  bom?: boolean
}

export async function evaluateCommand(options: EvaluateOptions): Promise<void> {
  const { settings, profile, names, scenario } = siteWithStore(options)
  const answered = answeredProfileOf(profile)
  const asOfAtMs = options.asOf === undefined ? null : instantOption(answered.zone, '--as-of', options.asOf)
  const url = settings.CLICKHOUSE_READ_URL ?? settings.CLICKHOUSE_URL
  const rows = new ClickHouseRows(url, settings.CLICKHOUSE_DATABASE, QUERY_MS_MAX)
  try {
    const answer = await evaluateYear(answered, new ClickHouseReader(rows, answered, names), options.year, asOfAtMs)
    const text = printed(answer, options)
    process.stdout.write(options.format === 'table' ? text : headedByScenario(text, options.format, scenario))
  } catch (error) {
    if (!(error instanceof ParameterInvalidError)) throw error
    throw new SteadylineError('STEADYLINE_OPTION_INVALID', 2, `--${error.message}.`, { cause: error })
  } finally {
    await rows.close()
  }
}

function printed(answer: EvaluationAnswer, { format, lang, bom }: EvaluateOptions): string {
  if (format === 'json') return `${JSON.stringify(answer, null, 2)}\n`
  if (format === 'csv') return evaluationCsv(answer, { hasByteOrderMark: bom === true })
  if (format === 'html') return evaluationPage(answer)
  return `${evaluationTable(answer, languageOf(lang, process.env.LC_ALL ?? process.env.LANG))}\n`
}
