/**
 * One processor: messages go into the current span; spans are counted one after the other, in batch.ts.
 *
 * Reading goes on while a span is counted. What bounds memory: rows are handed to the store when there are enough of
 * them, at most two inserts are under way, and a full span waits for the one before it.
 */
import type { Logger } from 'pino'
import type { RecordForm } from '../schemas/wire-format.ts'
import { countSpan, type Steps } from './batch.ts'
import type { LogBatch, LogReader } from './log-reader.ts'
import { type Measures, NOBODY_WATCHES, type UnderWay } from './measures/measures.ts'
import { timedSteps } from './measures/timed-steps.ts'
import { type Patience, untilItWorks } from './patience.ts'
import type { RejectedTopic } from './rejected/rejected-topic.ts'
import { type LedgerRange, Span, TopicIntake, type TopicRecords } from './span.ts'
import type { Series, Store } from './store.ts'

/** Rows wait for this many bytes before they are inserted: some 160,000, for ClickHouse sorts, writes and merges what comes. */
const INSERT_BYTES = 16 << 20
const INSERTS_UNDER_WAY_MAX = 2
/** Behind by more records than this, a processor is catching up and recomputes seldom … */
const CATCHING_UP_RECORDS = 50_000
/** … until it is behind by fewer than this: what is left is read in a moment, and is not worth a recompute of its own. */
const CAUGHT_UP_RECORDS = 1_000
/** Catching up, figures are still refreshed this often, ms … */
const CATCHING_UP_MS_MAX = 15_000
/** … but not so often that recomputing takes longer than reading: a span gathers for this many times what the last one took. */
const CATCHING_UP_GATHER_TIMES = 2
/** After a span the store is left in peace for half as long as the span took, at most for this long, ms: it has other work too. */
const REST_MS_MAX = 2_000

export interface ProcessorOptions {
  store: Store
  rejectedTopic: RejectedTopic
  topics: TopicRecords
  /** Schemas that are known from the start; those of ids.json if none are given. */
  forms?: readonly RecordForm[]
  series: readonly Series[]
  flushRowsMax: number
  flushMsMax: number
  now: () => number
  /** Whether records dated after the host's clock move the watermark too: those of a scenario may be next year's. */
  believesFuture?: boolean
  log: Logger
  /** Whoever watches the work. */
  measures?: Measures
  /** Called after each span that was counted: the watermark may have moved. */
  onCounted: () => void
}

export class Processor {
  readonly #options: ProcessorOptions
  readonly #intakes: ReadonlyMap<string, TopicIntake>
  readonly #patience: Patience
  readonly #measures: Measures
  readonly #aborted = new AbortController()
  /** By partition: how many records the log held beyond what was taken in. */
  readonly #lag = new Map<string, number>()
  #reader: LogReader | null = null
  #span = new Span()
  #spanSinceMs: number
  /** Inserts of the current span's facts. */
  #inserts: Promise<void>[] = []
  #insertsUnderWay = 0
  /** The span that is being counted; the next one waits for it. */
  #counting: Promise<void> = Promise.resolve()
  #isCounting = false
  #restUntilMs = 0
  #lastTookMs = 0
  #isCatchingUp = false
  #timer: NodeJS.Timeout | undefined
  /** Those who wait for room. */
  readonly #waiting: (() => void)[] = []

