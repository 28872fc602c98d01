/**
 * Seals years and deletes their facts, while processors run: no figure is lowered, and no record is ignored.
 *
 * The order is the guarantee: a crash before a step repeats the ones before it, and all of them are idempotent. Design:
 * docs/guarantees.md, invariant I7.
 */
import { setTimeout as waitMs } from 'node:timers/promises'
import { SteadylineError } from '../../schemas/errors.ts'
import type { LiveSeries, SealingStore } from './sealing-store.ts'

const LOOK_MS = 500

export interface SealOptions {
  store: SealingStore
  /** Start of a UTC year, epoch ms: what is older is sealed. */
  beforeAtMs: number
  /** The series of the profile that is asked with; others are those of running processors. */
  own: LiveSeries
  /** So long may processors take to count what came in just before, ms. */
  countingMsMax: number
  now: () => number
  onStep: (what: string) => void
}

/** @throws SteadylineError if cells do not have all their facts in time: nothing is sealed or deleted then */
export async function sealYears(options: SealOptions): Promise<void> {
  const { store, beforeAtMs, onStep } = options
  onStep('refusing later records')
  await store.refuseFactsBefore(beforeAtMs) //   1. from here on no fact of before comes in; who brings one hears of the seal
  await store.insertsUnderWayEnded() //             not even one that was on its way
  onStep('waiting until every cell has all its facts')
  await cellsAreWhole(options) //                2. the facts are complete, and now every cell has seen them all
  onStep('keeping what answers need')
  await store.keepWhatAnswersNeed(beforeAtMs) // 3. what cells do not hold and answers say: seats, lateness
  onStep('sealing')
  await store.seal(beforeAtMs) //                4. a recompute that begins now leaves sealed cells alone; one under way
  onStep('deleting facts')
  await store.deleteFacts(beforeAtMs) //            sees all facts, or fewer: then its row has less evidence and loses
}

async function cellsAreWhole({ store, beforeAtMs, own, countingMsMax, now }: SealOptions): Promise<void> {
  const untilMs = now() + countingMsMax
  for (;;) {
    const behind = await store.behindFacts(beforeAtMs, own)
    if (behind.size === 0) return
    if (now() >= untilMs) throw cellsBehind(behind, own)
    await waitMs(LOOK_MS)
  }
}

function cellsBehind(behind: ReadonlyMap<string, number>, own: LiveSeries): SteadylineError {
  const series = [...behind].map(
    ([name, count]) => `${count} of ${name}${name === own.definitions ? ' (this profile)' : ''}`,
  )
  return new SteadylineError(
    'STEADYLINE_CELLS_BEHIND',
    1,
    `Cells and caller-days have not seen all their facts: ${series.join(', ')}. Nothing was sealed or deleted; records of that time are refused already. ` +
      'Let the processors count, or run `npx steadyline rebuild` with the profile of each series, then the same command again.',
  )
}
