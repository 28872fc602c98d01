/** Every state that a design can reach, nearest first, so the first broken promise has the shortest trace. */
import type { Design } from './designs.ts'
import { brokenPromise, isQuiescent, type Promised } from './promises.ts'
import type { Scope } from './scope.ts'
import { initialState, keyOf, type State } from './state.ts'
import { type Happening, nextStates } from './steps.ts'

export interface Exploration {
  stateCount: number
  /** States where nothing is left to do. */
  endCount: number
  /** States that nothing leads out of although something is left to do. */
  stuckCount: number
  happenings: ReadonlyMap<Happening, number>
  /** What went wrong and how, a sentence a step; null if nothing did. */
  counterexample: { broken: string; steps: string[] } | null
}

/**
 * Explores a design until it is exhausted or a promise is broken.
 *
 * @throws Error beyond `statesMax`: an exploration that was cut off proves nothing
 */
export function explore(
  scope: Scope,
  design: Design,
  promised: ReadonlySet<Promised>,
  statesMax = 3_000_000,
): Exploration {
  const initial = initialState(scope, design.clockAhead)
  const numbers = new Map([[keyOf(initial), 0]])
  /** By number of a state, the number of the one that it was first reached from. */
  const parents = [0]
  const happenings = new Map<Happening, number>()
  let endCount = 0
  let stuckCount = 0
  let level = [{ number: 0, state: initial }]
  while (level.length > 0) {
    const nextLevel: typeof level = []
    for (const { number, state } of level) {
      const broken = brokenPromise(scope, design, state, promised)
      if (broken !== null) {
        const steps = traceTo(number, scope, design, numbers, parents)
        return { stateCount: numbers.size, endCount, stuckCount, happenings, counterexample: { broken, steps } }
      }
      const isEnd = isQuiescent(scope, design, state)
      const following = nextStates(scope, design, state)
      if (isEnd) endCount++
      else if (following.length === 0) stuckCount++
      for (const { state: next, happening } of following) {
        happenings.set(happening, (happenings.get(happening) ?? 0) + 1)
        const key = keyOf(next)
        if (numbers.has(key)) continue
        if (numbers.size >= statesMax)
          throw new Error(`more than ${statesMax} states, expected fewer: shrink the scope`)
        nextLevel.push({ number: numbers.size, state: next })
        numbers.set(key, numbers.size)
        parents.push(number)
      }
    }
    level = nextLevel
  }
  return { stateCount: numbers.size, endCount, stuckCount, happenings, counterexample: null }
}

/** Walks from the start to a state again, now with sentences: no state had to keep one. */
function traceTo(
  number: number,
  scope: Scope,
  design: Design,
  numbers: ReadonlyMap<string, number>,
  parents: readonly number[],
): string[] {
  const path: number[] = []
  for (let at = number; at !== 0; at = parents[at]!) path.unshift(at)
  let state: State = initialState(scope, design.clockAhead)
  return path.map((target) => {
    const step = nextStates(scope, design, state).find((next) => numbers.get(keyOf(next.state)) === target)!
    state = step.state
    return step.sentence()
  })
}
