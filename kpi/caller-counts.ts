/**
 * Caller-days 人日: one caller on one local day counts once, however often they called.
 *
 * The names are the columns of table `caller_days`, a row per local day. Days add up to longer periods; lines and
 * regions do not add up to their whole, because one caller may ring two lines: a narrower question counts anew.
 */
export interface CallerCounts {
  /** Distinct callers with an offered call; each call from a withheld number is a caller of its own. */
  callers: number
  /** Of these, with at least one answered call. */
  answered_callers: number
}

export const NO_CALLERS: Readonly<CallerCounts> = Object.freeze({ callers: 0, answered_callers: 0 })
