/** Reads what is needed to say what changed since a statement was issued. */
import { instantOfText } from '../../kpi/instant-text.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { StatementAnswer } from '../answers/statement-answer.ts'
import { type StatementDiffAnswer, statementDiffAnswerOf } from '../answers/statement-diff-answer.ts'
import { LATEST_AT_MS, type StoreReader } from '../store/store-reader.ts'
import { statementPeriod } from './issue-statement.ts'
import { changedCalls, changedTickets } from './statement-diff.ts'
import { StatementUnknownError } from './statement-errors.ts'
import type { StatementStore } from './statement-store.ts'

/** Rows of a comparison that are read, of calls and of tickets: after a rebuilt year a list helps nobody. */
const ROWS_MAX = 20_000

/** @throws StatementUnknownError */
export async function compareStatement(
  answered: AnsweredProfile,
  reader: StoreReader,
  statements: StatementStore,
  id: string,
): Promise<StatementDiffAnswer> {
  const json = await statements.json(id)
  if (json === null) throw new StatementUnknownError(id)
  const statement = JSON.parse(json) as StatementAnswer
  const { zone, profile } = answered
  const range = { fromAtMs: instantOfText(zone, statement.from)!, toAtMs: instantOfText(zone, statement.to)! }
  const evidenceNow = await statements.evidenceOf(range) // first: it says whether the records are still there
  const [calls, tickets, now] = await Promise.all([
    statements.changedCalls(range, statement.evidence, ROWS_MAX),
    statements.changedTickets(range, statement.evidence, ROWS_MAX),
    // From facts, as the lists are: cells may be a second behind.
    reader.countedPeriod(statementPeriod(answered, statement.period), LATEST_AT_MS),
  ])
  return statementDiffAnswerOf(answered, {
    ...{ statement, now, evidenceNow },
    calls: changedCalls(calls, profile.definitions, zone),
    tickets: changedTickets(tickets, profile.definitions, range),
    isComplete: calls.length < ROWS_MAX && tickets.length < ROWS_MAX,
  })
}
