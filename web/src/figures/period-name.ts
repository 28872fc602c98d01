/** Names of periods: a year `2023`, a quarter `2023-Q3` counted from the contract's start, a month `2023-07`. */
import type { ProfileAnswer } from '../answers/profile.ts'
import type { Language } from '../language/language.ts'

export type PeriodKind = 'year' | 'quarter' | 'month'

export function kindOf(period: string): PeriodKind {
  if (period.length === 4) return 'year'
  return period.includes('Q') ? 'quarter' : 'month'
}

export function isPeriod(text: string): boolean {
  return /^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/.test(text)
}

/** The path of its KPIs. */
export function kpisPathOf(period: string): string {
  return `/v1/${kindOf(period)}s/${period}`
}

/** 2023年第3季度, Q3 2023. */
export function periodText(period: string, language: Language): string {
  const year = period.slice(0, 4)
  const kind = kindOf(period)
  if (kind === 'year') return language === 'zh' ? `${year}年` : year
  if (kind === 'quarter') return language === 'zh' ? `${year}年第${period.slice(6)}季度` : `Q${period.slice(6)} ${year}`
  if (language === 'zh') return `${year}年${Number(period.slice(5))}月`
  return new Date(`${period}-01T00:00:00Z`).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** The year a page begins with: the last of the contract that the figures have reached. */
export function firstYear({ contract }: ProfileAnswer, asOf: string | null): string {
  const first = Number(contract.from.slice(0, 4))
  const last = Number(dateBefore(contract.to).slice(0, 4))
  const reached = asOf === null ? first : Number(asOf.slice(0, 4))
  return String(Math.min(Math.max(reached, first), last))
}

/** Years that can be chosen: those of the contract, and those that the figures have reached. */
export function yearsOf({ contract }: ProfileAnswer, asOf: string | null): string[] {
  const from = Number(contract.from.slice(0, 4))
  const to = Math.max(Number(dateBefore(contract.to).slice(0, 4)), Number(asOf?.slice(0, 4) ?? 0))
  return Array.from({ length: to - from + 1 }, (_, step) => String(from + step))
}

/** The local date some days later; before, if negative. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function dateBefore(date: string): string {
  return dateAfter(date, -1)
}
