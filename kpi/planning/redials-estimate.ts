/**
 * First tries and redials told apart: a call from the same number soon after one that was not answered is a redial.
 *
 * Withheld numbers cannot be followed; their redials stay first tries. A redial would not come with more seats, so only
 * first tries are played again, and whoever is not answered then calls again by the ratio and the delays found here.
 */
import { type Draw, empiricalDraw } from '../queueing/draws.ts'
import { isUncounted, type RecordedCalls } from './recorded-calls.ts'

/** A call later than this after the end of the one that was not answered is a new matter. */
export const REDIAL_WITHIN_MS = 30 * 60_000

export interface RedialsEstimate {
  /** Share of callers who call again after they were not answered; 0 where none can be followed. */
  ratio: number
  unansweredCount: number
  redialsCount: number
  /** From the end of the call that was not answered to the arrival of the next. */
  delay: Draw
  /** 1 for calls that are redials, by place. */
  isRedial: Uint8Array
}

export function estimateRedials(calls: RecordedCalls): RedialsEstimate {
  const isRedial = new Uint8Array(calls.arrivedAtMs.length)
  const delaysMs: number[] = []
  let unansweredCount = 0
  const lastOf = new Map<number, number>()
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    const caller = calls.callers[at]!
    if (caller === 0 || calls.outbound[at] === 1 || Number.isNaN(calls.queuedAtMs[at]!) || isUncounted(calls, at))
      continue
    const before = lastOf.get(caller)
    if (before !== undefined) {
      const delayMs = calls.arrivedAtMs[at]! - calls.endedAtMs[before]!
      if (delayMs > 0 && delayMs <= REDIAL_WITHIN_MS) {
        isRedial[at] = 1
        delaysMs.push(delayMs)
      }
    }
    if (Number.isNaN(calls.answeredAtMs[at]!)) {
      unansweredCount += 1
      lastOf.set(caller, at)
    } else lastOf.delete(caller)
  }
  const ratio = unansweredCount === 0 ? 0 : Math.min(0.99, delaysMs.length / unansweredCount)
  return { ratio, unansweredCount, redialsCount: delaysMs.length, delay: empiricalDraw(delaysMs), isRedial }
}
