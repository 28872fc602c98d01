/** What a processor says of its work, as Prometheus reads it. The only file of the processors that names its client. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Steps } from '../batch.ts'
import type { LogBatch } from '../log-reader.ts'
import type { IdentityFault } from '../reconcile/audited-store.ts'
import type { Span } from '../span.ts'
import type { FaultCounts, Measures, UnderWay } from './measures.ts'

/** From a live span of a few records to one of two million while catching up. */
const WORK_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
/** From a live feed to one that was read after a long outage. */
const DELAY_BUCKETS_S = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300, 1_800, 7_200]
const STEP_NAMES: Record<keyof Steps, string> = {
  factsAreIn: 'facts',
  rejectsAreIn: 'rejects',
  recomputeCells: 'recompute',
  recordProgress: 'progress',
  commit: 'commit',
}

export class PrometheusMeasures implements Measures {
  readonly #registry = new Registry()
  readonly #now: () => number
  /** When the log took the oldest record of the span that is gathered, and of the one that is counted; epoch ms. */
  #gatheredSinceMs: number | null = null
  #countedSinceMs: number | null = null
  #readUnderWay: (() => UnderWay) | null = null

  readonly #partitions = this.#gauge('partitions', 'Partitions that are read by this processor.')
  readonly #rebalances = this.#counter('rebalances_total', 'Times that partitions were dealt anew.')
  readonly #lagRecords = this.#gauge('lag_records', 'Records of a partition that were not read yet.', [
    'topic',
    'partition',
  ])
  readonly #lagSeconds = this.#gauge('lag_seconds', 'Age of the oldest record that was read and is not counted yet.')
  readonly #countedAfter = this.#histogram(
    'counted_after_seconds',
    'Time from when Kafka took the oldest record of a span to when figures hold it.',
    DELAY_BUCKETS_S,
  )
  readonly #spans = this.#histogram('span_seconds', 'Time to count a span, from facts to offsets.', WORK_BUCKETS_S)
  readonly #steps = this.#histogram('step_seconds', 'Time of one step of a span.', WORK_BUCKETS_S, ['step'])
  readonly #records = this.#counter('records_total', 'What was counted, by what became of it.', ['topic', 'kind'])
  readonly #rejects = this.#counter('rejects_total', 'Messages that were rejected.', ['topic', 'code'])
  readonly #cells = this.#counter('recomputed_cells_total', 'Quarter-hours that were recomputed.', ['table'])
  readonly #retries = this.#counter('retries_total', 'Times a server did not take something.', ['what'])
  readonly #verdicts = this.#counter('verdicts_total', 'Verdicts that were issued.', ['verdict'])
  readonly #ledgerFaults = this.#gauge('ledger_faults', 'Rows of the ledger that do not add up, and holes (I1).')
  readonly #unequalCells = this.#gauge('unequal_cells', 'Cells with two values at one evidence (I5).')
  readonly #looked = this.#gauge('invariants_looked_seconds', 'When the invariants were looked at, s since 1970.')
  readonly #identityFaults = this.#gauge('identity_faults', 'Identities that were sent inconsistently.', ['code'])
  readonly #underWay = this.#gauge('under_way', 'In memory and not in the store yet.', ['what'])

  constructor(now: () => number) {
    this.#now = now
    collectDefaultMetrics({ register: this.#registry })
    // What nothing has happened to yet is 0 and not absent: the first one must be seen as an increase.
    this.#rebalances.inc(0)
    for (const what of ['insert facts', 'record progress']) this.#retries.inc({ what }, 0)
    for (const verdict of ['stable', 'deviates', 'insufficient']) this.#verdicts.inc({ verdict }, 0)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** The text that Prometheus reads. */
  text(): Promise<string> {
    const oldestMs = Math.min(this.#gatheredSinceMs ?? Infinity, this.#countedSinceMs ?? Infinity)
    this.#lagSeconds.set(Number.isFinite(oldestMs) ? Math.max(0, this.#now() - oldestMs) / 1_000 : 0)
    const underWay = this.#readUnderWay?.()
    if (underWay !== undefined) {
      this.#underWay.set({ what: 'row_bytes' }, underWay.rowBytes)
      this.#underWay.set({ what: 'inserts' }, underWay.insertCount)
      this.#underWay.set({ what: 'facts' }, underWay.factCount)
    }
    return this.#registry.metrics()
  }

  batchTaken({ topic, partition, endOffset, nextOffset, appendedAtMs }: LogBatch): void {
    this.#lagRecords.set({ topic, partition }, Math.max(0, endOffset - nextOffset))
    if (appendedAtMs === null) return
    this.#gatheredSinceMs = Math.min(this.#gatheredSinceMs ?? Infinity, appendedAtMs)
  }

  spanClosed(): void {
    this.#countedSinceMs = this.#gatheredSinceMs
    this.#gatheredSinceMs = null
  }

  spanCounted({ ranges, rejects, dirtyCells }: Span, tookMs: number): void {
    this.#spans.observe(tookMs / 1_000)
    if (this.#countedSinceMs !== null)
      this.#countedAfter.observe(Math.max(0, this.#now() - this.#countedSinceMs) / 1_000)
    this.#countedSinceMs = null
    for (const { topic, factRecords, rejectRecords, heartbeats, gapOffsets } of ranges) {
      this.#records.inc({ topic, kind: 'fact' }, factRecords)
      this.#records.inc({ topic, kind: 'reject' }, rejectRecords)
      this.#records.inc({ topic, kind: 'heartbeat' }, heartbeats)
      this.#records.inc({ topic, kind: 'gap' }, gapOffsets)
    }
    for (const { topic, code } of rejects) this.#rejects.inc({ topic, code })
    for (const [table, cells] of Object.entries(dirtyCells)) this.#cells.inc({ table }, cells.size)
  }

  stepTook(step: keyof Steps, tookMs: number): void {
    this.#steps.observe({ step: STEP_NAMES[step] }, tookMs / 1_000)
  }

  tryingAgain(what: string): void {
    this.#retries.inc({ what })
  }

  partitionsDealt(partitionCount: number): void {
    this.#rebalances.inc()
    this.#partitions.set(partitionCount)
    this.#lagRecords.reset() // some may be others' now
  }

  verdictsIssued(verdicts: readonly string[]): void {
    for (const verdict of verdicts) this.#verdicts.inc({ verdict })
  }

  faultsFound(counts: FaultCounts | null): void {
    this.#ledgerFaults.set(counts?.ledger ?? 0)
    this.#unequalCells.set(counts?.unequalCells ?? 0)
    if (counts === null) this.#looked.reset()
    else this.#looked.set(this.#now() / 1_000)
  }

  identityFaultsFound(counts: Record<IdentityFault['code'], number> | null): void {
    this.#identityFaults.reset()
    for (const [code, count] of Object.entries(counts ?? {})) this.#identityFaults.set({ code }, count)
  }

  underWayOf(read: () => UnderWay): void {
    this.#readUnderWay = read
  }

  #gauge<Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return new Gauge({ ...this.#named(name, help), labelNames })
  }

  #counter<Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ ...this.#named(name, help), labelNames })
  }

  #histogram<Label extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: Label[] = [],
  ): Histogram<Label> {
    return new Histogram({ ...this.#named(name, help), buckets, labelNames })
  }

  #named(name: string, help: string) {
    return { name: `steadyline_processor_${name}`, help, registers: [this.#registry] }
  }
}
