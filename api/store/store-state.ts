/** What the store holds now, as a short text that is another one as soon as anything is written. */

/** @throws if the store does not say */
export type ReadStoreState = () => Promise<string>

/** Reads it for all who ask at once. */
export class StoreState {
  readonly #readState: ReadStoreState
  #underWay: Promise<string> | null = null
  #next: Promise<string> | null = null

  constructor(readState: ReadStoreState) {
    this.#readState = readState
  }

  /** As it is at some instant after the call: one who comes while a read is under way gets the next. */
  read(): Promise<string> {
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
    this.#underWay = this.#readState().finally(() => {
      this.#underWay = null
    })
    return this.#underWay
  }
}
