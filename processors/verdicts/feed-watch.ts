/**
 * Notices a feed that has gone silent. A dead feed must never look like a quiet night.
 *
 * A feed is live while its watermark is near the host's clock; it has gone stale when the watermark has stayed behind
 * for `STALE_MS`, which is longer than the longest pause of a hotline that is called at night too. Sources that send
 * heartbeats are never quiet. A replay of old records is not live, so nothing is said of it. This is an alarm: no
 * figure and no status depends on the clock.
 *
 *     behind   0 . . . . . . . 2 h . . . . . . . . . . . . 24 h . . .
 *     feed     live            stale: said once            not a live one
 */
export const STALE_MS = 2 * 3_600_000
const LIVE_MS_MAX = 24 * 3_600_000

export interface StaleFeed {
  topic: string
  watermarkAtMs: number
  /** How far the watermark is behind the host's clock. */
  silentMs: number
}

export class FeedWatch {
  readonly #stale = new Set<string>()

  /** @returns the feed if it has gone stale since the last look, else `null` */
  look(topic: string, watermarkAtMs: number, nowMs: number): StaleFeed | null {
    const silentMs = nowMs - watermarkAtMs
    if (silentMs < STALE_MS) this.#stale.delete(topic)
    if (silentMs < STALE_MS || silentMs > LIVE_MS_MAX || this.#stale.has(topic)) return null
    this.#stale.add(topic)
    return { topic, watermarkAtMs, silentMs }
  }
}
