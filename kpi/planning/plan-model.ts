/**
 * A recorded period as a queue that can be run again: who came, how long they stay, when they give up, what else the
 * seats do. Everything is taken from the records; what the asker assumes otherwise is put in its place.
 */

import type { CallerTraits } from '../queueing/caller-traits.ts'
import { type Draw, empiricalDraw, meanMsOf, scaledDraw } from '../queueing/draws.ts'
import { CALLER_KINDS } from '../queueing/queue-load.ts'
import type { Range } from '../range.ts'
import { estimatePatience, type PatienceEstimate } from './patience-estimate.ts'
import { observedLimits, type QueueLimits } from './queue-limits.ts'
import { hasFailed, isUncounted, type RecordedCalls, wasAnswered } from './recorded-calls.ts'
import { estimateRedials, type RedialsEstimate } from './redials-estimate.ts'
import { observedWrapUps } from './wrap-up-estimate.ts'

/** What the asker wants otherwise than recorded. */
export interface Assumptions {
  /** Factor on calls and outbound calls, more than 0. */
  volume: number
  /** Factor on talk and wrap-up, more than 0. */
  handling: number
  /** Mean patience, ms; `null`: as estimated. */
  patienceMsMean: number | null
  /** Chance that one who was not answered calls again; `null`: as recorded. */
  redialRatio: number | null
  /** Mean wrap-up, ms, then log-normal; `null`: as observed. */
  wrapUpMsMean: number | null
  /** Callers who may wait at once; `null`: as recorded. */
  queueLengthMax: number | null
  /** How talk and wrap-up are drawn. */
  handlingTimes: 'empirical' | 'log-normal'
  arrivals: 'recorded' | 'fitted'
  /** Seats that outbound calls leave idle for callers. */
  idleSeatsMin: number
}

export const AS_RECORDED: Assumptions = {
  volume: 1,
  handling: 1,
  patienceMsMean: null,
  redialRatio: null,
  wrapUpMsMean: null,
  queueLengthMax: null,
  handlingTimes: 'empirical',
  arrivals: 'recorded',
  idleSeatsMin: 1,
}

/** First tries by the instant of asking, outbound calls by dialling. Plain columns, which threads share. */
export interface PlanModel {
  range: Range
  arrivedAtMs: Float64Array
  joinsAtMs: Float64Array
  /** Places in `CALLER_KINDS`. */
  kinds: Uint8Array
  /** Places of the recorded calls. */
  places: Int32Array
  outboundAtMs: Float64Array
  /** From dialling to the end of the call. */
  outboundMs: Float64Array
  /** 1 where somebody answered, so that there is something to write. */
  outboundReached: Uint8Array
  outboundPlaces: Int32Array
  outboundWrapUp: Draw
  traits: CallerTraits
  rules: QueueLimits & { idleSeatsMin: number }
  volume: number
  arrivals: Assumptions['arrivals']
}

export interface Estimates {
  patience: PatienceEstimate
  redials: Pick<RedialsEstimate, 'ratio' | 'unansweredCount' | 'redialsCount'> & { delayMsMean: number }
  limits: QueueLimits
  talkMsMean: number
  wrapUpMsMean: number
  /** Pauses that showed the wrap-up; 0 where it was assumed or nothing showed it. */
  wrapUpsCount: number
  ringMsMean: number
  firstTriesCount: number
  outboundCount: number
}

const RING_MS_MAX = 30_000
const WRAP_UPS_MIN = 30
/** Without anything that shows it: the spread of log-normal wrap-ups that were assumed by their mean. */
const WRAP_UP_LOG_SD = 0.7
const PATIENCE_Z = 1.959963984540054
const TRIES_MAX = 10

export function planModel(calls: RecordedCalls, assumed: Assumptions): { model: PlanModel; estimates: Estimates } {
  const patience = estimatePatience(calls, PATIENCE_Z)
  const redials = estimateRedials(calls)
  const limits = observedLimits(calls)
  const ring = ringOf(calls)
  const observed = observedWrapUps(calls, meanMsOf(ring), 'inbound')
  const wrapUp = wrapUpOf(observed, assumed)
  const talk = handlingDraw(talksOf(calls), assumed.handlingTimes)
  const callers = firstTries(calls, redials.isRedial)
  const outbound = outboundOf(calls)
  const model: PlanModel = {
    range: calls.range,
    ...callers,
    ...outbound,
    outboundWrapUp: wrapUpOf(observedWrapUps(calls, meanMsOf(ring), 'outbound'), { ...assumed, wrapUpMsMean: null }),
    traits: {
      patienceMsMean: assumed.patienceMsMean ?? patience.msMean ?? Number.POSITIVE_INFINITY,
      ring,
      talk: scaledDraw(talk, assumed.handling),
      wrapUp: scaledDraw(wrapUp, assumed.handling),
      menu: empiricalDraw(
        Float64Array.from(callers.joinsAtMs, (joinsAtMs, at) => joinsAtMs - callers.arrivedAtMs[at]!),
      ),
      redialRatio: assumed.redialRatio ?? redials.ratio,
      redialDelay: redials.delay,
      triesMax: TRIES_MAX,
    },
    rules: {
      queueLengthMax: assumed.queueLengthMax ?? limits.queueLengthMax,
      flowOutAfterMs: limits.flowOutAfterMs,
      idleSeatsMin: assumed.idleSeatsMin,
    },
    volume: assumed.volume,
    arrivals: assumed.arrivals,
  }
  const { ratio, unansweredCount, redialsCount, delay } = redials
  return {
    model,
    estimates: {
      patience,
      redials: { ratio, unansweredCount, redialsCount, delayMsMean: meanMsOf(delay) },
      limits,
      talkMsMean: meanMsOf(talk),
      wrapUpMsMean: meanMsOf(wrapUp),
      wrapUpsCount: assumed.wrapUpMsMean === null && observed.length >= WRAP_UPS_MIN ? observed.length : 0,
      ringMsMean: meanMsOf(ring),
      firstTriesCount: callers.joinsAtMs.length,
      outboundCount: outbound.outboundAtMs.length,
    },
  }
}

