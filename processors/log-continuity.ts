/**
 * Where each partition goes on, and by which record its log is known to be the one that was read (invariant I11).
 *
 * The last record that was counted is read again and its hash compared: at the start, and whenever somebody could have
 * put another log in its place. It knows nothing of Kafka's client.
 */
import { SteadylineError } from '../schemas/errors.ts'
import type { LastRecord, LogBatch, TopicPartition } from './log-reader.ts'
import { recordHashOf } from './record-hash.ts'

interface Place {
  /** The next offset to hand over. */
  nextOffset: number
  lastRecord: LastRecord | null
  /** Whether the last record is still to be seen again. */
  isAwaited: boolean
}

/** What a batch says of the log: the record was there and the same, was not there, or nothing of it yet. */
export type Seen = 'same' | 'absent' | 'nothing'

export class LogContinuity {
  readonly #places = new Map<string, Place>()

  clear(): void {
    this.#places.clear()
  }

  /**
   * Sets where a partition goes on.
   *
   * @param logStart  first offset that the log holds (in): what lies before it cannot be seen again
   * @returns the offset to read from, which is that of the last record if it can be seen again
   */
  begin(place: TopicPartition, nextOffset: number, lastRecord: LastRecord | null, logStart: number): number {
    const isAwaited = lastRecord !== null && lastRecord.offset >= logStart
    this.#places.set(keyOf(place), { nextOffset, lastRecord, isAwaited })
    return isAwaited ? lastRecord.offset : nextOffset
  }

  nextOffset(place: TopicPartition): number | undefined {
    return this.#places.get(keyOf(place))?.nextOffset
  }

  /** Has the last record of a partition seen again. @returns the offset to read from, or null if none is known */
  lookAgain(place: TopicPartition): number | null {
    const found = this.#places.get(keyOf(place))
    if (found === undefined || found.lastRecord === null) return null
    found.isAwaited = true
    return found.lastRecord.offset
  }

  /**
   * Compares what a batch holds at the place of the last record. Batches that come again are compared, too.
   *
   * @param lastOffset  of the batch, messages or not
   * @returns an error if another record is there
   */
  see(batch: LogBatch, lastOffset: number): Seen | SteadylineError {
    const place = this.#places.get(keyOf(batch))
    if (place === undefined || place.lastRecord === null) return 'nothing'
    const { offset, hash } = place.lastRecord
    const index = indexOfOffset(batch, offset)
    if (index !== null && recordHashOf(batch, index) !== hash) return logReplaced(batch, offset)
    if (index === null && lastOffset < offset) return 'nothing'
    const wasAwaited = place.isAwaited
    place.isAwaited = false
    if (index !== null) return 'same'
    return wasAwaited ? 'absent' : 'nothing'
  }

  /** Says that a batch was handed over: its end is where the partition goes on. */
  passed(batch: LogBatch): void {
    const place = this.#places.get(keyOf(batch))
    if (place === undefined) return
    place.nextOffset = batch.nextOffset
    const last = batch.messageCount - 1
    if (last >= 0) place.lastRecord = { offset: batch.offsetAt(last), hash: recordHashOf(batch, last) }
  }
}

/** Messages are in the order of their offsets, and the one that is looked for is most often the first. */
function indexOfOffset(batch: LogBatch, offset: number): number | null {
  for (let index = 0; index < batch.messageCount && batch.offsetAt(index) <= offset; index++) {
    if (batch.offsetAt(index) === offset) return index
  }
  return null
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}

const WHAT_TO_DO =
  'Records were lost or the topic was replaced, and going on would give wrong figures. Bring the log back, or count it into an empty database.'

function logReplaced({ topic, partition }: TopicPartition, offset: number): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_LOG_REPLACED',
    1,
    `${topic}/${partition}: the record at offset ${offset} is not the one that was counted there, expected the same bytes. ${WHAT_TO_DO}`,
  )
}

/** The log does not hold the next record to count. */
export function logDoesNotHold(
  { topic, partition }: TopicPartition,
  nextOffset: number,
  { start, end }: { start: number; end: number },
): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_LOG_REPLACED',
    1,
    `${topic}/${partition}: the next record to count is at offset ${nextOffset}, and the log holds ${start} (in) to ${end} (out). ${WHAT_TO_DO}`,
  )
}
