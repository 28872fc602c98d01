/**
 * The settings of a profile that enter a count.
 *
 * Everything else of a profile (calendar, tolerance, targets) is applied when figures are read, so changing it
 * recounts nothing. Changing one of these makes a new series of cells beside the old one.
 */
export interface Definitions {
  /** An unanswered, abandoned call that waited this long or less is not offered, ms; 0 switches the rule off. */
  shortAbandonMsMax: number
  /** A call answered after this long or less counts as answered fast, ms. */
  answerThresholdMs: number
  /** Least rating (1 to 5) of a call that is good. */
  positiveRatingMin: number
  /** Least satisfaction (1 to 5) of a ticket that is satisfied. */
  satisfiedMin: number
}

/**
 * Raised in the commit that changes the formula of a count, so that cells computed by the old one
 * are never mixed with cells computed by the new one.
 */
export const FORMULA_VERSION = 1
