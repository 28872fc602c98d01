/** Who comes to a simulated queue, with everything that lies in the callers and not in the queue. */

/**
 * `counted` is an ordinary caller; `uncounted` takes a seat and is in no rate (a technician's test); `failed` is dropped
 * by the platform when asking for a person.
 */
export const CALLER_KINDS = ['counted', 'uncounted', 'failed'] as const
export type CallerKind = (typeof CALLER_KINDS)[number]

/** First tries as columns of one length, by `joinsAtMs`. Redials come of themselves, from whoever is not answered. */
export interface QueueLoad {
  /** Instant by which a call is counted. */
  arrivedAtMs: Float64Array
  /** Instant of asking for a person; rising. */
  joinsAtMs: Float64Array
  patienceMs: Float64Array
  ringMs: Float64Array
  talkMs: Float64Array
  wrapUpMs: Float64Array
  /** Places in `CALLER_KINDS`. */
  kinds: Uint8Array
  /** Outbound calls that are asked for, by instant, with the time on the seat. */
  outboundAtMs: Float64Array
  outboundBusyMs: Float64Array
}

/** Room for a number of callers and outbound calls. */
export function emptyLoad(callersCount: number, outboundCount: number): QueueLoad {
  const column = () => new Float64Array(callersCount)
  return {
    arrivedAtMs: column(),
    joinsAtMs: column(),
    patienceMs: column(),
    ringMs: column(),
    talkMs: column(),
    wrapUpMs: column(),
    kinds: new Uint8Array(callersCount),
    outboundAtMs: new Float64Array(outboundCount),
    outboundBusyMs: new Float64Array(outboundCount),
  }
}
