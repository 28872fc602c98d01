/**
 * What is said of one window beside the overall rate: both readings of 总体指标 (the rate, with a tolerance, and the
 * target), plain arithmetic first, the statistical judgement second.
 */
import { type CallsQuestion, callsForVerdict } from './statistics/calls-for-verdict.ts'
import { type Counts, ratioOf, restOf } from './statistics/counts.ts'
import { zOfConfidence } from './statistics/normal-quantile.ts'
import { deviationOf } from './statistics/part-whole.ts'
import { isWithinTolerance, leastTolerancePoints } from './statistics/tolerance.ts'
import { type Verdict, verdictOf } from './statistics/verdict.ts'
import { met } from './target.ts'

/** `stability` of a profile, and the target of the connection rate. */
export interface StabilityTerms {
  /** δ, percentage points, 0 to 100. */
  tolerancePoints: number
  /** Strictly between 0 and 1. */
  confidence: number
  /** `laney` divides the calls of pooled windows by their σ_z²; `none` leaves them. */
  overdispersion: 'laney' | 'none'
  /** 0 to 1; `null` if the contract has none. */
  targetRatio: number | null
}

/** Every figure is `null` for a window without calls, but the verdict, which is `insufficient`. */
export interface Judgement {
  ratio: number | null
  deviationPoints: number | null
  lowerPoints: number | null
  upperPoints: number | null
  withinTolerance: boolean | null
  /** The least tolerance for which it would be `stable`. */
  leastTolerancePoints: number | null
  verdict: Verdict
  /** See `callsForVerdict`; `null` also where no number would do. */
  callsForVerdict: number | null
  /** Rate of everything but this window: peaks hold most of the calls, so the overall is largely themselves. */
  restRatio: number | null
  /** `ratio − restRatio`, points. */
  gapToRestPoints: number | null
  /** `null` also without a target. */
  metTarget: boolean | null
}

/**
 * Judges one window.
 *
 * @param overall all offered calls of the period, the window's own included
 * @param dispersion σ_z² of the window's sequence where it is pooled; a single instance keeps its own n, because the
 *   spread between days is what is judged and must not excuse itself
 */
export function judge(window: Counts, overall: Counts, terms: StabilityTerms, dispersion = 1): Judgement {
  const z = zOfConfidence(terms.confidence)
  const question: CallsQuestion = { tolerancePoints: terms.tolerancePoints, z, dispersion }
  const deviation = deviationOf(window, overall, z, dispersion)
  const ratio = ratioOf(window)
  const restRatio = ratioOf(restOf(window, overall))
  return {
    ratio,
    deviationPoints: deviation?.deviationPoints ?? null,
    lowerPoints: deviation?.lowerPoints ?? null,
    upperPoints: deviation?.upperPoints ?? null,
    withinTolerance: isWithinTolerance(window, overall, terms.tolerancePoints),
    leastTolerancePoints: deviation === null ? null : leastTolerancePoints(deviation),
    verdict: verdictOf(deviation, terms.tolerancePoints),
    callsForVerdict: callsForVerdict(window, overall, question),
    restRatio,
    gapToRestPoints: ratio === null || restRatio === null ? null : 100 * (ratio - restRatio),
    metTarget: met(
      { numerator: window.answeredCount, denominator: window.offeredCount },
      terms.targetRatio,
      'higher-is-better',
    ),
  }
}
