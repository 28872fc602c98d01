/**
 * How settled a figure is. Only the watermark decides, never the wall clock (design: invariant I9).
 *
 *     window  [ . . . . . . . . . [ - - settle - - |
 *     status    open              provisional      final
 *
 * `restated` 更正 is said of something that was issued (a verdict, a statement) when the present counts differ from
 * it; for scoring it counts as settled.
 */
export const STATUSES = ['open', 'provisional', 'restated', 'final'] as const
export type Status = (typeof STATUSES)[number]

const HOUR_MS = 3_600_000
/** A day of a settle time is 24 hours, also where the clock on the wall is changed meanwhile. */
const SETTLE_DAY_MS = 24 * HOUR_MS

/** How long after a window's end records for it are still expected, by what is counted. */
export interface SettleTimes {
  /** Calls, h. */
  settleHours: number
  /** Tickets, days of 24 h. */
  ticketSettleDays: number
}

/** Settle time of figures about calls, ms. */
export function callSettleMs(times: SettleTimes): number {
  return times.settleHours * HOUR_MS
}

/** Settle time of figures about tickets, ms. */
export function ticketSettleMs(times: SettleTimes): number {
  return times.ticketSettleDays * SETTLE_DAY_MS
}

/**
 * Status of a window that ends at `endAtMs` (out).
 *
 * At the very end it is `provisional` and at end + settle time it is `final`: a watermark of T says that what was
 * emitted before T has been counted.
 *
 * @param watermarkAtMs `null` before the first one
 */
export function statusOf(endAtMs: number, watermarkAtMs: number | null, settleMs: number): Exclude<Status, 'restated'> {
  if (watermarkAtMs === null || watermarkAtMs < endAtMs) return 'open'
  return watermarkAtMs < endAtMs + settleMs ? 'provisional' : 'final'
}

/** The least settled of several; `final` of none, because nothing is left to come. */
export function leastStatus(statuses: Iterable<Status>): Status {
  let least = STATUSES.length - 1
  for (const status of statuses) least = Math.min(least, STATUSES.indexOf(status))
  return STATUSES[least]!
}

/** Whether a figure may be scored. */
export function isSettled(status: Status): boolean {
  return status === 'final' || status === 'restated'
}
