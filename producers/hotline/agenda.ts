/** The clock of the simulation: what happens next, and when. Time jumps from one happening to the next. */
import { TimeHeap } from './time-heap.ts'

export class Agenda {
  readonly #happenings = new TimeHeap<() => void>()

  get nextAtMs(): number {
    return this.#happenings.nextAtMs
  }

  at(atMs: number, happening: () => void): void {
    this.#happenings.put(atMs, happening)
  }

  /** Lets the next thing happen. Ask `nextAtMs` first: there must be one. */
  runNext(): void {
    this.#happenings.take()()
  }
}
