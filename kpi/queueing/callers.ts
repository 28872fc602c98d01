/**
 * Callers on the line, by number, as columns: a year's what-if meets millions of them, and an object for each would cost
 * more than the queue itself. Numbers are used again once a caller is gone.
 */
export class Callers {
  /** Instant of asking for a person. */
  readonly queuedAtMs: number[] = []
  /** Longest time this caller waits, from `queuedAtMs`; Infinity never hangs up. */
  readonly patienceMs: number[] = []
  readonly ringMs: number[] = []
  /** 0: the call is answered and ends in the same millisecond. */
  readonly talkMs: number[] = []
  readonly wrapUpMs: number[] = []
  readonly #free: number[] = []

  /** @returns the caller's number, from 0 */
  take(patienceMs: number, ringMs: number, talkMs: number, wrapUpMs: number): number {
    const caller = this.#free.pop() ?? this.queuedAtMs.length
    this.queuedAtMs[caller] = 0
    this.patienceMs[caller] = patienceMs
    this.ringMs[caller] = ringMs
    this.talkMs[caller] = talkMs
    this.wrapUpMs[caller] = wrapUpMs
    return caller
  }

  release(caller: number): void {
    this.#free.push(caller)
  }
}
