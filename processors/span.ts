/**
 * A span: what was read from the log since the last time figures were recomputed.
 *
 * It collects rows of facts and rejects, the cells that are dirty now, and a ledger row per partition. It knows nothing
 * of Kafka or ClickHouse.
 */
import { FactDecoder } from '../schemas/fact-decoder.ts'
import type { NativeBlock } from '../schemas/native/native-block.ts'
import { LATEST_AT_MS } from '../schemas/record-rules.ts'
import type { Rejection } from '../schemas/rejection.ts'
import type { RecordForm, RecordName } from '../schemas/wire-format.ts'
import type { LogBatch } from './log-reader.ts'
import { recordHashOf } from './record-hash.ts'

/** A row of `progress`: from `fromOffset` (in) to `nextOffset` (out), every offset is one of the four. */
export interface LedgerRange {
  topic: string
  partition: number
  fromOffset: number
  nextOffset: number
  factRecords: number
  rejectRecords: number
  gapOffsets: number
  heartbeats: number
  /** Of facts and heartbeats, epoch ms; 0 where the range has neither. */
  maxEmittedAtMs: number
  /** Where the last message of the range stood, and its hash (decimal text); -1 and '0' where it has none. */
  lastOffset: number
  lastHash: string
}

/** A message that is not counted, with all that hotline.rejected.v1 and `rejects` say of it. */
export interface RejectedMessage extends Rejection {
  topic: string
  partition: number
  offset: number
  key: Buffer | null
  value: Buffer | null
}

/** Rows of one fact table, ready to be inserted, with the message each came from. */
export interface FactRows {
  table: 'call_facts' | 'ticket_facts'
  block: NativeBlock
  /** By row: which message of which batch it was. */
  batches: LogBatch[]
  indexes: number[]
}

/** Which topics are read, and what each carries. */
export type TopicRecords = ReadonlyMap<string, RecordName>

/** A record dated later than this beyond the host's clock is a fact, but does not move the watermark, ms. */
const AHEAD_OF_CLOCK_MS_MAX = 86_400_000

/** Takes messages in until its facts are handed over; its dirty cells and ranges stay until they are counted. */
export class Span {
  /** Cells to recompute, epoch ms, by fact table. Dirty also when every record was a duplicate. */
  readonly dirtyCells = { call_facts: new Set<number>(), ticket_facts: new Set<number>() }
  readonly rejects: RejectedMessage[] = []
  factCount = 0
  readonly #ranges = new Map<string, LedgerRange>()

  get ranges(): LedgerRange[] {
    return [...this.#ranges.values()]
  }

  get isEmpty(): boolean {
    return this.#ranges.size === 0
  }

  rangeOf(topic: string, partition: number, fromOffset: number): LedgerRange {
    const key = `${topic}/${partition}`
    let range = this.#ranges.get(key)
    if (range === undefined) {
      range = {
        topic,
        partition,
        fromOffset,
        nextOffset: fromOffset,
        factRecords: 0,
        rejectRecords: 0,
        gapOffsets: 0,
        heartbeats: 0,
        maxEmittedAtMs: 0,
        lastOffset: -1,
        lastHash: '0',
      }
      this.#ranges.set(key, range)
    }
    return range
  }

  /** Books facts that the store refused for their content as rejects: they were counted as facts when they were read. */
  refuse(refused: readonly RejectedMessage[]): void {
    for (const message of refused) {
      const range = this.#ranges.get(`${message.topic}/${message.partition}`)
      if (range !== undefined) {
        range.factRecords--
        range.rejectRecords++
      }
      this.rejects.push(message)
    }
  }
}

/** Turns the messages of one topic into rows. The rows outlive spans: they are handed over when there are enough. */
export class TopicIntake {
  readonly topic: string
  readonly #decoder: FactDecoder
  #block: NativeBlock
  #batches: LogBatch[] = []
  #indexes: number[] = []

  /** @param forms  schemas that records are written with, by their ids; those of ids.json if none are given */
  constructor(topic: string, record: RecordName, forms?: readonly RecordForm[]) {
    this.topic = topic
    this.#decoder = new FactDecoder(record, forms)
    this.#block = this.#decoder.emptyBlock()
  }

