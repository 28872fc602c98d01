/** What statements ask of the store, in the API's words. The adapter is clickhouse-statements.ts; it alone writes. */
import type { Call } from '../../kpi/call.ts'
import type { Period } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import type { StatementEvidence, StatementKey } from '../../schemas/statement.ts'
import type { CountedPeriod, SeatsOfMonth } from '../store/store-reader.ts'

/** The records that speak for a period at some evidence. */
export interface RecordSet {
  evidence: StatementEvidence
  records: { calls: number; tickets: number; dueTickets: number }
  /** Over identity, revision, instant of emission and content of every record; empty if there is none. */
  hashes: { calls: string; tickets: string; dueTickets: string }
  /** `null` if there are no records. */
  lastEmittedAtMs: number | null
}

/** A statement as it was issued, without what it says. */
export interface IssuedStatement extends Omit<StatementKey, 'from' | 'to'> {
  id: string
  sha256: string
  range: Range
  isSimulated: boolean
  lastEmittedAtMs: number | null
}

/** A record of one side of a difference: as it was when the statement was issued, or as it is now. */
export interface Side<Shape> {
  isNow: boolean
  /** Whether it stands on one side only. Calls that did not change come along where their caller's day did. */
  isChange: boolean
  record: Shape
}

export interface StatementStore {
  /** How much evidence a statement about a period would have at this moment. */
  evidenceOf(range: Range): Promise<StatementEvidence>
  /** Keeps the records that speak for a period now and returns the set with the most evidence. Repeatable, by several at once. */
  keepRecords(range: Range): Promise<RecordSet>
  /** What the records of a set add up to. */
  counted(period: Period, evidence: StatementEvidence): Promise<CountedPeriod & { seatsByMonth: SeatsOfMonth[] }>
  /** Of this profile, each once. */
  issued(profile: string): Promise<IssuedStatement[]>
  /** The bytes that were issued; `null` if there is no such statement. */
  json(id: string): Promise<string | null>
  issue(statement: IssuedStatement, json: string): Promise<void>
  /** Records of a set that speak no more or otherwise, and those that speak now; at most `rowsMax`. */
  changedCalls(range: Range, evidence: StatementEvidence, rowsMax: number): Promise<Side<Call>[]>
  changedTickets(range: Range, evidence: StatementEvidence, rowsMax: number): Promise<Side<Ticket>[]>
}
