/** The windows and the terms of "must not deviate" as a profile writes them, in the words of kpi/. */
import type { DayRule } from '../kpi/calendar.ts'
import { type Holidays, holidaysNamed } from '../kpi/holidays.ts'
import { invariant } from '../kpi/invariant.ts'
import type { StabilityTerms } from '../kpi/judgement.ts'
import type { Weekday } from '../kpi/local-date.ts'
import type { Name } from '../kpi/stability-sentence.ts'
import type { SpecialDefinition, WindowDefinitions } from '../kpi/windows.ts'

/** One name for both languages, or one for each. */
type WrittenName = string | Name

interface WrittenPeak {
  id: string
  /** One weekday may stand without a list. */
  days: DayRule | Weekday
  from: string
  to: string
}

interface WrittenWindows {
  peaks: readonly WrittenPeak[]
  special?: readonly SpecialDefinition[] | undefined
}

interface WrittenStability {
  stability: { tolerancePoints: number; confidence: number; overdispersion: 'laney' | 'none' }
  targets: Readonly<Record<string, number>>
}

/** The holidays by which a profile tells workdays from off-days. */
export function holidaysOf(profile: { holidays: string }): Holidays {
  const holidays = holidaysNamed(profile.holidays)
  invariant(holidays !== null, 'the schema of the profile allows only holidays that there is a file for')
  return holidays
}

export function windowDefinitionsOf({ peaks, special = [] }: WrittenWindows): WindowDefinitions {
  return {
    peaks: peaks.map(({ id, days, from, to }) => ({ id, days: dayRuleOf(days), from, to })),
    special: special.map(({ id, from, to }) => ({ id, from, to })),
  }
}

export function stabilityTermsOf({ stability, targets }: WrittenStability): StabilityTerms {
  return { ...stability, targetRatio: targets.connectionRate ?? null }
}

/** Names of peaks and special periods by id. */
export function windowNamesOf(written: {
  peaks: readonly { id: string; name: WrittenName }[]
  special?: readonly { id: string; name: WrittenName }[] | undefined
}): Record<string, Name> {
  return Object.fromEntries([...written.peaks, ...(written.special ?? [])].map(({ id, name }) => [id, nameOf(name)]))
}

export function nameOf(name: WrittenName): Name {
  return typeof name === 'string' ? { zh: name, en: name } : name
}

const DAY_CLASSES: readonly unknown[] = ['workday', 'offday', 'all']

function dayRuleOf(days: DayRule | Weekday): DayRule {
  if (typeof days !== 'string' || DAY_CLASSES.includes(days)) return days as DayRule
  return [days as Weekday]
}
