/** A profile that a processor judges windows by, with what follows from it. */
import { type Holidays, holidaysNamed } from '../kpi/holidays.ts'
import { invariant } from '../kpi/invariant.ts'
import type { StabilityTerms } from '../kpi/judgement.ts'
import { dayOfText, type LocalDay, yearOf } from '../kpi/local-date.ts'
import { callSettleMs } from '../kpi/status.ts'
import type { WindowDefinitions } from '../kpi/windows.ts'
import { type Zone, zoneOf } from '../kpi/zone.ts'
import { definitionsHash } from '../schemas/definitions-hash.ts'
import { type Profile, profileVersionOf } from '../schemas/profile.ts'
import { stabilityTermsOf, windowDefinitionsOf } from '../schemas/profile-windows.ts'

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
  const holidays = holidaysNamed(profile.holidays)
  invariant(holidays !== null, 'the schema of the profile allows only holidays that there is a file for')
  const contractFromDay = dayOfText(profile.contract.from)!
  const firstYear = yearOf(contractFromDay)
  const lastYear = yearOf(dayOfText(profile.contract.to)! - 1)
  return {
    id: profile.id,
    version: profileVersionOf(profile),
    definitions: definitionsHash(profile.definitions),
    zone: zoneOf(profile.timeZone),
    holidays,
    windows: windowDefinitionsOf(profile),
    terms: stabilityTermsOf(profile),
    settleMs: callSettleMs(profile),
    contractFromDay,
    contractYears: Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at),
  }
}
