/**
 * Posts to VERDICT_WEBHOOK_URL: each verdict that deviates, and each feed gone stale.
 *
 * Posts go one after the other, beside the counting and never in its way: a receiver that is away is tried a few times
 * and then left out, and when too many wait the oldest are dropped. What was dropped is logged; the topic and table
 * `verdicts` have it all.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { VerdictRecord } from '../../schemas/verdict-record.ts'

export type WebhookMessage =
  | { kind: 'deviates'; verdict: VerdictRecord }
  | { kind: 'feed-stale'; topic: string; watermarkAt: string; silentMs: number }

const WAITING_MAX = 1_000
const TRIES_MAX = 4
const FIRST_RETRY_MS = 500
const ANSWER_MS_MAX = 5_000

export class Webhook {
  readonly #url: string
  readonly #log: Logger
  readonly #firstRetryMs: number
  readonly #waiting: WebhookMessage[] = []
  readonly #aborted = new AbortController()
  #isPosting = false

  /** @param firstRetryMs wait before the second try; each later wait is twice as long */
  constructor(url: string, log: Logger, firstRetryMs = FIRST_RETRY_MS) {
    this.#url = url
    this.#log = log
    this.#firstRetryMs = firstRetryMs
  }

  /** Returns at once. */
  post(messages: readonly WebhookMessage[]): void {
    this.#waiting.push(...messages)
    const droppedCount = this.#waiting.length - WAITING_MAX
    if (droppedCount > 0) {
      this.#waiting.splice(0, droppedCount)
      this.#log.warn({ droppedCount }, 'webhook messages dropped: the receiver is too slow')
    }
    if (!this.#isPosting) void this.#postAll()
  }

  /** Gives up what is not posted yet. */
  end(): void {
    this.#waiting.length = 0
    this.#aborted.abort()
  }

  async #postAll(): Promise<void> {
    this.#isPosting = true
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      await this.#postOne(message)
    }
    this.#isPosting = false
  }

  async #postOne(message: WebhookMessage): Promise<void> {
    let retryMs = this.#firstRetryMs
    for (let tries = 1; !this.#aborted.signal.aborted; tries += 1) {
      const fault = await this.#tried(message)
      if (fault === null) return
      if (tries === TRIES_MAX) {
        this.#log.warn({ kind: message.kind, fault }, 'webhook message given up')
        return
      }
      await waitMs(retryMs, undefined, { signal: this.#aborted.signal }).catch(() => {})
      retryMs *= 2
    }
  }

  /** @returns what went wrong, `null` if nothing did */
  async #tried(message: WebhookMessage): Promise<string | null> {
    try {
      const answer = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.any([this.#aborted.signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
      })
      await answer.body?.cancel()
      return answer.ok ? null : `HTTP ${answer.status}`
    } catch (error) {
      return (error as Error).name
    }
  }
}
