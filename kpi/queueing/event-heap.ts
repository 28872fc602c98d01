/** Things to come as numbers, the earliest first; of the same instant the one that was put in first. */
export class EventHeap {
  #instants = new Float64Array(256)
  #orders = new Int32Array(256)
  #codes = new Int32Array(256)
  #size = 0
  #putCount = 0

  /** Instant of the earliest, or Infinity when there is nothing. */
  get nextAtMs(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#instants[0]!
  }

  put(atMs: number, code: number): void {
    if (this.#size === this.#codes.length) this.#grow()
    const instants = this.#instants
    let hole = this.#size++
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (instants[parent]! <= atMs) break // put later, so of the same instant it comes later
      this.#move(parent, hole)
      hole = parent
    }
    this.#place(hole, atMs, this.#putCount++ | 0, code)
  }

  /** Takes the earliest out. Ask `nextAtMs` first: there must be one. */
  take(): number {
    const earliest = this.#codes[0]!
    const last = --this.#size
    if (last > 0) this.#sink(this.#instants[last]!, this.#orders[last]!, this.#codes[last]!)
    return earliest
  }

  /** Puts the last one back from the top down, to where no child is earlier. */
  #sink(atMs: number, order: number, code: number): void {
    const count = this.#size
    let hole = 0
    for (let child = 1; child < count; child = 2 * hole + 1) {
      if (child + 1 < count && this.#isEarlier(child + 1, this.#instants[child]!, this.#orders[child]!)) child += 1
      if (!this.#isEarlier(child, atMs, order)) break
      this.#move(child, hole)
      hole = child
    }
    this.#place(hole, atMs, order, code)
  }

  /** Orders are 32 bits that go round: of two that are both in the heap, the difference says which came first. */
  #isEarlier(index: number, atMs: number, order: number): boolean {
    const instant = this.#instants[index]!
    return instant < atMs || (instant === atMs && ((this.#orders[index]! - order) | 0) < 0)
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#instants[from]!, this.#orders[from]!, this.#codes[from]!)
  }

  #place(index: number, atMs: number, order: number, code: number): void {
    this.#instants[index] = atMs
    this.#orders[index] = order
    this.#codes[index] = code
  }

  #grow(): void {
    const length = 2 * this.#codes.length
    const [instants, orders, codes] = [this.#instants, this.#orders, this.#codes]
    this.#instants = new Float64Array(length)
    this.#orders = new Int32Array(length)
    this.#codes = new Int32Array(length)
    this.#instants.set(instants)
    this.#orders.set(orders)
    this.#codes.set(codes)
  }
}
