/** What ends a wait besides patience, as the records show it: a full queue, and being passed on. */
import { hasFlowedOut, isUncounted, type RecordedCalls, wasRefused } from './recorded-calls.ts'

export interface QueueLimits {
  /** Callers who may wait at once; Infinity where nobody was ever refused. */
  queueLengthMax: number
  /** Infinity where nobody was ever passed on. */
  flowOutAfterMs: number
}

/**
 * The queue's length is what was most often found waiting by those who were refused; the time to be passed on is the
 * median of those who were.
 */
export function observedLimits(calls: RecordedCalls): QueueLimits {
  const flowedOutMs: number[] = []
  const lengths = new Map<number, number>()
  /** Ends of the waits of whoever stands in the queue. */
  let waitingUntilMs: number[] = []
  for (const at of byQueueing(calls)) {
    const queuedAtMs = calls.queuedAtMs[at]!
    waitingUntilMs = waitingUntilMs.filter((untilMs) => untilMs > queuedAtMs)
    if (isUncounted(calls, at)) continue
    if (wasRefused(calls, at)) {
      const length = waitingUntilMs.length
      if (length > 0) lengths.set(length, (lengths.get(length) ?? 0) + 1) // else nobody was on duty
      continue
    }
    const answeredAtMs = calls.answeredAtMs[at]!
    const leftAtMs = Number.isNaN(answeredAtMs) ? calls.endedAtMs[at]! : answeredAtMs
    if (leftAtMs - queuedAtMs > RUNG_MS_MAX) waitingUntilMs.push(leftAtMs)
    if (hasFlowedOut(calls, at)) flowedOutMs.push(leftAtMs - queuedAtMs)
  }
  const [mostFound] = [...lengths].sort((one, other) => other[1] - one[1])
  flowedOutMs.sort((one, other) => one - other)
  return {
    queueLengthMax: mostFound?.[0] ?? Number.POSITIVE_INFINITY,
    flowOutAfterMs: flowedOutMs[flowedOutMs.length >> 1] ?? Number.POSITIVE_INFINITY,
  }
}

/** Whoever was answered sooner was rung for and did not stand in the queue. */
const RUNG_MS_MAX = 10_000

function byQueueing(calls: RecordedCalls): number[] {
  const places: number[] = []
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (calls.outbound[at] === 0 && !Number.isNaN(calls.queuedAtMs[at]!)) places.push(at)
  }
  return places.sort((one, other) => calls.queuedAtMs[one]! - calls.queuedAtMs[other]!)
}
