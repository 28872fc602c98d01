/**
 * The log as a processor sees it: batches of messages from partitions it owns, from positions that we decide.
 *
 * The port is ours; kafka-log-reader.ts fulfils it with a client library and guards what that library does in silence.
 */

/** A partition of a topic. */
export interface TopicPartition {
  topic: string
  partition: number
}

/** Messages of one partition, in order, looked at by their index: no object is made per message. */
export interface LogBatch extends TopicPartition {
  readonly messageCount: number
  /** What the places of values speak of. */
  readonly bytes: Uint8Array
  offsetAt(index: number): number
  /** Where a value begins (in); -1 for a heartbeat, or for a record without a value. */
  valueStartAt(index: number): number
  /** Where a value ends (out). */
  valueEndAt(index: number): number
  /** The bytes as they came; null for a heartbeat, or for a record without a value. */
  valueAt(index: number): Buffer | null
  keyAt(index: number): Buffer | null
  /** Text of the `steadyline-watermark` header, or null if there is none. */
  watermarkTextAt(index: number): string | null
  /** Where the batch begins (in): the first offset that has not been handed over before. */
  readonly fromOffset: number
  /** Where it ends (out). Offsets without a message in between are control records or were compacted away. */
  readonly nextOffset: number
  /** Where the log ended when the batch was read (out). */
  readonly endOffset: number
  /** When Kafka took the first of its messages, epoch ms; null without one. Of topics with other times: what they say. */
  readonly appendedAtMs: number | null
}

/** A record that was counted: by its hash (record-hash.ts) the log is known again. */
export interface LastRecord {
  offset: number
  hash: string
}

export interface StartPosition {
  /** The next record to count. */
  nextOffset: number
  /** The last one that was counted: it is read again, and must be the same. Null where it is not known. */
  lastRecord: LastRecord | null
}

/** How far each partition has been counted; null where nothing is known and the log's start is to be read. */
export type StartPositions = (partitions: readonly TopicPartition[]) => Promise<(StartPosition | null)[]>

export interface LogReaderEvents {
  /** Is told which partitions are ours whenever they were dealt anew. */
  onDealt?: (partitions: readonly TopicPartition[]) => void
  /** Is awaited before a batch is handed over; where it throws, the batch is read again. */
  beforeBatch?: (batch: LogBatch) => Promise<void>
  /** Takes a batch in. What it returns is awaited before the next one is handed over: that is the back-pressure. */
  onBatch: (batch: LogBatch) => Promise<void>
  /** Is called before start positions are read: what was taken in is to be counted first. */
  beforeStart: () => Promise<void>
  startPositions: StartPositions
  /** The log is not the one that was read, or cannot be read any more: the processor must stop and say so. */
  onFatal: (error: Error) => void
}

export interface LogReader {
  start(): Promise<void>
  /** Partitions that are ours now. */
  owned(): readonly TopicPartition[]
  /** End offsets of all partitions of a topic, by partition number, read at one instant. */
  endOffsets(topic: string): Promise<number[]>
  /** Tells lag monitors how far we are. Partitions that were lost are left out; it never throws for those. */
  commit(positions: readonly (TopicPartition & { nextOffset: number })[]): Promise<void>
  /** Reads no more; what was handed over can still be committed. */
  pause(): void
  /** Leaves the group. */
  stop(): Promise<void>
}
