/**
 * One try of a citizen to reach the hotline, with everything that lies in the citizen and the matter and not in the
 * queue: drawn at arrival, so that other seats meet the very same callers.
 */
import { choose } from './choice.ts'
import type { Demand } from './demand.ts'
import type { Hotline } from './hotline.ts'
import type { Randomness } from './randomness.ts'

/** Why a contact never asks for a person, or asks without being a citizen; `asks` is the ordinary case. */
export type Purpose = 'asks' | 'menu-completed' | 'menu-abandoned' | 'blacklisted' | 'test' | 'system-failed'

/** Who calls, about which line's matters: the same in every try. */
export interface Citizen {
  line: string
  region: string
  caller: string
}

export interface Contact extends Citizen {
  callId: string
  arrivedAtMs: number
  /** 1 for the first try; redials of the same citizen count on. */
  tryNumber: number
  purpose: Purpose
  menuMs: number
  patienceMs: number
  ringMs: number
  /** 0: the call is answered and ends in the same millisecond. */
  talkMs: number
  wrapUpMs: number
  /** Seeds everything that comes of the call later: rating, ticket, redial. */
  fate: number
  /** Whether its records are published: false outside the sample when only a part of the hotline is wanted. */
  isSampled: boolean
}

const MENU_LOG_SD = 0.4
const RING_LOG_SD = 0.4

/** @param demand  of the day, for lines that it favours; null for whoever comes by another way than calling */
export function citizenOf(hotline: Hotline, demand: Demand | null, random: Randomness): Citizen {
  const { callers } = hotline.simulation
  return {
    line: lineOf(hotline, demand, random),
    region: random.chance(callers.unknownRegionRatio) ? '' : choose(hotline.regions, random),
    caller: random.chance(callers.withheldRatio) ? '' : pseudonymOf(callers.count, random),
  }
}

export function contactOf(
  hotline: Hotline,
  citizen: Citizen,
  call: Pick<Contact, 'callId' | 'arrivedAtMs' | 'tryNumber' | 'isSampled'>,
  random: Randomness,
): Contact {
  const { menu, queue, seats } = hotline.simulation
  return {
    callId: call.callId,
    arrivedAtMs: call.arrivedAtMs,
    tryNumber: call.tryNumber,
    isSampled: call.isSampled,
    line: citizen.line,
    region: citizen.region,
    caller: citizen.caller,
    purpose: purposeOf(hotline, random),
    menuMs: 1 + Math.round(random.logNormal(menu.msMean, MENU_LOG_SD)),
    patienceMs: 1 + Math.round(random.exponential(queue.patienceMsMean)),
    ringMs: 1 + Math.round(random.logNormal(seats.ringMsMean, RING_LOG_SD)),
    talkMs: random.chance(seats.noTalkRatio) ? 0 : 1 + Math.round(random.logNormal(seats.talkMsMean, seats.talkLogSd)),
    wrapUpMs: Math.round(random.logNormal(seats.wrapUpMsMean, seats.wrapUpLogSd)),
    fate: random.seed(),
  }
}

/** A favoured line takes its surplus from all calls alike, so that the day's total stays what the demand says. */
function lineOf(hotline: Hotline, demand: Demand | null, random: Randomness): string {
  const line = choose(hotline.lines, random)
  if (!demand?.favoured || line === demand.favoured.line) return line
  return random.chance(demand.favoured.surplusRatio) ? demand.favoured.line : line
}

/** A few numbers call often: the square of an even draw makes the first of n numbers √n times as frequent as the last. */
function pseudonymOf(callersCount: number, random: Randomness): string {
  const drawn = random.uniform()
  return `p${Math.floor(callersCount * drawn * drawn).toString(36)}`
}

function purposeOf(hotline: Hotline, random: Randomness): Purpose {
  const { menu, queue } = hotline.simulation
  let drawn = random.uniform()
  if (drawn < menu.completedRatio) return 'menu-completed'
  drawn -= menu.completedRatio
  if (drawn < menu.abandonedRatio) return 'menu-abandoned'
  drawn -= menu.abandonedRatio
  if (drawn < menu.blacklistedRatio) return 'blacklisted'
  drawn -= menu.blacklistedRatio
  if (drawn < menu.testRatio) return 'test'
  drawn -= menu.testRatio
  return drawn < queue.systemFailedRatio ? 'system-failed' : 'asks'
}
