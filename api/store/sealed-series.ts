/** Whether a series of cells reaches back into sealed time: one that was made since has no cells there, and never will. */
import type { Range } from '../../kpi/range.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { ClickHouseRows } from './clickhouse-rows.ts'
import { SeriesNotSealedError } from './facts-deleted-error.ts'
import { recordsFromMs } from './kept-facts.ts'
import { queryText } from './query-text.ts'

const SEALED_CELLS = queryText('sealed-cells')
/** A seal is asked for this often at most: one that is new finds every series whole that was there before it, ms. */
const SEAL_KNOWN_MS = 60_000

export class SealedSeries {
  readonly #rows: ClickHouseRows
  readonly #answered: AnsweredProfile
  #seal: { beforeMs: Promise<number>; atMs: number } | null = null

  constructor(rows: ClickHouseRows, answered: AnsweredProfile) {
    this.#rows = rows
    this.#answered = answered
  }

  /**
   * For figures that are read from cells: without it the answer would be a silent 0.
   *
   * @throws SeriesNotSealedError if others have sealed cells in the range and these definitions have none
   */
  async require({ fromAtMs, toAtMs }: Range): Promise<void> {
    const beforeMs = await this.#sealedBeforeMs()
    if (fromAtMs >= beforeMs) return
    const { zone, definitions } = this.#answered
    const asked = { definitions, from: new Date(fromAtMs), to: new Date(toAtMs) }
    const [sealed] = await this.#rows.of<{ series: number; is_counted: number }>(SEALED_CELLS, asked)
    if (sealed!.series > 0 && sealed!.is_counted === 0) throw new SeriesNotSealedError(zone, beforeMs, definitions)
  }

  #sealedBeforeMs(): Promise<number> {
    const nowMs = performance.now()
    if (this.#seal !== null && nowMs - this.#seal.atMs < SEAL_KNOWN_MS) return this.#seal.beforeMs
    const beforeMs = recordsFromMs(this.#rows)
    this.#seal = { beforeMs, atMs: nowMs }
    beforeMs.catch(() => {
      this.#seal = null
    })
    return beforeMs
  }
}
