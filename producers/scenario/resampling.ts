/**
 * How many times the calls of a caller come, and when: seeded resampling by caller and day.
 *
 * All that a caller dialled from one early morning to the next is one contact: it is copied, or left out, as a whole, so
 * that a redial stays behind the call it repeats. A factor of 1.3 keeps every contact and gives three of ten a copy;
 * 0.5 leaves every second one out. What is drawn follows from seed, caller and day alone.
 */
import { DAY_MS } from '../../kpi/local-date.ts'
import { localMsOf, type Zone } from '../../kpi/zone.ts'
import { mixedSeed } from '../hotline/randomness.ts'
import type { Hash64 } from './hash-64.ts'

/** A contact day begins when the fewest call, so that few contacts are cut in two, ms after midnight. */
const CONTACT_DAY_FROM_MS = 4 * 3_600_000
/** A copy comes at most this much before or after what it is a copy of: half a quarter-hour, ms. */
const COPY_ASIDE_MS_MAX = 450_000
/** What keeps the draws apart. */
const OF_COUNT = 1
const OF_TIME = 2

/** Names a contact: the caller, or the call itself where the number was withheld, and the day. */
export type ContactSeed = number

export function contactSeedOf(zone: Zone, seed: number, who: Hash64, bornAtMs: number): ContactSeed {
  const day = Math.floor((localMsOf(zone, bornAtMs) - CONTACT_DAY_FROM_MS) / DAY_MS)
  return mixedSeed(seed, who.high, who.low, day)
}

/** How many contacts take the place of one, copies included: the factor on average. */
export function copiesCountOf(contact: ContactSeed, factor: number): number {
  return Math.floor(factor + uniformOf(mixedSeed(contact, OF_COUNT)))
}

/**
 * How much later (or earlier) a copy comes, ms; the first, number 0, comes when the contact itself came.
 *
 * @param bornAtMs  of the call; a copy stays on its local day
 */
export function copyAsideMs(zone: Zone, contact: ContactSeed, copyNumber: number, bornAtMs: number): number {
  if (copyNumber === 0) return 0
  const drawn = uniformOf(mixedSeed(contact, OF_TIME, copyNumber))
  const asideMs = Math.round((2 * drawn - 1) * COPY_ASIDE_MS_MAX)
  const dayOf = (atMs: number) => Math.floor(localMsOf(zone, atMs) / DAY_MS)
  return dayOf(bornAtMs + asideMs) === dayOf(bornAtMs) ? asideMs : -asideMs
}

/** From 0, inclusive, to 1, exclusive. */
function uniformOf(seed: number): number {
  return (seed >>> 0) / 4_294_967_296
}
