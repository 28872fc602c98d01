/**
 * How long a seat writes after a call. No record says it; the seats' pauses do: while somebody waits, a free seat takes
 * the next call at once, so a pause that ends with a caller from the queue was the wrap-up and nothing else.
 *
 * Pauses that end otherwise are longer than the wrap-up by an unknown idle time and say nothing that could be used: to
 * take them as upper bounds makes the wrap-up too short, since they are long exactly when it was.
 */
import type { RecordedCalls } from './recorded-calls.ts'

/** A caller who waited longer than this was in the queue and not only rung for. */
const QUEUED_MS_MIN = 10_000
/** After a longer pause the seat had been away. */
const PAUSE_MS_MAX = 20 * 60_000

/**
 * Wrap-up times, ms, after answered calls of one direction.
 *
 * @param ringMs mean time a seat rings, which a pause holds too
 * @returns empty without seats in the records, or where there was never a queue
 */
export function observedWrapUps(calls: RecordedCalls, ringMs: number, after: 'inbound' | 'outbound'): number[] {
  const wanted = after === 'outbound' ? 1 : 0
  const wrapUpsMs: number[] = []
  const lastOf = new Map<number, number>()
  for (const at of byPickUp(calls)) {
    const before = lastOf.get(calls.seats[at]!)
    lastOf.set(calls.seats[at]!, at)
    if (before === undefined || calls.outbound[before] !== wanted || Number.isNaN(calls.answeredAtMs[before]!)) continue
    if (calls.outbound[at] === 1 || calls.answeredAtMs[at]! - calls.queuedAtMs[at]! <= QUEUED_MS_MIN) continue
    const pauseMs = calls.answeredAtMs[at]! - calls.endedAtMs[before]!
    if (pauseMs > 0 && pauseMs <= PAUSE_MS_MAX) wrapUpsMs.push(Math.max(0, pauseMs - ringMs))
  }
  return wrapUpsMs
}

/** Places of the calls that a seat had, as the seats took them. */
function byPickUp(calls: RecordedCalls): number[] {
  const pickUpOf = (at: number) => (calls.outbound[at] === 1 ? calls.arrivedAtMs[at]! : calls.answeredAtMs[at]!)
  const places: number[] = []
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (calls.seats[at]! >= 0 && !Number.isNaN(pickUpOf(at))) places.push(at)
  }
  return places.sort((one, other) => pickUpOf(one) - pickUpOf(other))
}
