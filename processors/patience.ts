/**
 * Waiting for a server that is away. Every write is idempotent, so the only wrong answer to an outage is to give up.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import type { Logger } from 'pino'

const FIRST_WAIT_MS = 100
const WAIT_MS_MAX = 2_000

export interface Patience {
  /** Aborted when the processor is to end: then the last error is thrown. */
  signal: AbortSignal
  log: Logger
  /** Is told each time that something did not work. */
  onTryingAgain?: (what: string) => void
}

/**
 * Tries until it works. Each failure is logged by what failed, not by what was sent.
 *
 * @param what  a noun for the log line: `insert facts`
 */
export async function untilItWorks<Result>(
  what: string,
  action: () => Promise<Result>,
  { signal, log, onTryingAgain }: Patience,
): Promise<Result> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, WAIT_MS_MAX)) {
    try {
      return await action()
    } catch (error) {
      if (signal.aborted) throw error
      onTryingAgain?.(what)
      log.warn(
        {
          what,
          code: (error as { code?: unknown }).code,
          error: (error as Error).message.slice(0, 300),
          retryInMs: wait,
        },
        'store did not take it, trying again',
      )
      await waitMs(wait, undefined, { signal }).catch(() => {})
    }
  }
}
