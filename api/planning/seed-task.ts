/** What passes between a plan and its threads: duties as columns, and one seed's counts back. */
import type { PlanModel } from '../../kpi/planning/plan-model.ts'
import type { SeedCounts } from '../../kpi/planning/seed-counts.ts'
import type { Duty } from '../../kpi/queueing/duties.ts'

export interface SeedThreadStart {
  model: PlanModel
  shortAbandonMsMax: number
}

export interface SeedTask {
  taskNumber: number
  seed: number
  /** Seat, from and to of each duty, one after the other. */
  duties: Float64Array
}

export interface SeedDone {
  taskNumber: number
  counts: SeedCounts
}

export function packedDuties(duties: readonly Duty[]): Float64Array {
  const packed = new Float64Array(new SharedArrayBuffer(24 * duties.length))
  for (const [at, { seat, fromAtMs, toAtMs }] of duties.entries()) packed.set([seat, fromAtMs, toAtMs], 3 * at)
  return packed
}

export function unpackedDuties(packed: Float64Array): Duty[] {
  return Array.from({ length: packed.length / 3 }, (_, at) => ({
    seat: packed[3 * at]!,
    fromAtMs: packed[3 * at + 1]!,
    toAtMs: packed[3 * at + 2]!,
  }))
}
