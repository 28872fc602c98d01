/** Issues a statement: figures of a period made of records that are kept, once and for all. */
import { isoOf } from '../../kpi/instant-text.ts'
import { type Period, periodOf, rangeOf } from '../../kpi/periods.ts'
import { type Status, statusOf as statusOfWindow } from '../../kpi/status.ts'
import { type StatementEvidence, type StatementKey, statementIdOf } from '../../schemas/statement.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type StatementAnswer, statementAnswerOf, statementKeyOf } from '../answers/statement-answer.ts'
import { askedPeriod } from '../asked/asked-period.ts'
import { evaluationPeriod } from '../judged/evaluate-year.ts'
import { ParameterInvalidError } from '../problems/problem.ts'
import type { StoreReader } from '../store/store-reader.ts'
import { StatementRefusedError } from './statement-errors.ts'
import type { IssuedStatement, RecordSet, StatementStore } from './statement-store.ts'

export interface AskedStatement {
  /** `2023`, `2023-Q1` or `2023-01` */
  period: string
  /** Whether it may be issued before the period is final. */
  isProvisionalAllowed: boolean
}

/**
 * The order is the guarantee: how far time has come is read first, so a period that is called final has all the records
 * that were there then; what speaks is kept next, and the figures are computed from what was kept and nothing else.
 * Every write repeats harmlessly, so two that issue at once make one statement.
 *
 * @returns the statement, and whether it is new
 * @throws StatementRefusedError if the period is not final, or evidence has been lost since it was last issued
 */
export async function issueStatement(
  answered: AnsweredProfile,
  reader: StoreReader,
  statements: StatementStore,
  asked: AskedStatement,
): Promise<{ issued: IssuedStatement; isNew: boolean }> {
  const period = statementPeriod(answered, asked.period)
  const range = rangeOf(answered.zone, period)
  const statusOf = await statusesOf(answered, reader, range.toAtMs)
  refuseUnlessFinal(answered, period, statusOf, asked.isProvisionalAllowed)
  const { set, before } = await keptRecords(answered, statements, period)
  const id = statementIdOf(statementKeyOf(answered, period, set.evidence, statusOf))
  const known = before.find((statement) => statement.id === id)
  if (known !== undefined) return { issued: known, isNew: false }
  const counted = await statements.counted(period, set.evidence)
  const statement = statementAnswerOf(answered, period, set, statusOf, counted)
  const issued = issuedOf(statement, range, set.lastEmittedAtMs)
  await statements.issue(issued, `${JSON.stringify(statement, null, 2)}\n`)
  return { issued, isNew: true }
}

/**
 * The records that speak now, with at least the evidence of every statement about the period.
 *
 * One that another issued after these were kept has more: then they are kept again, and have it too.
 */
async function keptRecords(
  { zone, profile }: AnsweredProfile,
  statements: StatementStore,
  period: Period,
): Promise<{ set: RecordSet; before: IssuedStatement[] }> {
  const range = rangeOf(zone, period)
  for (;;) {
    const set = await statements.keepRecords(range)
    const before = await statements.issued(profile.id)
    const present = await statements.evidenceOf(range) // after what was issued, so it holds at least as much
    const same = before.filter((one) => one.range.fromAtMs === range.fromAtMs && one.range.toAtMs === range.toAtMs)
    for (const { evidence } of [set, ...same]) refuseLess(period, evidence, present)
    if (same.every(({ evidence }) => lessOf(evidence, set.evidence).length === 0)) return { set, before }
  }
}

/** A year of a profile with a scorecard is that of the contract, whose four quarters it holds. */
export function statementPeriod(answered: AnsweredProfile, name: string): Period {
  const period = periodOf(name, answered.contractFromDay)
  if (period === null || period.kind === 'day') {
    const detail = `period is ${JSON.stringify(name)}, expected a year 2023, a quarter 2023-Q1 or a month 2023-01`
    throw new ParameterInvalidError('period', detail)
  }
  askedPeriod(answered, period.kind, name)
  const isScored = period.kind === 'year' && answered.profile.evaluation !== undefined
  return isScored ? evaluationPeriod(answered, name) : period
}

/** By rank of evidence among those of the period and profile version, in the order in which they were said to be. */
export function revisionOf(statement: IssuedStatement, all: readonly IssuedStatement[]): number {
  const { id, period, profileVersion } = statement
  const family = all.filter((other) => other.period === period && other.profileVersion === profileVersion)
  return family.sort((one, other) => rankOf(one) - rankOf(other)).findIndex((other) => other.id === id) + 1
}

const STATUS_RANK: Readonly<Record<Status, number>> = { open: 0, provisional: 1, restated: 2, final: 2 }

/** More evidence first of all; of equal evidence the more settled one is the later. */
function rankOf({ evidence: { calls, tickets, dueTickets }, statusOf, form }: IssuedStatement): number {
  const settled = STATUS_RANK[statusOf.calls] + STATUS_RANK[statusOf.tickets]
  return (calls + tickets + dueTickets) * 1000 + settled * 100 + form
}

async function statusesOf({ settleMs }: AnsweredProfile, reader: StoreReader, toAtMs: number) {
  const { callsAtMs, ticketsAtMs } = await reader.watermarks()
  return {
    calls: statusOfWindow(toAtMs, callsAtMs, settleMs.calls),
    tickets: statusOfWindow(toAtMs, ticketsAtMs, settleMs.tickets),
  }
}

function refuseUnlessFinal(
  { zone, settleMs }: AnsweredProfile,
  period: Period,
  statusOf: StatementKey['statusOf'],
  isProvisionalAllowed: boolean,
): void {
  if (isProvisionalAllowed || (statusOf.calls === 'final' && statusOf.tickets === 'final')) return
  const { toAtMs } = rangeOf(zone, period)
  const finalAtMs = (topic: 'calls' | 'tickets') => isoOf(zone, toAtMs + settleMs[topic])
  throw new StatementRefusedError(
    'STEADYLINE_PERIOD_NOT_FINAL',
    `${period.name} is not final: its calls are ${statusOf.calls}, its tickets ${statusOf.tickets}, expected a watermark of ${finalAtMs('calls')} ` +
      `for calls and of ${finalAtMs('tickets')} for tickets. Wait, or ask for a provisional statement.`,
  )
}

function refuseLess(period: Period, before: StatementEvidence, now: StatementEvidence): void {
  const less = lessOf(before, now)
  if (less.length === 0) return
  const sums = less.map((kind) => `${kind} ${now[kind]} of ${before[kind]}`).join(', ')
  throw new StatementRefusedError(
    'STEADYLINE_EVIDENCE_LESS',
    `${period.name} has less evidence than was kept before (${sums}), expected at least as much: facts never become fewer. ` +
      'The store lost records, or is another one. Restore it, or let `npx steadyline reconcile --log` find what is missing.',
  )
}

/** What there is less of now than before. */
function lessOf(before: StatementEvidence, now: StatementEvidence): ('calls' | 'tickets' | 'dueTickets')[] {
  return (['calls', 'tickets', 'dueTickets'] as const).filter((kind) => now[kind] < before[kind])
}

function issuedOf(
  statement: StatementAnswer,
  range: IssuedStatement['range'],
  lastEmittedAtMs: number | null,
): IssuedStatement {
  const { id, sha256, profile, profileVersion, definitions, period, evidence, statusOf, form, simulated } = statement
  return {
    ...{ id, sha256, profile, profileVersion, definitions, period, range, evidence, form },
    statusOf: statusOf as IssuedStatement['statusOf'],
    isSimulated: simulated,
    lastEmittedAtMs,
  }
}
