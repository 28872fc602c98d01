/**
 * Erlang A: callers wait with exponential patience and give up.
 *
 * A birth–death chain of the number in the system: up at λ, down at min(k, n)μ + (k − n)⁺θ. The weights of its states
 * are built outward from the fullest seat, so none overflows; those too small to matter end the sum.
 *
 * Source: C. Palm 1957; N. Gans, G. Koole, A. Mandelbaum, Manufacturing & Service Operations Management 5 (2003),
 * 79–141. θ → ∞ is Erlang B, θ → 0 is Erlang C. Rates are per one unit of time, whichever; times come out in it.
 */
export interface ImpatientLine {
  /** λ, arrivals per unit of time, more than 0. */
  arrivalRate: number
  /** μ, calls that one seat handles per unit of time, more than 0. */
  handlingRate: number
  /** θ, one over the mean patience, more than 0. */
  abandonmentRate: number
  /** Whole, 1 or more. */
  seatsCount: number
}

export interface ImpatientAnswer {
  /** Share of callers who find no free seat, 0 to 1. */
  waitProbability: number
  /** Share of callers who give up, 0 to 1. */
  abandonProbability: number
  /** Mean wait of all callers, those who give up included, in the unit of time of the rates. */
  meanWait: number
  /** Share of time that a seat is busy, 0 to 1. */
  occupancyRatio: number
}

const WEIGHT_MIN = 1e-18

export function erlangA({ arrivalRate, handlingRate, abandonmentRate, seatsCount }: ImpatientLine): ImpatientAnswer {
  let below = 0
  let busySeats = 0
  let weight = 1
  for (let k = seatsCount; k >= 1; k -= 1) {
    weight *= (k * handlingRate) / arrivalRate
    below += weight
    busySeats += weight * (k - 1)
    if (weight < WEIGHT_MIN * below && k * handlingRate < arrivalRate) break
  }
  let waiting = 1
  let queue = 0
  weight = 1
  for (let k = 1; ; k += 1) {
    const leaving = seatsCount * handlingRate + k * abandonmentRate
    weight *= arrivalRate / leaving
    waiting += weight
    queue += weight * k
    if (weight * k < WEIGHT_MIN * waiting && leaving > arrivalRate) break
  }
  const total = below + waiting
  const meanQueue = queue / total
  return {
    waitProbability: waiting / total,
    abandonProbability: (abandonmentRate * meanQueue) / arrivalRate,
    meanWait: meanQueue / arrivalRate,
    occupancyRatio: (busySeats / total + (seatsCount * waiting) / total) / seatsCount,
  }
}
