/** Made calls, 模拟数据, whose every second is spread over a whole year, and what must be counted of them. */
import { AvroEncoder } from '../../producers/avro-encoder.ts'

const CELL_MS = 15 * 60_000
const YEAR_FROM_MS = Date.UTC(2023, 0, 1)
export const YEAR_CELLS = 365 * 96
const EMITTED_AT_MS = Date.UTC(2024, 0, 2)
/** Every so many records one that was sent before comes again. */
const AGAIN_EVERY = 50
/** No common divisor with the cells of a year: neighbours in the log are far apart in the year, and all cells are met. */
const CELL_STEP = 7_919

export class YearCalls {
  readonly #encoder = new AvroEncoder()
  /** By cell of the year. */
  readonly offered = new Uint32Array(YEAR_CELLS)
  readonly answered = new Uint32Array(YEAR_CELLS)
  /** Distinct calls. */
  callsCount = 0
  /** Messages, those that came again included. */
  sentCount = 0

  next(): { key: Buffer; value: Buffer } {
    this.sentCount++
    const isAgain = this.sentCount % AGAIN_EVERY === 0
    const number = isAgain ? this.callsCount >>> 1 : this.callsCount++
    const cell = (number * CELL_STEP) % YEAR_CELLS
    const isAnswered = number % 10 !== 0
    if (!isAgain) {
      this.offered[cell]!++
      if (isAnswered) this.answered[cell]!++
    }
    const arrivedAtMs = YEAR_FROM_MS + cell * CELL_MS + ((number * 31) % CELL_MS)
    const callId = `sim-scale-${number}`
    const value = this.#encoder.encodeCall({
      callId,
      revision: 1,
      arrivedAtMs,
      line: '12345',
      region: '211102',
      direction: 'INBOUND',
      caller: `p-${number % 100_000}`,
      queuedAtMs: arrivedAtMs + 5_000,
      answeredAtMs: isAnswered ? arrivedAtMs + 12_000 : null,
      endedAtMs: arrivedAtMs + 50_000,
      agent: isAnswered ? `seat-${number % 52}` : null,
      outcome: isAnswered ? 'ANSWERED' : 'WAITING_ABANDONED',
      rating: null,
      emittedAtMs: EMITTED_AT_MS,
    })
    return { key: Buffer.from(callId), value }
  }
}

export function cellStartS(cell: number): number {
  return (YEAR_FROM_MS + cell * CELL_MS) / 1_000
}
