/** The speed of a replay: when a record is due, seen from the clock. */
import { setImmediate as otherWork, setTimeout as waitMs } from 'node:timers/promises'
import type { Pause } from './pause.ts'
import type { Publisher } from './publisher.ts'

/** Shorter waits than this are not worth a timer: records of the same moment go out together. */
const WAIT_MS_MIN = 20

export interface Pace {
  /** Whether a record should wait. Cheap: asked for every record. */
  isEarly(emittedAtMs: number): boolean
  /** Sends what is there and waits until the record is due. */
  wait(emittedAtMs: number, publisher: Publisher): Promise<void>
}

/** As fast as Kafka takes it. */
const UNPACED: Pace = { isEarly: () => false, wait: () => otherWork() }

/**
 * @param speed  how many times as fast as it happened
 * @param pause  time that is spent standing still is no time: what was due then is due as much later
 * @returns a pace whose first record is due at once; one that was emitted before its predecessor is due with it
 */
export function paceOf(speed: 'max' | number, nowMs: () => number, pause: Pause): Pace {
  if (speed === 'max') return UNPACED
  let startedAtMs: number | null = null
  let firstEmittedAtMs = 0
  const waitFor = (emittedAtMs: number): number => {
    if (startedAtMs === null) {
      startedAtMs = nowMs() - pause.pausedMs()
      firstEmittedAtMs = emittedAtMs
    }
    return startedAtMs + pause.pausedMs() + (emittedAtMs - firstEmittedAtMs) / speed - nowMs()
  }
  return {
    isEarly: (emittedAtMs) => waitFor(emittedAtMs) > WAIT_MS_MIN,
    async wait(emittedAtMs, publisher) {
      publisher.flush()
      // A timer holds at most 2^31 - 1 ms; long gaps are waited in parts.
      for (let leftMs = waitFor(emittedAtMs); leftMs > 0; leftMs = waitFor(emittedAtMs)) {
        await waitMs(Math.min(leftMs, 60_000))
        await pause.resumed()
      }
    },
  }
}