  constructor(options: ProcessorOptions) {
    this.#options = options
    this.#intakes = new Map(
      [...options.topics].map(([topic, record]) => [topic, new TopicIntake(topic, record, options.forms)]),
    )
    this.#measures = options.measures ?? NOBODY_WATCHES
    this.#patience = {
      signal: this.#aborted.signal,
      log: options.log,
      onTryingAgain: (what) => this.#measures.tryingAgain(what),
    }
    this.#spanSinceMs = options.now()
  }

  /** Begins to count what a reader hands over. */
  begin(reader: LogReader): void {
    this.#reader = reader
    this.#timer = setInterval(() => this.#countIfDue(), Math.min(100, this.#options.flushMsMax))
  }

  /** From now on records of a topic that were written with this schema are taken in, too. */
  know(topic: string, form: RecordForm): void {
    this.#intakes.get(topic)?.know(form)
  }

  /** Takes a batch in; returns when there is room for the next. */
  async take(batch: LogBatch): Promise<void> {
    const intake = this.#intakes.get(batch.topic)
    if (intake === undefined) return
    if (this.#span.isEmpty) this.#spanSinceMs = this.#options.now()
    const { believesFuture = false, now, store } = this.#options
    intake.sealedBeforeMs = store.sealedBeforeMs
    this.#measures.batchTaken(batch)
    intake.take(batch, this.#span, believesFuture ? Number.POSITIVE_INFINITY : now())
    this.#lag.set(`${batch.topic}/${batch.partition}`, batch.endOffset - batch.nextOffset)
    if (intake.byteCount >= INSERT_BYTES) this.#insert(intake)
    this.#countIfDue()
    await this.#room()
  }

  /** Counts everything that was taken in so far. */
  async countAll(): Promise<void> {
    while (this.#isCounting) await this.#counting
    if (!this.#span.isEmpty) await this.#count()
  }

  get underWay(): UnderWay {
    const rowBytes = [...this.#intakes.values()].reduce((sum, { byteCount }) => sum + byteCount, 0)
    return { rowBytes, insertCount: this.#insertsUnderWay, factCount: this.#span.factCount }
  }

  /** Forgets how far behind partitions were that may be others' now. */
  partitionsChanged(): void {
    this.#lag.clear()
  }

  /** Finishes what was taken in, and stops. The reader is stopped by its owner. */
  async end(): Promise<void> {
    clearInterval(this.#timer)
    await this.countAll()
    this.#aborted.abort()
  }

  /** Gives up waiting for servers: what is not counted will be read again. */
  abort(): void {
    clearInterval(this.#timer)
    this.#aborted.abort()
    this.#roomMade()
  }

  #countIfDue(): void {
    if (this.#isCounting || this.#span.isEmpty) return
    const nowMs = this.#options.now()
    const ageMs = nowMs - this.#spanSinceMs
    const lag = [...this.#lag.values()].reduce((sum, records) => sum + records, 0)
    this.#isCatchingUp = lag > (this.#isCatchingUp ? CAUGHT_UP_RECORDS : CATCHING_UP_RECORDS)
    const isDue = this.#isCatchingUp
      ? this.#span.factCount >= this.#options.flushRowsMax ||
        ageMs >= Math.max(CATCHING_UP_MS_MAX, CATCHING_UP_GATHER_TIMES * this.#lastTookMs)
      : ageMs >= this.#options.flushMsMax && nowMs >= this.#restUntilMs
    if (isDue) void this.#count()
  }

  /** Closes the current span and counts it. Must not be called while another is counted. */
  #count(): Promise<void> {
    for (const intake of this.#intakes.values()) this.#insert(intake)
    const span = this.#span
    const inserts = this.#inserts
    this.#span = new Span()
    this.#inserts = []
    this.#spanSinceMs = this.#options.now()
    this.#isCounting = true
    this.#measures.spanClosed()
    const sinceMs = this.#options.now()
    this.#counting = countSpan(span, timedSteps(this.#steps(inserts), this.#measures, this.#options.now))
      .then(() => {
        const tookMs = this.#options.now() - sinceMs
        this.#lastTookMs = tookMs
        this.#restUntilMs = this.#options.now() + Math.min(tookMs / 2, REST_MS_MAX)
        this.#measures.spanCounted(span, tookMs)
        const { factCount, rejects, dirtyCells } = span
        const dirtyCellCount = dirtyCells.call_facts.size + dirtyCells.ticket_facts.size
        this.#options.log.debug({ factCount, rejectCount: rejects.length, dirtyCellCount, tookMs }, 'span counted')
        this.#options.onCounted()
      })
      .catch((error: unknown) => {
        if (!this.#aborted.signal.aborted) throw error
      })
      .finally(() => {
        this.#isCounting = false
        this.#roomMade()
      })
    return this.#counting
  }

  #steps(inserts: readonly Promise<void>[]): Steps {
    const { store, rejectedTopic, series, log } = this.#options
    const patiently = <Result>(what: string, action: () => Promise<Result>) =>
      untilItWorks(what, action, this.#patience)
    return {
      factsAreIn: async () => {
        await Promise.all(inserts)
      },
      rejectsAreIn: async ({ rejects }) => {
        for (const { topic, partition, offset, code } of rejects.slice(0, 20))
          log.warn({ code, topic, partition, offset }, 'record rejected')
        if (rejects.length > 20) log.warn({ moreCount: rejects.length - 20 }, 'more records rejected')
        await patiently('publish rejects', () => rejectedTopic.publish(rejects))
        await patiently('insert rejects', () => store.insertRejects(rejects))
      },
      recomputeCells: async (dirtyCells) => {
        const calls = [...dirtyCells.call_facts]
        const tickets = [...dirtyCells.ticket_facts]
        for (const one of series) {
          await patiently('recompute call cells', () => store.recomputeCells('call_facts', calls, one))
          await patiently('recompute caller days', () => store.recomputeCallerDays(calls, one))
          await patiently('recompute ticket cells', () => store.recomputeCells('ticket_facts', tickets, one))
        }
      },
      recordProgress: (ranges) => patiently('record progress', () => store.recordProgress(ranges)),
      commit: async (ranges: readonly LedgerRange[]) => {
        await this.#reader?.commit(ranges)
      },
    }
  }

  /** Hands the rows of a topic to the store. Whatever it refuses is booked in the span the rows belong to. */
  #insert(intake: TopicIntake): void {
    const rows = intake.handOver()
    if (rows === null) return
    const span = this.#span
    this.#insertsUnderWay++
    const insert = untilItWorks('insert facts', () => this.#options.store.insertFacts(rows), this.#patience)
      .then((refused) => span.refuse(refused))
      .finally(() => {
        this.#insertsUnderWay--
        this.#roomMade()
      })
    insert.catch(() => {}) // the span that awaits it says so
    this.#inserts.push(insert)
  }

  /** Waits until inserts and the last span have caught up, or everything is given up. */
  async #room(): Promise<void> {
    while (this.#isFull() && !this.#aborted.signal.aborted)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #roomMade(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #isFull(): boolean {
    if (this.#insertsUnderWay >= INSERTS_UNDER_WAY_MAX) return true
    return this.#isCounting && this.#span.factCount >= this.#options.flushRowsMax
  }
}
