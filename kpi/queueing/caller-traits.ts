/** What lies in the callers: how long they wait, talk, and when they call again. Drawn anew for every call. */
import type { Chance } from './chance.ts'
import type { Draw } from './draws.ts'

export interface CallerTraits {
  /** Mean of the exponential time after which a caller hangs up, ms; Infinity: nobody does. */
  patienceMsMean: number
  /** A seat rings this long before it answers. */
  ring: Draw
  talk: Draw
  wrapUp: Draw
  /** From arriving to asking for a person. */
  menu: Draw
  /** Chance that one who was not answered calls again, 0 to less than 1. */
  redialRatio: number
  /** From the end of the call that was not answered to the arrival of the next. */
  redialDelay: Draw
  /** Tries of one caller, the first included. */
  triesMax: number
}

export function patienceOf({ patienceMsMean }: CallerTraits, chance: Chance): number {
  return patienceMsMean === Number.POSITIVE_INFINITY ? patienceMsMean : chance.exponential(patienceMsMean)
}
