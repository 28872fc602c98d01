import { setTimeout as pause } from 'node:timers/promises'

const ASKED_EVERY_MS = 250

/** Waits until a condition holds that costs a server something to ask for. Fails saying which one never did. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  msMax = 240_000,
): Promise<void> {
  const untilMs = performance.now() + msMax
  while (!(await holds())) {
    if (performance.now() > untilMs) throw new Error(`${what}: not within ${msMax} ms`)
    await pause(ASKED_EVERY_MS)
  }
}
