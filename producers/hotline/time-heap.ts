/** Things to come, the earliest first; of the same instant the one that was put in first. */
export class TimeHeap<T> {
  readonly #instants: number[] = []
  readonly #orders: number[] = []
  readonly #values: T[] = []
  #putCount = 0

  /** Instant of the earliest, or Infinity when there is nothing. */
  get nextAtMs(): number {
    return this.#instants.length === 0 ? Number.POSITIVE_INFINITY : this.#instants[0]!
  }

  get size(): number {
    return this.#instants.length
  }

  put(atMs: number, value: T): void {
    const order = this.#putCount++
    let hole = this.#instants.length
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (this.#instants[parent]! <= atMs) break // put later, so of the same instant it comes later
      this.#move(parent, hole)
      hole = parent
    }
    this.#place(hole, atMs, order, value)
  }

  /** Takes the earliest out. Ask `nextAtMs` first: there must be one. */
  take(): T {
    const earliest = this.#values[0]!
    const atMs = this.#instants.pop()!
    const order = this.#orders.pop()!
    const value = this.#values.pop()!
    if (this.#instants.length > 0) this.#sink(atMs, order, value)
    return earliest
  }

  /** Puts the last one back from the top down, to where no child is earlier. */
  #sink(atMs: number, order: number, value: T): void {
    const count = this.#instants.length
    let hole = 0
    for (let child = 1; child < count; child = 2 * hole + 1) {
      if (child + 1 < count && this.#isEarlier(child + 1, this.#instants[child]!, this.#orders[child]!)) child += 1
      if (!this.#isEarlier(child, atMs, order)) break
      this.#move(child, hole)
      hole = child
    }
    this.#place(hole, atMs, order, value)
  }

  #isEarlier(index: number, atMs: number, order: number): boolean {
    const instant = this.#instants[index]!
    return instant < atMs || (instant === atMs && this.#orders[index]! < order)
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#instants[from]!, this.#orders[from]!, this.#values[from]!)
  }

  #place(index: number, atMs: number, order: number, value: T): void {
    this.#instants[index] = atMs
    this.#orders[index] = order
    this.#values[index] = value
  }
}
