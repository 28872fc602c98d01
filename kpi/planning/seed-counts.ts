/** What one seed's run comes to: calls by cell, and totals. */
import { CELL_MS } from '../cell.ts'
import type { Duty } from '../queueing/duties.ts'
import { CALLER_KINDS } from '../queueing/queue-load.ts'
import { type QueueSink, type RunOutcome, runQueue } from '../queueing/queue-run.ts'
import type { Range } from '../range.ts'
import type { PlanModel } from './plan-model.ts'
import { isOfferedRecord, type RecordedCalls, wasAnswered } from './recorded-calls.ts'
import { type SeededLoad, seededLoad } from './seeded-load.ts'

/** Calls by cell of the range. */
export interface CellCounts {
  offered: Uint32Array
  answered: Uint32Array
}

export interface SeedCounts extends CellCounts {
  seed: number
  /** Waits of answered calls, all together, ms. */
  waitedMs: number
  /** Tries after the first. */
  redialsCount: number
}

const UNCOUNTED = CALLER_KINDS.indexOf('uncounted')

/** @param load of this model and seed, where it is at hand; the same callers meet whatever roster there is */
export function runSeed(
  model: PlanModel,
  duties: readonly Duty[],
  seed: number,
  shortAbandonMsMax: number,
  load: SeededLoad = seededLoad(model, seed),
): SeedCounts {
  const tally = new Tally(model.range, shortAbandonMsMax, seed)
  const { rules, traits, range } = model
  runQueue({ load: load.load, duties, rules, traits, toAtMs: range.toAtMs, seed }, tally)
  return tally.counts
}

/** The recorded calls by the same definition. */
export function recordedCounts(calls: RecordedCalls, shortAbandonMsMax: number): CellCounts {
  const counts = emptyCounts(calls.range)
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (!isOfferedRecord(calls, at, shortAbandonMsMax)) continue
    const cell = Math.floor((calls.arrivedAtMs[at]! - calls.range.fromAtMs) / CELL_MS)
    counts.offered[cell]! += 1
    if (wasAnswered(calls, at)) counts.answered[cell]! += 1
  }
  return counts
}

function emptyCounts({ fromAtMs, toAtMs }: Range): CellCounts {
  const cells = Math.ceil((toAtMs - fromAtMs) / CELL_MS)
  return { offered: new Uint32Array(cells), answered: new Uint32Array(cells) }
}

class Tally implements QueueSink {
  readonly counts: SeedCounts
  readonly #fromAtMs: number
  readonly #shortAbandonMsMax: number

  constructor(range: Range, shortAbandonMsMax: number, seed: number) {
    this.counts = { seed, ...emptyCounts(range), waitedMs: 0, redialsCount: 0 }
    this.#fromAtMs = range.fromAtMs
    this.#shortAbandonMsMax = shortAbandonMsMax
  }

  ended(
    _source: number,
    tryNumber: number,
    kind: number,
    arrivedAtMs: number,
    queuedAtMs: number,
    outcome: RunOutcome,
    answeredAtMs: number,
    endedAtMs: number,
  ): void {
    if (kind === UNCOUNTED) return
    const hungUp = outcome === 'WAITING_ABANDONED' || outcome === 'RINGING_ABANDONED'
    if (hungUp && this.#shortAbandonMsMax > 0 && endedAtMs - queuedAtMs <= this.#shortAbandonMsMax) return
    const { counts } = this
    const cell = Math.floor((arrivedAtMs - this.#fromAtMs) / CELL_MS)
    if (cell < 0 || cell >= counts.offered.length) return
    counts.offered[cell]! += 1
    if (tryNumber > 1) counts.redialsCount += 1
    if (outcome !== 'ANSWERED' || endedAtMs <= answeredAtMs) return
    counts.answered[cell]! += 1
    counts.waitedMs += answeredAtMs - queuedAtMs
  }

  dialled(): void {}
}
