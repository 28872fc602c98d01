/** Every peak and special period beside the overall rate of its year. */
import Type, { type Static } from 'typebox'
import { adjustedPsOf } from '../../kpi/judged-instances.ts'
import type { Range } from '../../kpi/range.ts'
import { leastStatus } from '../../kpi/status.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { JudgedPeriod } from '../judged/judged-period.ts'
import { InstanceAnswer, instanceAnswerOf, WindowCountFields } from './instance-answer.ts'
import { NoRatioFields, noRatioOf, orNull, Ratio } from './shapes.ts'
import { TermFields, termsAnswerOf } from './stability-terms.ts'

export const PeaksAnswer = Type.Object({
  basis: Type.Literal('year', { description: 'What the windows are held against: the whole local year.' }),
  year: Type.String(),
  line: orNull(Type.String()),
  region: orNull(Type.String()),
  ...TermFields,
  overall: Type.Object({ ...WindowCountFields, ratio: Ratio, ...NoRatioFields, metTarget: orNull(Type.Boolean()) }),
  unknownYears: Type.Array(Type.Integer(), {
    description: 'Years without a published notice: their workday and off-day peaks are not listed.',
  }),
  instances: Type.Array(InstanceAnswer),
})
export type PeaksAnswer = Static<typeof PeaksAnswer>

/**
 * @param range  instances that start in it are listed
 * @param period id of a peak or special period; `null` for all
 */
export function peaksAnswerOf(
  answered: AnsweredProfile,
  judged: JudgedPeriod,
  range: Range,
  period: string | null,
): PeaksAnswer {
  const { stability, part } = judged
  const { overall } = stability
  const listed = stability.instances.filter(
    (instance) =>
      range.fromAtMs <= instance.startAtMs &&
      instance.startAtMs < range.toAtMs &&
      (period === null || instance.period === period),
  )
  const isAll = listed.length === stability.instances.length
  const adjustedPs = isAll ? null : adjustedPsOf(listed, overall)
  return {
    basis: 'year',
    year: judged.period.name,
    line: part.line,
    region: part.region,
    ...termsAnswerOf(
      answered,
      judged,
      listed.length === 0 ? stability.status : leastStatus(listed.map(({ status }) => status)),
    ),
    overall: {
      offeredCount: overall.offeredCount,
      answeredCount: overall.answeredCount,
      abandonedCount: overall.abandonedCount,
      noSeatCount: overall.noSeatCount,
      flowedOutCount: overall.flowedOutCount,
      failedCount: overall.failedCount,
      otherCount: overall.otherCount,
      ratio: overall.ratio,
      ...noRatioOf(overall.ratio),
      metTarget: overall.metTarget,
    },
    unknownYears: stability.unknownYears,
    instances: listed.map((instance) => {
      const answer = instanceAnswerOf(answered.zone, instance)
      return adjustedPs === null ? answer : { ...answer, adjustedP: adjustedPs.get(instance) ?? null }
    }),
  }
}
