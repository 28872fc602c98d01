/** Whether a replay stands still, and for how long it has: its pace goes on from where it was, and hurries after nothing. */
export class Pause {
  readonly #nowMs: () => number
  #sinceAtMs: number | null = null
  #endedPausesMs = 0
  #waiting: (() => void)[] = []

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  get isPaused(): boolean {
    return this.#sinceAtMs !== null
  }

  /** Does nothing if it stands still already. */
  pause(): void {
    this.#sinceAtMs ??= this.#nowMs()
  }

  /** Does nothing if it runs. */
  resume(): void {
    this.#endedPausesMs = this.pausedMs()
    this.#sinceAtMs = null
    const waiting = this.#waiting
    this.#waiting = []
    for (const goOn of waiting) goOn()
  }

  /** Resolves at once while it runs, else when it goes on. */
  async resumed(): Promise<void> {
    while (this.isPaused) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** All pauses so far, the one that lasts included, ms. */
  pausedMs(): number {
    return this.#endedPausesMs + (this.#sinceAtMs === null ? 0 : this.#nowMs() - this.#sinceAtMs)
  }
}
