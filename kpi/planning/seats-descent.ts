/**
 * Takes seats away one by one, first where a seat costs the most hours, until no block can spare one.
 *
 * Most of the work are seats that can be spared: to see that takes every seed. So a seat goes as soon as the tightest
 * seeds do not miss it, and only a few such steps later all seeds are asked. If they miss one of these seats, the steps
 * are halved down to it. A block that could not spare a seat is hardly ever able to once others have fewer, but it can
 * be: where fewer seats elsewhere lower the overall rate, a peak lies nearer to it. So at the end every block is asked.
 */
import type { Roster } from './roster.ts'
import { type Block, seatsIn, setSeats } from './roster-blocks.ts'
import type { SearchQuestion, Trial, Trials } from './roster-trials.ts'

/** Steps that are taken on trust. */
const STEPS_MAX = 8

export interface Descended {
  least: Trial
  /** False if the trials ended before it was known that no block can spare a seat. */
  isLocallyLeast: boolean
}

/** @param start that holds */
export async function descended(start: Trial, question: SearchQuestion, trials: Trials): Promise<Descended> {
  const untilCount = trials.count + question.trialsMax
  const blocks = [...question.blocks].sort((one, other) => other.hoursCount - one.hoursCount)
  let held = start
  let open = blocks
  for (;;) {
    const spared: Block[] = []
    let steps: Block[] = []
    /** Could not spare a seat as well as these steps. */
    let kept: Block[] = []
    const settle = async () => {
      const { trial, stepsCount } = await longestThatHolds(held, steps, trials)
      held = trial
      spared.push(...steps.slice(0, stepsCount))
      // The step after these is the one that is missed: what was asked of a roster without its seat is asked again.
      const again = stepsCount < steps.length ? [...steps.slice(stepsCount + 1), ...kept] : []
      steps = []
      kept = []
      return again
    }
    const queue = [...open]
    while (queue.length > 0 || steps.length > 0) {
      if (trials.count >= untilCount) return { least: held, isLocallyLeast: false }
      if (queue.length === 0 || steps.length === STEPS_MAX) {
        queue.unshift(...(await settle()))
        continue
      }
      const block = queue.shift()!
      const roster = withoutSeats(held.roster, [...steps, block])
      if (roster === null) continue
      if (await trials.failsAtFirst(roster)) kept.push(block)
      else steps.push(block)
    }
    if (spared.length === 0 && open === blocks) return { least: held, isLocallyLeast: true }
    open = spared.length === 0 ? blocks : spared
  }
}

/** The most of these steps, from the first one on, after which a roster still holds. */
async function longestThatHolds(held: Trial, steps: readonly Block[], trials: Trials) {
  let [low, high] = [0, steps.length]
  let trial = held
  // Most often all of them can go: that is asked first.
  for (let count = high; low < high; count = low + ((high - low + 1) >> 1)) {
    const tried = await trials.whole(withoutSeats(held.roster, steps.slice(0, count))!, 1)
    if (tried.holds) [low, trial] = [count, tried]
    else high = count - 1
  }
  return { trial, stepsCount: low }
}

/** A roster with a seat less in each block; `null` where that would be the last one. */
function withoutSeats(roster: Roster, blocks: readonly Block[]): Roster | null {
  const fewer: Roster = { workday: [...roster.workday], offday: [...roster.offday] }
  for (const block of blocks) {
    if (seatsIn(fewer, block) <= 1) return null
    setSeats(fewer, block, seatsIn(fewer, block) - 1)
  }
  return fewer
}
