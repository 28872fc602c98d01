/** Calls that arrive now, or that arrived in the quarter-hours before. */
import { AvroEncoder } from '../../producers/avro-encoder.ts'

const CELL_MS = 15 * 60_000

export class LiveCalls {
  readonly #run: string
  readonly #cells: number
  readonly #encoder = new AvroEncoder()
  #count = 0

  /** @param cells  quarter-hours that the calls are spread over, the present one and those before it */
  constructor(run: string, cells: number) {
    this.#run = run
    this.#cells = cells
  }

  /** From the first of them to some time after now, as the API takes a range. */
  rangeFrom(nowMs: number): { from: string; to: string } {
    const cellAtMs = Math.floor(nowMs / CELL_MS) * CELL_MS
    const text = (atMs: number): string => new Date(atMs).toISOString()
    return { from: text(cellAtMs - this.#cells * CELL_MS), to: text(cellAtMs + 4 * CELL_MS) }
  }

  next(nowMs: number): { key: Buffer; value: Buffer } {
    this.#count += 1
    const callId = `sim-${this.#run}-${this.#count}`
    const arrivedAtMs = nowMs - 60_000 - (this.#count % this.#cells) * CELL_MS
    const value = this.#encoder.encodeCall({
      callId,
      revision: 1,
      arrivedAtMs,
      line: '12345',
      region: '211102',
      direction: 'INBOUND',
      caller: `p-${this.#count % 5_000}`,
      queuedAtMs: arrivedAtMs + 5_000,
      answeredAtMs: arrivedAtMs + 12_000,
      endedAtMs: arrivedAtMs + 50_000,
      agent: `seat-${this.#count % 52}`,
      outcome: 'ANSWERED',
      rating: null,
      emittedAtMs: nowMs,
    })
    return { key: Buffer.from(callId), value }
  }
}
