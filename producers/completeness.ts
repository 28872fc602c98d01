/** Until when a finished stream is complete: what its last records, the heartbeats, say. */

import { dayStartAtMs, localDayOf, type Zone, zoneOf } from '../kpi/zone.ts'
import type { Profile } from '../schemas/profile.ts'

const HOUR_MS = 3_600_000

export interface CompleteUntil {
  callsAtMs: number
  ticketsAtMs: number
}

/**
 * End of the local day of the last emission, and as long after it as windows take to settle: all the stream's windows
 * become final.
 *
 * @param emittedAtMsMax  greatest `emitted_at` of the records that count; null if there were none
 * @param askedAtMs  what the user says instead, for both topics
 * @returns null when nothing can be said: no record, and nothing asked
 */
export function completeUntil(
  profile: Profile,
  emittedAtMsMax: number | null,
  askedAtMs: number | null,
): CompleteUntil | null {
  if (askedAtMs !== null) return { callsAtMs: askedAtMs, ticketsAtMs: askedAtMs }
  if (emittedAtMsMax === null) return null
  const dayEndAtMs = dayEndAfter(zoneOf(profile.timeZone), emittedAtMsMax)
  return {
    callsAtMs: dayEndAtMs + profile.settleHours * HOUR_MS,
    ticketsAtMs: dayEndAtMs + profile.ticketSettleDays * 24 * HOUR_MS,
  }
}

/** The local day of the last emission so far. Which records count need be asked only of those that would move it. */
export class LastDay {
  /** Of the record that last moved it; null before the first. */
  emittedAtMs: number | null = null
  readonly #zone: Zone
  #endAtMs = Number.NEGATIVE_INFINITY

  constructor(profile: Profile) {
    this.#zone = zoneOf(profile.timeZone)
  }

  isBefore(emittedAtMs: number): boolean {
    return emittedAtMs >= this.#endAtMs
  }

  moveTo(emittedAtMs: number): void {
    this.emittedAtMs = emittedAtMs
    this.#endAtMs = dayEndAfter(this.#zone, emittedAtMs)
  }
}

function dayEndAfter(zone: Zone, atMs: number): number {
  return dayStartAtMs(zone, localDayOf(zone, atMs) + 1)
}
