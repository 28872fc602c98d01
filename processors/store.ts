/** The store as a processor sees it. clickhouse-store.ts fulfils it. */
import type { Definitions } from '../kpi/definitions.ts'
import type { LastRecord, TopicPartition } from './log-reader.ts'
import type { FactRows, LedgerRange, RejectedMessage } from './span.ts'

/** A series of cells: whose definitions they are computed by, and in whose zone callers' days begin. */
export interface Series {
  /** Hash of the definitions, which names the series. */
  name: string
  definitions: Definitions
  timeZone: string
}

export interface Store {
  /** Records that belong before this instant are rejected, as far as this process has heard: epoch ms, 0 for none. */
  readonly sealedBeforeMs: number
  /**
   * Inserts facts; acknowledged when it returns. Rows that are there already change nothing.
   *
   * @returns the messages whose rows the store refuses, for their content or because their time was sealed meanwhile
   */
  insertFacts(rows: FactRows): Promise<RejectedMessage[]>
  insertRejects(rejects: readonly RejectedMessage[]): Promise<void>
  /** Recomputes cells (start instants, epoch ms) of a fact table from all facts that are in. */
  recomputeCells(table: FactRows['table'], cellsAtMs: readonly number[], series: Series): Promise<void>
  /** Recomputes the caller-days of the days to which these cells belong in the series' zone. */
  recomputeCallerDays(cellsAtMs: readonly number[], series: Series): Promise<void>
  recordProgress(ranges: readonly LedgerRange[]): Promise<void>
  /** By partition, the end (out) of what is counted without a hole; null where nothing is. */
  countedUntil(partitions: readonly TopicPartition[]): Promise<(number | null)[]>
  /** By partition, the last record of what is counted without a hole; null where none is known. */
  lastRecords(partitions: readonly TopicPartition[]): Promise<(LastRecord | null)[]>
  /** The last vector that was reached, and the watermark it gave (epoch ms, 0 for none); null before the first. */
  lastWatermark(topic: string): Promise<Watermark | null>
  /** Greatest `max_emitted_at` among ranges that lie within the vector, epoch ms; 0 if there is none. */
  maxEmittedWithin(topic: string, vector: readonly number[]): Promise<number>
  recordWatermark(topic: string, watermark: Watermark): Promise<void>
  close(): Promise<void>
}

export interface Watermark {
  /** End offsets of the topic's partitions, by number. */
  vector: number[]
  watermarkAtMs: number
}
