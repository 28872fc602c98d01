import type { Deviation } from './part-whole.ts'

export const VERDICTS = ['stable', 'deviates', 'insufficient'] as const
/** `stable` 未偏离, `deviates` 偏离, `insufficient` 样本量不足. */
export type Verdict = (typeof VERDICTS)[number]

/** A verdict given while the stream runs says nothing before this many days of records. */
export const STREAM_DAYS_MIN = 28

/**
 * A question of non-inferiority: is the window at most `tolerancePoints` worse than the overall rate?
 *
 *     -δ
 *      |  [-----]      stable        the whole interval is at or above −δ
 *   [--|--]            insufficient  it reaches over −δ: too few calls to say
 *  [-] |               deviates      the whole interval is below −δ
 *
 * A rate above the overall one never fails.
 *
 * @param deviation `null` for a window without calls, which is `insufficient`
 */
export function verdictOf(deviation: Deviation | null, tolerancePoints: number): Verdict {
  if (deviation === null) return 'insufficient'
  if (deviation.lowerPoints >= -tolerancePoints) return 'stable'
  return deviation.upperPoints < -tolerancePoints ? 'deviates' : 'insufficient'
}
