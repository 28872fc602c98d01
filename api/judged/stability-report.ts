/** The whole answer about the peaks of a year or a quarter, and what its annex lists. */
import type { JudgedInstance } from '../../kpi/judged-instances.ts'
import { type Period, rangeOf } from '../../kpi/periods.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type InstanceAnswer, instanceAnswerOf } from '../answers/instance-answer.ts'
import { stabilityAnswerOf } from '../answers/stability-answer.ts'
import type { StabilityAnswer } from '../answers/stability-shape.ts'
import type { CallPart } from '../store/store-reader.ts'
import { judgedPeriod, type StabilityReaders } from './judged-period.ts'

const WORST_COUNT = 10

export interface StabilityReport {
  answer: StabilityAnswer
  /** Every instance of a peak or special period, in order of time; made when it is asked for. */
  instances: () => InstanceAnswer[]
}

export async function stabilityReport(
  answered: AnsweredProfile,
  readers: StabilityReaders,
  period: Period,
  part: CallPart,
): Promise<StabilityReport> {
  const judging = judgedPeriod(answered, readers, period, part)
  // Both are slow the first time and may run side by side; should one fail, the other must not fail unheard.
  const continuity = readers.stability.recordContinuity(rangeOf(answered.zone, period))
  continuity.catch(() => {})
  const judged = await judging
  const worst = worstOf(judged.stability.instances)
  const [seatsAnswering, records] = await Promise.all([
    readers.stability.seatsAnswering(
      worst.map(({ startAtMs, endAtMs }) => ({ fromAtMs: startAtMs, toAtMs: endAtMs })),
      part,
    ),
    continuity,
  ])
  return {
    answer: stabilityAnswerOf(answered, judged, { worst, seatsAnswering, records }),
    instances: () => judged.stability.instances.map((instance) => instanceAnswerOf(answered.zone, instance)),
  }
}

/**
 * The peaks that lie most surely below the overall rate: by the upper end of their interval, so that two lost calls of
 * three at night do not stand before eighty lost of two hundred.
 */
function worstOf(instances: readonly JudgedInstance[]): JudgedInstance[] {
  return instances
    .filter(({ kind, deviationPoints }) => kind === 'peak' && deviationPoints !== null && deviationPoints < 0)
    .sort((one, other) => one.upperPoints! - other.upperPoints!)
    .slice(0, WORST_COUNT)
}