  /** From now on records that were written with this schema are taken in, too. */
  know(form: RecordForm): void {
    this.#decoder.know(form)
  }

  get byteCount(): number {
    return this.#block.byteCount
  }

  /** Records of before come too late, epoch ms: as far as the store has said. */
  set sealedBeforeMs(sealedBeforeMs: number) {
    this.#decoder.sealedBeforeMs = sealedBeforeMs
  }

  /**
   * Takes a batch into a span.
   *
   * @param nowMs  the host's clock: a record dated far ahead of it does not move the watermark; Infinity to believe all
   */
  take(batch: LogBatch, span: Span, nowMs: number): void {
    const range = span.rangeOf(batch.topic, batch.partition, batch.fromOffset)
    const dirtyCells = span.dirtyCells[this.#decoder.table]
    const believedUntilMs = nowMs + AHEAD_OF_CLOCK_MS_MAX
    for (let index = 0; index < batch.messageCount; index++) {
      const offset = batch.offsetAt(index)
      range.gapOffsets += offset - range.nextOffset
      range.nextOffset = offset + 1
      const valueStart = batch.valueStartAt(index)
      const watermarkText = valueStart < 0 ? batch.watermarkTextAt(index) : null
      if (watermarkText !== null) {
        this.#takeHeartbeat(batch, index, watermarkText, range, span)
        continue
      }
      const rejection = this.#decoder.write(
        valueStart < 0 ? null : batch.bytes,
        this.#block,
        valueStart,
        batch.valueEndAt(index),
      )
      if (rejection !== null) {
        range.rejectRecords++
        span.rejects.push(rejectedMessage(batch, index, rejection))
        continue
      }
      range.factRecords++
      span.factCount++
      dirtyCells.add(this.#decoder.cellAtMs)
      const { emittedAtMs } = this.#decoder
      if (emittedAtMs > range.maxEmittedAtMs && emittedAtMs <= believedUntilMs) range.maxEmittedAtMs = emittedAtMs
      this.#batches.push(batch)
      this.#indexes.push(index)
    }
    range.gapOffsets += batch.nextOffset - range.nextOffset
    range.nextOffset = batch.nextOffset
    if (batch.messageCount > 0) {
      const last = batch.messageCount - 1
      range.lastOffset = batch.offsetAt(last)
      range.lastHash = recordHashOf(batch, last)
    }
  }

  /** The rows taken in since the last time, or null if there are none. */
  handOver(): FactRows | null {
    if (this.#block.rowCount === 0) return null
    const rows: FactRows = {
      table: this.#decoder.table,
      block: this.#block,
      batches: this.#batches,
      indexes: this.#indexes,
    }
    this.#block = this.#block.next()
    this.#batches = []
    this.#indexes = []
    return rows
  }

  /** A heartbeat is taken at its word: neither fact nor reject, it says until when its topic is complete. */
  #takeHeartbeat(batch: LogBatch, index: number, watermarkText: string, range: LedgerRange, span: Span): void {
    if (!/^-?\d{1,16}$/.test(watermarkText)) {
      const reason = 'the steadyline-watermark header is not a whole number, expected epoch milliseconds'
      range.rejectRecords++
      span.rejects.push(rejectedMessage(batch, index, { code: 'NOT_WIRE_FORMAT', reason }))
      return
    }
    range.heartbeats++
    range.maxEmittedAtMs = Math.max(range.maxEmittedAtMs, Math.min(Number(watermarkText), LATEST_AT_MS))
  }
}

function rejectedMessage(batch: LogBatch, index: number, rejection: Rejection): RejectedMessage {
  return {
    ...rejection,
    topic: batch.topic,
    partition: batch.partition,
    offset: batch.offsetAt(index),
    key: batch.keyAt(index),
    value: batch.valueAt(index),
  }
}

/** The message that a row came from, as a reject of the store. */
export function refusedRow(rows: FactRows, row: number, reason: string): RejectedMessage {
  return rejectedRow(rows, row, { code: 'STORE_REFUSED', reason })
}

/** The message that a row came from, as a reject. */
export function rejectedRow(rows: FactRows, row: number, rejection: Rejection): RejectedMessage {
  return rejectedMessage(rows.batches[row]!, rows.indexes[row]!, rejection)
}
