/**
 * One partition's way to the broker: records gather in a batch, batches go one at a time, so that their order holds
 * whatever is repeated. Different partitions are under way at once.
 */
import { RecordBatch, type RecordHeader } from './kafka-wire/record-batch.ts'

/** A batch is sent once it holds this much, or sooner when nothing else of its partition is under way. */
const BATCH_BYTES = 256 * 1024

export class PartitionLane {
  readonly #deliver: (batch: RecordBatch) => Promise<void>
  #open: RecordBatch | null = null
  readonly #sealed: RecordBatch[] = []
  #underWay: RecordBatch | null = null

  /** @param deliver  resolves when a batch is acknowledged; never rejects */
  constructor(deliver: (batch: RecordBatch) => Promise<void>) {
    this.#deliver = deliver
  }

  /** @returns by how many bytes the lane has grown */
  append(key: Uint8Array | null, value: Uint8Array | null, header: RecordHeader | null): number {
    this.#open ??= new RecordBatch(BATCH_BYTES)
    const before = this.#open.recordsBytes
    this.#open.append(key, value, header)
    const grownBytes = this.#open.recordsBytes - before
    if (this.#open.recordsBytes >= BATCH_BYTES) this.flush()
    return grownBytes
  }

  flush(): void {
    if (this.#open === null) return
    this.#sealed.push(this.#open)
    this.#open = null
    this.#next()
  }

  #next(): void {
    if (this.#underWay !== null) return
    const batch = this.#sealed.shift()
    if (batch === undefined) return
    this.#underWay = batch
    void this.#deliver(batch).then(() => {
      this.#underWay = null
      this.#next()
    })
  }
}