/** Mean time on a seat of one answered call, ms. */
export function handlingMsOf({ traits }: PlanModel): number {
  return meanMsOf(traits.ring) + meanMsOf(traits.talk) + meanMsOf(traits.wrapUp)
}

function firstTries(calls: RecordedCalls, isRedial: Uint8Array) {
  const places: number[] = []
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (calls.outbound[at] === 0 && !Number.isNaN(calls.queuedAtMs[at]!) && isRedial[at] === 0) places.push(at)
  }
  places.sort((one, other) => calls.queuedAtMs[one]! - calls.queuedAtMs[other]!)
  const kindOf = (at: number) => (isUncounted(calls, at) ? 'uncounted' : hasFailed(calls, at) ? 'failed' : 'counted')
  return {
    arrivedAtMs: shared(places, (at) => calls.arrivedAtMs[at]!),
    joinsAtMs: shared(places, (at) => calls.queuedAtMs[at]!),
    kinds: Uint8Array.from(places, (at) => CALLER_KINDS.indexOf(kindOf(at))),
    places: Int32Array.from(places),
  }
}

function outboundOf(calls: RecordedCalls) {
  const places: number[] = []
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (calls.outbound[at] === 1 && !isUncounted(calls, at)) places.push(at)
  }
  return {
    outboundAtMs: shared(places, (at) => calls.arrivedAtMs[at]!),
    outboundMs: shared(places, (at) => calls.endedAtMs[at]! - calls.arrivedAtMs[at]!),
    outboundReached: Uint8Array.from(places, (at) => (Number.isNaN(calls.answeredAtMs[at]!) ? 0 : 1)),
    outboundPlaces: Int32Array.from(places),
  }
}

/** Waits of those who found a free seat: most do, so what is far beyond the median was the queue. */
function ringOf(calls: RecordedCalls): Draw {
  const waitsMs: number[] = []
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    const waitMs = calls.answeredAtMs[at]! - calls.queuedAtMs[at]!
    if (calls.outbound[at] === 0 && waitMs <= RING_MS_MAX) waitsMs.push(waitMs)
  }
  waitsMs.sort((one, other) => one - other)
  const median = waitsMs[waitsMs.length >> 1] ?? 0
  return empiricalDraw(waitsMs.filter((waitMs) => waitMs <= 3 * median))
}

function talksOf(calls: RecordedCalls): number[] {
  const talksMs: number[] = []
  for (let at = 0; at < calls.arrivedAtMs.length; at += 1) {
    if (calls.outbound[at] === 0 && wasAnswered(calls, at) && !isUncounted(calls, at)) {
      talksMs.push(calls.endedAtMs[at]! - calls.answeredAtMs[at]!)
    }
  }
  return talksMs
}

function wrapUpOf(observedMs: readonly number[], { wrapUpMsMean, handlingTimes }: Assumptions): Draw {
  if (wrapUpMsMean !== null) return { kind: 'log-normal', meanMs: wrapUpMsMean, logSd: WRAP_UP_LOG_SD }
  return observedMs.length < WRAP_UPS_MIN ? { kind: 'constant', ms: 0 } : handlingDraw(observedMs, handlingTimes)
}

/** Log-normal by the mean of the times and the spread of their logarithms, or the times themselves. */
function handlingDraw(timesMs: readonly number[], kind: Assumptions['handlingTimes']): Draw {
  if (kind === 'empirical' || timesMs.length < 2) return empiricalDraw(timesMs)
  const logs = timesMs.map((ms) => Math.log(Math.max(1, ms)))
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1)
  const meanMs = timesMs.reduce((sum, ms) => sum + ms, 0) / timesMs.length
  return { kind: 'log-normal', meanMs, logSd: Math.sqrt(variance) }
}

function shared(places: readonly number[], valueAt: (at: number) => number): Float64Array {
  const column = new Float64Array(new SharedArrayBuffer(8 * places.length))
  for (const [row, at] of places.entries()) column[row] = valueAt(at)
  return column
}
