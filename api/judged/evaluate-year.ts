/** Reads what a scorecard needs, and scores it. */
import { type Period, periodOf } from '../../kpi/periods.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type EvaluationAnswer, evaluationAnswerOf } from '../answers/evaluation-answer.ts'
import { watermarksAsOf } from '../asked/as-of.ts'
import { askedPeriod } from '../asked/asked-period.ts'
import { ParameterInvalidError } from '../problems/problem.ts'
import { restatedKpis } from '../statements/restated-kpis.ts'
import type { StoreReader } from '../store/store-reader.ts'

/**
 * @param name     of the year, `2023`
 * @param asOfAtMs only what was emitted until then (in); `null` for all
 * @throws ParameterInvalidError for a name of another form, and if the profile has no indicators
 */
export async function evaluateYear(
  answered: AnsweredProfile,
  reader: StoreReader,
  name: string,
  asOfAtMs: number | null,
): Promise<EvaluationAnswer> {
  const period = evaluationPeriod(answered, name)
  const { evaluation, id } = answered.profile
  if (evaluation === undefined) {
    throw new ParameterInvalidError('year', `profile ${id} has no evaluation section, expected one to score by`)
  }
  const [counted, seatsByMonth, watermarks, issued] = await Promise.all([
    reader.countedPeriod(period, asOfAtMs),
    reader.seatsByMonth(period, asOfAtMs),
    reader.watermarks(),
    asOfAtMs === null ? reader.issuedFigures(period) : null, // an earlier time is not compared with what was issued
  ])
  return evaluationAnswerOf(answered, evaluation, {
    year: Number(name),
    period,
    counted,
    seatsByMonth,
    watermarks: watermarksAsOf(watermarks, asOfAtMs),
    restated: restatedKpis(issued, counted),
  })
}

/** The four quarters of a year, which count from the contract's start: from 1 January on the calendar year. */
export function evaluationPeriod(answered: AnsweredProfile, name: string): Period {
  askedPeriod(answered, 'year', name)
  const first = periodOf(`${name}-Q1`, answered.contractFromDay)!
  const last = periodOf(`${name}-Q4`, answered.contractFromDay)!
  return { name, kind: 'year', fromDay: first.fromDay, toDay: last.toDay }
}
