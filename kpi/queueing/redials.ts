/**
 * Redials 重复来电: callers who give up call again and make the peak that drove them off.
 *
 *     Λ = λ + r Λ P(Λ)            every call, first ones and redials
 *     by call    1 − P            what a connection rate of calls shows
 *     by caller  (1 − P)/(1 − rP) what people met in the end: they are answered now or at a later call
 *
 * P(Λ) is the share that gives up by Erlang A. Source: the retrial model of S. Aguir,
 * F. Karaesmen, O. Z. Akşin, F. Chauvet, OR Spectrum 26 (2004), 353–376, in its stationary form.
 */
import { erlangA, type ImpatientLine } from './erlang-a.ts'

export interface RedialAnswer {
  /** Λ/λ, 1 or more. */
  trafficFactor: number
  /** Share of calls that are answered, 0 to 1. */
  answeredByCall: number
  /** Share of callers who are answered in the end, 0 to 1. */
  answeredByCaller: number
}

/**
 * @param line `arrivalRate` of first calls alone
 * @param redialRatio r, chance that one who gave up calls again, 0 to less than 1
 */
export function withRedials(line: ImpatientLine, redialRatio: number): RedialAnswer {
  const abandonAt = (rate: number) => erlangA({ ...line, arrivalRate: rate }).abandonProbability
  // Λ(1 − rP(Λ)) rises with Λ and lies between λ and λ/(1 − r), so halving finds it.
  let low = line.arrivalRate
  let high = line.arrivalRate / (1 - redialRatio)
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (middle * (1 - redialRatio * abandonAt(middle)) < line.arrivalRate) low = middle
    else high = middle
  }
  const abandoned = abandonAt(high)
  return {
    trafficFactor: high / line.arrivalRate,
    answeredByCall: 1 - abandoned,
    answeredByCaller: (1 - abandoned) / (1 - redialRatio * abandoned),
  }
}
