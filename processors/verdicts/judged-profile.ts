/** A profile that a processor judges windows by, with what follows from it. */
import type { Holidays } from '../../kpi/holidays.ts'
import type { StabilityTerms } from '../../kpi/judgement.ts'
import { dayOfText, type LocalDay, yearOf } from '../../kpi/local-date.ts'
import { callSettleMs } from '../../kpi/status.ts'
import type { WindowDefinitions } from '../../kpi/windows.ts'
import { type Zone, zoneOf } from '../../kpi/zone.ts'
import { definitionsHash } from '../../schemas/definitions-hash.ts'
import { type Profile, profileVersionOf } from '../../schemas/profile.ts'
import { holidaysOf, stabilityTermsOf, windowDefinitionsOf } from '../../schemas/profile-windows.ts'

export interface JudgedProfile {
  id: string
  version: string
  /** Names the series of cells. */
  definitions: string
  zone: Zone
  holidays: Holidays
  windows: WindowDefinitions
  terms: StabilityTerms
  settleMs: number
  contractFromDay: LocalDay
  /** Local years that the contract touches. */
  contractYears: number[]
}

export function judgedProfileOf(profile: Profile): JudgedProfile {
  const contractFromDay = dayOfText(profile.contract.from)!
  const firstYear = yearOf(contractFromDay)
  const lastYear = yearOf(dayOfText(profile.contract.to)! - 1)
  return {
    id: profile.id,
    version: profileVersionOf(profile),
    definitions: definitionsHash(profile.definitions),
    zone: zoneOf(profile.timeZone),
    holidays: holidaysOf(profile),
    windows: windowDefinitionsOf(profile),
    terms: stabilityTermsOf(profile),
    settleMs: callSettleMs(profile),
    contractFromDay,
    contractYears: Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at),
  }
}
