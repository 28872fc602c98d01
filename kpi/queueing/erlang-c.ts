/**
 * Erlang C: everybody waits until a seat is free, nobody gives up.
 *
 *     P(wait)   = nB / (n − a(1 − B))                   a = λ/μ, stable only for n > a
 *     P(wait ≤ t) = 1 − P(wait) e^{−(nμ − λ)t}
 *     E[wait]   = P(wait) / (nμ − λ)
 *
 * Source: L. Kleinrock, Queueing Systems I (1975), section 3.5. Times in seconds.
 */
import { erlangB } from './erlang-b.ts'

export interface WaitingLine {
  /** Arrivals per second, more than 0. */
  arrivalsPerSecond: number
  /** Mean handling time with wrap-up, s, more than 0. */
  handlingSeconds: number
  /** Whole, 1 or more. */
  seatsCount: number
}

/** The chance of having to wait, 0 to 1; 1 where the line grows without end. */
export function waitProbability({ arrivalsPerSecond, handlingSeconds, seatsCount }: WaitingLine): number {
  const offeredErlang = arrivalsPerSecond * handlingSeconds
  if (seatsCount <= offeredErlang) return 1
  const blocking = erlangB(offeredErlang, seatsCount)
  return (seatsCount * blocking) / (seatsCount - offeredErlang * (1 - blocking))
}

/** The share answered within a threshold, 0 to 1; 0 where the line grows without end. */
export function serviceLevel(line: WaitingLine, thresholdSeconds: number): number {
  const spare = line.seatsCount / line.handlingSeconds - line.arrivalsPerSecond
  return spare <= 0 ? 0 : 1 - waitProbability(line) * Math.exp(-spare * thresholdSeconds)
}

/** Mean wait of all calls, s; Infinity where the line grows without end. */
export function meanWaitSeconds(line: WaitingLine): number {
  const spare = line.seatsCount / line.handlingSeconds - line.arrivalsPerSecond
  return spare <= 0 ? Number.POSITIVE_INFINITY : waitProbability(line) / spare
}

/**
 * Fewest seats for a service level. The search starts at the least number of seats that is stable at all, not at the
 * rounded load plus one: starting there staffs one seat too many where fewer are enough.
 *
 * @param targetRatio share to be answered within the threshold, 0 to less than 1
 */
export function seatsForServiceLevel(
  arrivalsPerSecond: number,
  handlingSeconds: number,
  thresholdSeconds: number,
  targetRatio: number,
): number {
  let seatsCount = Math.floor(arrivalsPerSecond * handlingSeconds) + 1
  while (serviceLevel({ arrivalsPerSecond, handlingSeconds, seatsCount }, thresholdSeconds) < targetRatio)
    seatsCount += 1
  return seatsCount
}
