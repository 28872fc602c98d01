/**
 * What makes a statement 定版报表 the one it is: its id, its hash, and how both are checked in a file.
 *
 * The id follows from what it was made of, so issuing twice is one statement. The hash is of the canonical form of
 * everything but itself: white space and the order of keys do not matter, every figure does.
 */
import { createHash } from 'node:crypto'
import type { Status } from '../kpi/status.ts'
import { canonicalJson } from './canonical-json.ts'

/** Raised in the commit that writes statements differently: those issued before stay as they are. */
export const STATEMENT_FORM = 1

/** Distinct facts that the records of a statement were chosen from. */
export interface StatementEvidence {
  calls: number
  tickets: number
  /** Of tickets accepted outside the period that were ever due in it. */
  dueTickets: number
}

/** Nothing is restated at the moment it is issued. */
export type StatementStatus = Exclude<Status, 'restated'>

export interface StatementKey {
  profile: string
  profileVersion: string
  definitions: string
  period: string
  from: string
  to: string
  evidence: StatementEvidence
  statusOf: { calls: StatementStatus; tickets: StatementStatus }
  form: number
}

export function statementIdOf({
  profile,
  profileVersion,
  definitions,
  period,
  from,
  to,
  evidence: { calls, tickets, dueTickets },
  statusOf,
  form,
}: StatementKey): string {
  const key = { profile, profileVersion, definitions, period, from, to, form }
  const evidence = { calls, tickets, dueTickets }
  const status = { calls: statusOf.calls, tickets: statusOf.tickets }
  return sha256(canonicalJson({ ...key, evidence, statusOf: status })).slice(0, 16)
}

/** SHA-256 of a statement's canonical form without its own hash. */
export function statementHashOf(statement: object): string {
  const { sha256: _, ...content } = statement as { sha256?: unknown }
  return sha256(canonicalJson(content))
}

/** What is wrong with a statement by itself; `null` if its hash and id are those of its content. */
export function statementFault(statement: StatementKey & { id: string; sha256: string }): string | null {
  const hash = statementHashOf(statement)
  if (hash !== statement.sha256) return `its content has the SHA-256 ${hash}, and it says ${statement.sha256}`
  const id = statementIdOf(statement)
  return id === statement.id ? null : `what it was made of gives the id ${id}, and it says ${statement.id}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Reads a statement out of a file's text and says what is wrong with it by itself.
 *
 * A name that stands twice in one object is a fault of its own: programs would read the last, a person the first.
 */
export function readStatement(text: string): {
  statement: (StatementKey & { id: string; sha256: string }) | null
  fault: string | null
} {
  let statement: unknown
  try {
    statement = JSON.parse(text)
  } catch {
    return { statement: null, fault: 'it is neither JSON nor a page of a statement' }
  }
  if (!isStatement(statement)) return { statement: null, fault: 'it is JSON, but no statement' }
  const namesWritten = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length
  const fault = namesWritten === namesIn(statement) ? statementFault(statement) : 'a name stands twice in one object'
  return { statement, fault }
}

function isStatement(value: unknown): value is StatementKey & { id: string; sha256: string } {
  const { id, sha256, evidence, statusOf } = (value ?? {}) as Partial<StatementKey & { id: string; sha256: string }>
  return (
    typeof id === 'string' &&
    typeof sha256 === 'string' &&
    typeof evidence === 'object' &&
    typeof statusOf === 'object' &&
    evidence !== null &&
    statusOf !== null
  )
}

function namesIn(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  const members = Object.values(value).reduce((sum: number, member) => sum + namesIn(member), 0)
  return members + (Array.isArray(value) ? 0 : Object.keys(value).length)
}
