/** Frozen figures: issued, listed, shown, compared and verified. The same program as the API's, so no API need run. */
import { readFileSync } from 'node:fs'
import { type AnsweredProfile, answeredProfileOf } from '../../api/answered-profile.ts'
import { type StatementAnswer, type StatementSummary, statementSummaryOf } from '../../api/answers/statement-answer.ts'
import { headedByScenario } from '../../api/pages/scenario-heading.ts'
import { statementPage } from '../../api/pages/statement-page.ts'
import { ParameterInvalidError } from '../../api/problems/problem.ts'
import { ClickHouseStatements } from '../../api/statements/clickhouse-statements.ts'
import { compareStatement } from '../../api/statements/compare-statement.ts'
import { issueStatement, revisionOf } from '../../api/statements/issue-statement.ts'
import { StatementUnknownError } from '../../api/statements/statement-errors.ts'
import { ClickHouseReader } from '../../api/store/clickhouse-reader.ts'
import { ClickHouseRows } from '../../api/store/clickhouse-rows.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { readStatement } from '../../schemas/statement.ts'
import { openAuditLog } from '../audit-log.ts'
import { type Language, languageOf } from '../language.ts'
import { type SiteOptions, siteWithStore } from '../site.ts'
import { differenceTable, statementsTable, statementTable } from '../statement-tables.ts'

const QUERY_MS_MAX = 600_000
/** How a page names its statement. */
const STAMP = /定版报表 ([0-9a-f]{16}) /

export interface StatementsOptions extends SiteOptions {
  format?: 'table' | 'json' | 'html'
  lang?: Language
}

export async function issueCommand(
  period: string,
  options: StatementsOptions & { provisional?: boolean },
): Promise<void> {
  if (options.scenario !== undefined) {
    throw new SteadylineError(
      'STEADYLINE_SCENARIO_NOT_ISSUED',
      2,
      `${options.scenario} is a scenario, and a statement freezes what has happened. Compare it with \`npx steadyline scenarios compare ${options.scenario}\`.`,
    )
  }
  const asked = { period, isProvisionalAllowed: options.provisional === true }
  const said = await withStatements(options, async ({ answered, reader, statements, dataFolder }) => {
    const audit = openAuditLog(dataFolder)
    try {
      const { issued, isNew } = await issueStatement(answered, reader, statements, asked)
      const line = { audit: 'statement-issued', statement: issued.id, period: issued.period, isNew } as const
      audit.write(line, 'statement issued')
      return statementSummaryOf(answered, issued, revisionOf(issued, await statements.issued(answered.profile.id)))
    } finally {
      audit.close()
    }
  })
  print(options.format === 'json' ? json(said) : `${summary(said, options)}\nSHA-256 ${said.sha256}\n`)
}

export async function listCommand(options: StatementsOptions): Promise<void> {
  const statements = await withStatements(options, async ({ answered, statements: store }) => {
    const all = await store.issued(answered.profile.id)
    return all.map((issued) => statementSummaryOf(answered, issued, revisionOf(issued, all)))
  })
  print(
    options.format === 'json'
      ? headedByScenario(json({ statements }), 'json', options.scenario ?? null)
      : `${statementsTable(statements, languageFor(options))}\n`,
  )
}

export async function showCommand(id: string, options: StatementsOptions): Promise<void> {
  const kept = await withStatements(options, ({ statements }) => statements.json(id))
  if (kept === null) throw new StatementUnknownError(id)
  if (options.format === 'json') return print(kept)
  const statement = JSON.parse(kept) as StatementAnswer
  print(options.format === 'html' ? statementPage(statement) : `${statementTable(statement, languageFor(options))}\n`)
}

export async function diffCommand(id: string, options: StatementsOptions): Promise<void> {
  const difference = await withStatements(options, ({ answered, reader, statements }) =>
    compareStatement(answered, reader, statements, id),
  )
  print(options.format === 'json' ? json(difference) : `${differenceTable(difference, languageFor(options))}\n`)
}

/** Checks a file by itself, and against the store where one is known. A page can only be checked against the store. */
export async function verifyCommand(file: string, options: StatementsOptions): Promise<void> {
  const text = readFileSync(file, 'utf8')
  if (text.startsWith('<!doctype html>')) return verifyPage(file, text, options)
  const { statement, fault } = readStatement(text)
  if (fault !== null || statement === null) throw falsified(file, fault ?? 'it is no statement')
  const kept = await keptWhereKnown(statement.id, options)
  if (kept === 'no store') {
    return print(
      `${file}: statement ${statement.id} is whole, its SHA-256 is ${statement.sha256}. Not compared with what was issued: no store is known.\n`,
    )
  }
  if (kept === null) throw falsified(file, `no statement ${statement.id} was issued`)
  const { sha256 } = JSON.parse(kept) as StatementAnswer
  if (sha256 !== statement.sha256) {
    throw falsified(
      file,
      `statement ${statement.id} was issued with the SHA-256 ${sha256}, and it says ${statement.sha256}`,
    )
  }
  print(`${file}: statement ${statement.id} is what was issued, its SHA-256 is ${sha256}.\n`)
}

/** A page is written from the statement alone, so it is written again and compared. */
async function verifyPage(file: string, text: string, options: StatementsOptions): Promise<void> {
  const id = STAMP.exec(text)?.[1]
  if (id === undefined) throw falsified(file, 'the page names no statement')
  const kept = await withStatements(options, ({ statements }) => statements.json(id))
  if (kept === null) throw falsified(file, `no statement ${id} was issued`)
  const statement = JSON.parse(kept) as StatementAnswer
  if (statementPage(statement) !== text)
    throw falsified(file, `it is not the page of statement ${id} as this program writes it`)
  print(`${file}: the page of statement ${id} is what was issued, its SHA-256 is ${statement.sha256}.\n`)
}

interface Opened {
  answered: AnsweredProfile
  reader: ClickHouseReader
  statements: ClickHouseStatements
  dataFolder: string
}

async function withStatements<Result>(
  options: SiteOptions,
  action: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const { settings, profile, names, dataFolder } = siteWithStore(options)
  const answered = answeredProfileOf(profile)
  const { CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: database } = settings
  const rows = new ClickHouseRows(url, database, QUERY_MS_MAX)
  const statements = new ClickHouseStatements({ url, database, queryMsMax: QUERY_MS_MAX }, answered)
  try {
    return await action({ answered, reader: new ClickHouseReader(rows, answered, names), statements, dataFolder })
  } catch (error) {
    if (!(error instanceof ParameterInvalidError)) throw error
    throw new SteadylineError('STEADYLINE_OPTION_INVALID', 2, `${error.message}.`, { cause: error })
  } finally {
    await Promise.allSettled([rows.close(), statements.close()])
  }
}

async function keptWhereKnown(id: string, options: SiteOptions): Promise<string | null | 'no store'> {
  try {
    return await withStatements(options, ({ statements }) => statements.json(id))
  } catch (error) {
    if (error instanceof SteadylineError && error.code === 'STEADYLINE_NO_SERVERS') return 'no store'
    throw error
  }
}

function falsified(file: string, why: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_STATEMENT_FALSIFIED',
    1,
    `${file} is not a statement as it was issued: ${why}. Compare with \`npx steadyline statements list\` and \`statements show ID --format json\`.`,
  )
}

function summary(said: StatementSummary, options: StatementsOptions): string {
  return statementsTable([said], languageFor(options))
}

function languageFor({ lang }: StatementsOptions): Language {
  return languageOf(lang, process.env.LC_ALL ?? process.env.LANG)
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function print(text: string): void {
  process.stdout.write(text)
}
