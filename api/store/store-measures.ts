/** What the store knows of the work and of itself, for Prometheus. The adapter is clickhouse-measures.ts. */
export interface StoreMeasures {
  ledger: { topic: string; facts: number; rejects: number; gaps: number; heartbeats: number }[]
  rejects: { topic: string; code: string; messages: number }[]
  /** Windows of the answered profile by their last verdict. */
  verdicts: { verdict: string; windows: number }[]
  tables: { table: string; parts: number; partsOfPartitionMax: number; rows: number; bytes: number }[]
  disks: { disk: string; freeBytes: number; totalBytes: number }[]
}

/** @throws StoreUnreachableError, StoreBusyError */
export type ReadStoreMeasures = () => Promise<StoreMeasures>
