/**
 * What a processor says of its own work, for whoever watches it.
 *
 * Nobody waits for it and no figure depends on it. prometheus-measures.ts fulfils it; without one nothing is said.
 */
import type { Steps } from '../batch.ts'
import type { LogBatch } from '../log-reader.ts'
import type { IdentityFault } from '../reconcile/audited-store.ts'
import type { Span } from '../span.ts'

/** What is in memory and not in the store yet. */
export interface UnderWay {
  /** Rows that wait to be inserted, bytes. */
  rowBytes: number
  insertCount: number
  /** Facts of the span that is being gathered. */
  factCount: number
}

/** What a look at the invariants found; 0 everywhere is how it must be. */
export interface FaultCounts {
  /** I1: rows of the ledger that do not add up, and holes between them. */
  ledger: number
  /** I5: cells with two values at one evidence. */
  unequalCells: number
}

export interface Measures {
  batchTaken(batch: LogBatch): void
  /** The span that was gathered is being counted, and the next one begins. */
  spanClosed(): void
  spanCounted(span: Span, tookMs: number): void
  stepTook(step: keyof Steps, tookMs: number): void
  /** A server did not take something, and will be tried again. @param what  such as `insert facts` */
  tryingAgain(what: string): void
  /** Partitions were dealt anew, and this many are ours. */
  partitionsDealt(partitionCount: number): void
  verdictsIssued(verdicts: readonly string[]): void
  /** null: somebody else looks. */
  faultsFound(counts: FaultCounts | null): void
  /** Identities that were sent inconsistently, by code. null: somebody else looks. */
  identityFaultsFound(counts: Record<IdentityFault['code'], number> | null): void
  /** Where to ask what is under way. */
  underWayOf(read: () => UnderWay): void
}

const nothing = (): void => {}

export const NOBODY_WATCHES: Measures = {
  batchTaken: nothing,
  spanClosed: nothing,
  spanCounted: nothing,
  stepTook: nothing,
  tryingAgain: nothing,
  partitionsDealt: nothing,
  verdictsIssued: nothing,
  faultsFound: nothing,
  identityFaultsFound: nothing,
  underWayOf: nothing,
}
