/** What the store holds now, as a short text that is another one as soon as anything is written. */

/** @throws if the store does not say */
export type ReadStoreState = () => Promise<string>

/** Longest time that what was read is taken to hold, ms: far below what a record waits to be counted. */
export const STATE_MS_MAX = 50

/**
 * Reads it for all who ask at once, and ahead for those who ask again and again: they wait for no read, and whoever comes
 * after a pause gets one of its own.
 */
export class StoreState {
  readonly #readState: ReadStoreState
  readonly #now: () => number
  #known: { state: string; atMs: number } | null = null
  #underWay: Promise<string> | null = null
  #next: Promise<string> | null = null

  /** @param now  a clock that never goes back, ms */
  constructor(readState: ReadStoreState, now: () => number = () => performance.now()) {
    this.#readState = readState
    this.#now = now
  }

  /** As it was at some instant, at most STATE_MS_MAX before the call. */
  async read(): Promise<string> {
    const ageMs = this.#known === null ? Number.POSITIVE_INFINITY : this.#now() - this.#known.atMs
    if (ageMs > STATE_MS_MAX) return this.#readAfterCall()
    if (ageMs > STATE_MS_MAX / 2 && this.#underWay === null) this.#begin().catch(() => {}) // whoever needs it next asks again
    return this.#known!.state
  }

  /** One who comes while a read is under way gets the next: that one may have looked before the call. */
  #readAfterCall(): Promise<string> {
    if (this.#underWay === null) return this.#begin()
    this.#next ??= this.#underWay
      .catch(() => {})
      .then(() => {
        this.#next = null
        return this.#begin()
      })
    return this.#next
  }

  #begin(): Promise<string> {
    const atMs = this.#now()
    this.#underWay = this.#readState()
      .then((state) => {
        this.#known = { state, atMs }
        return state
      })
      .finally(() => {
        this.#underWay = null
      })
    return this.#underWay
  }
}
