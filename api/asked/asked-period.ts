/** Reads the name of a period out of a route, or says what is wrong with it. */
import { dayOf } from '../../kpi/local-date.ts'
import { type Period, type PeriodKind, periodOf } from '../../kpi/periods.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { ParameterInvalidError } from '../problems/problem.ts'

/** The years whose instants a record may have. */
export const YEAR_MIN = 1990
export const YEAR_MAX = 2099

const FORMS: Partial<Record<PeriodKind, string>> = { year: '2023', quarter: '2023-Q1', month: '2023-01' }

/** @throws ParameterInvalidError for a name of another form or kind, and for years that no record may have */
export function askedPeriod({ contractFromDay }: AnsweredProfile, kind: PeriodKind, name: string): Period {
  const period = periodOf(name, contractFromDay)
  if (period === null || period.kind !== kind) {
    throw new ParameterInvalidError(kind, `${kind} is ${JSON.stringify(name)}, expected a form like ${FORMS[kind]}`)
  }
  const isInRange = Number(name.slice(0, 4)) >= YEAR_MIN && period.toDay <= dayOf(YEAR_MAX + 1, 1, 1)
  if (!isInRange)
    throw new ParameterInvalidError(kind, `${kind} is ${name}, expected a year from ${YEAR_MIN} to ${YEAR_MAX}`)
  return period
}
