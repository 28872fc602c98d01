/** How far counting is behind the log, looked at again and again. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Trial } from '../faults/trial.ts'

const LOOK_EVERY_MS = 500

export interface LagSample {
  atMs: number
  /** Records in the log that `progress` does not cover. */
  behindCount: number
}

/** Until it is stopped. A look that a server does not answer is left out. */
export async function watchLag(trial: Trial, signal: AbortSignal): Promise<LagSample[]> {
  const samples: LagSample[] = []
  while (!signal.aborted) {
    await lagOf(trial).then(
      (behindCount) => samples.push({ atMs: performance.now(), behindCount }),
      () => {},
    )
    await pause(LOOK_EVERY_MS)
  }
  return samples
}

export async function lagOf(trial: Trial): Promise<number> {
  const counted = await trial.countedCount() // first: what comes in between is then behind, never ahead
  const ends = await trial.endOffsets()
  return ends.reduce((sum, { endOffset }) => sum + endOffset, 0) - counted
}
