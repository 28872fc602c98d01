import { type Period, periodOf } from '../kpi/periods.ts'
import type { AnsweredProfile } from './answered-profile.ts'
import { askedPeriod } from './asked-period.ts'

/**
 * The year of an evaluation: its four quarters, which count from the contract's start. For a contract from 1 January
 * that is the calendar year.
 *
 * @throws ParameterInvalidError for a name of another form
 */
export function evaluationPeriod(answered: AnsweredProfile, name: string): Period {
  const { name: year } = askedPeriod(answered, 'year', name)
  const first = periodOf(`${year}-Q1`, answered.contractFromDay)!
  const last = periodOf(`${year}-Q4`, answered.contractFromDay)!
  return { name: year, kind: 'year', fromDay: first.fromDay, toDay: last.toDay }
}
