/** What an audit reads of the store. clickhouse-audited-store.ts fulfils it. */
import type { Range } from '../../kpi/range.ts'
import type { FactRows } from '../span.ts'
import type { CallerDayRow, CallFact, CellRow, TicketFact } from './expected-cells.ts'

/** An identity that was sent with two instants, or a revision with two contents: told, and not a difference. */
export interface IdentityFault {
  code: 'IDENTITY_MOVED' | 'REVISION_REUSED'
  id: string
}

export interface DayOfFacts {
  /** `YYYY-MM-DD` */
  day: string
  /** Rows of facts, duplicates included: what reading the day costs. */
  factRows: number
}

export interface LedgerFault {
  topic: string
  partition: number
  problem: string
}

/** A row of `rejects`. */
export interface BookedReject {
  topic: string
  partition: number
  offset: number
  code: string
  reason: string
}

export interface AuditedStore {
  /** Cells before this instant are sealed: their facts are deleted, and nobody computes them again. Epoch ms, 0 for none. */
  sealedBeforeMs(): Promise<number>
  /** Records before this instant are refused, which a seal that was only begun does too. Epoch ms, 0 for none. */
  refusedBeforeMs(): Promise<number>
  /** Facts that lie before the seal, and should be deleted. */
  sealedFactsCount(): Promise<number>
  /** Whether a series has cells before the seal. */
  hasSealedCells(definitions: string): Promise<boolean>
  /** Local days in the zone that hold a fact or a cell, rising. */
  days(definitions: string, timeZone: string): Promise<DayOfFacts[]>
  callFacts(range: Range): Promise<CallFact[]>
  ticketFacts(range: Range): Promise<TicketFact[]>
  /** By cell (start, epoch ms), the row that answers read. */
  cells(table: FactRows['table'], definitions: string, range: Range): Promise<Map<number, CellRow>>
  /** Rows of `caller_days` by day, from `fromDay` to `toDay`, both in. */
  callerDays(definitions: string, timeZone: string, fromDay: string, toDay: string): Promise<Map<string, CallerDayRow>>
  /** Cells with two values at one evidence (invariant I5), as sentences. */
  unequalRows(definitions: string): Promise<string[]>
  ledgerFaults(): Promise<LedgerFault[]>
  /** By message, in the order of the log. */
  rejects(): Promise<BookedReject[]>
  /** By `topic/partition`, the end (out) of what is counted without a hole. */
  countedUntil(): Promise<Map<string, number>>
  /** Makes empty tables for facts that are read from the log again. */
  beginSeen(): Promise<void>
  insertSeen(rows: FactRows): Promise<void>
  /**
   * Facts that were read from the log again and are not in the fact tables, as sentences.
   *
   * @param excusedCount  so many may be missing: the store refused them, and they are booked as rejects
   */
  missingFacts(limit: number, excusedCount: number): Promise<string[]>
  endSeen(): Promise<void>
  /** So many of each kind and table, at most twice that where facts are read in slices. */
  identityFaults(limit: number): Promise<IdentityFault[]>
  /** How many there are. Every fact is read, once or, where there are many, in slices of bounded memory. */
  identityFaultCounts(): Promise<Record<IdentityFault['code'], number>>
  /** Deletes rows that are wrong, so that a recompute can put the right ones there (invariant I7). */
  deleteCells(table: FactRows['table'], definitions: string, cellsAtMs: readonly number[]): Promise<void>
  deleteCallerDays(definitions: string, timeZone: string, days: readonly string[]): Promise<void>
  close(): Promise<void>
}
