/** The profile that an API answers for, with what follows from it, worked out once. */
import { dayOfText, type LocalDay } from '../kpi/local-date.ts'
import { zOfConfidence } from '../kpi/statistics/normal-quantile.ts'
import { callSettleMs, ticketSettleMs } from '../kpi/status.ts'
import { type Zone, zoneOf } from '../kpi/zone.ts'
import { definitionsHash } from '../schemas/definitions-hash.ts'
import { type Profile, profileVersionOf } from '../schemas/profile.ts'

export interface AnsweredProfile {
  readonly profile: Profile
  readonly version: string
  /** Hash that names the series of cells. */
  readonly definitions: string
  readonly zone: Zone
  readonly contractFromDay: LocalDay
  readonly contractToDay: LocalDay
  /** Quantile of the profile's confidence, for intervals. */
  readonly z: number
  readonly settleMs: { readonly calls: number; readonly tickets: number }
}

export function answeredProfileOf(profile: Profile): AnsweredProfile {
  return {
    profile,
    version: profileVersionOf(profile),
    definitions: definitionsHash(profile.definitions),
    zone: zoneOf(profile.timeZone),
    contractFromDay: dayOfText(profile.contract.from)!,
    contractToDay: dayOfText(profile.contract.to)!,
    z: zOfConfidence(profile.stability.confidence),
    settleMs: { calls: callSettleMs(profile), tickets: ticketSettleMs(profile) },
  }
}
