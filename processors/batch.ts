import type { LedgerRange, Span } from './span.ts'

/** The steps a span goes through. Every one of them is idempotent: a crash before a step repeats the ones before it. */
export interface Steps {
  factsAreIn(span: Span): Promise<void>
  rejectsAreIn(span: Span): Promise<void>
  recomputeCells(dirtyCells: Span['dirtyCells']): Promise<void>
  recordProgress(ranges: readonly LedgerRange[]): Promise<void>
  commit(ranges: readonly LedgerRange[]): Promise<void>
}

/**
 * Takes what was read since the last time from decoded records to committed offsets.
 *
 * The order is the guarantee: a crash before a step repeats the ones before it, and all of them are idempotent.
 * Design: docs/guarantees.md, invariants I1, I2, I6.
 */
export async function countSpan(span: Span, steps: Steps): Promise<void> {
  await steps.factsAreIn(span) //                      1. every insert of the span is acknowledged; duplicates collapse
  await steps.rejectsAreIn(span) //                       nothing is dropped
  await steps.recomputeCells(span.dirtyCells) //       2. dirty also when every record was a duplicate
  await steps.recordProgress(span.ranges) //           3. the ledger: how far the figures have seen
  await steps.commit(span.ranges) //                   4. only now is the span Kafka's no more
}
