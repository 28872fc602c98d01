/**
 * Erlang B, C and A beside a simulation: one number each, for one peak as if its mean hour went on for ever.
 *
 * What they leave out is part of the answer.
 */
import { erlangA } from '../queueing/erlang-a.ts'
import { erlangB } from '../queueing/erlang-b.ts'
import { meanWaitSeconds, waitProbability } from '../queueing/erlang-c.ts'
import { withRedials } from '../queueing/redials.ts'

export interface QuickQuestion {
  /** First tries in an hour. */
  callsPerHour: number
  /** Time on a seat of one call, wrap-up included, s. */
  handlingSeconds: number
  /** Mean patience, s; Infinity: nobody hangs up. */
  patienceSeconds: number
  redialRatio: number
  /** Whole. */
  seatsCount: number
}

export interface QuickAnswers extends QuickQuestion {
  loadErlang: number
  /** 1 − B: nobody waits, whoever finds no seat is lost. */
  erlangB: number
  /** Chance of waiting where nobody hangs up; 1 where the line grows without end. */
  erlangCWait: number
  /** s; `null` where the line grows without end. */
  erlangCMeanWaitSeconds: number | null
  /** Share of calls answered where callers hang up; `null` where nobody does. */
  erlangA: number | null
  /** The same with redials. */
  erlangARedials: number | null
}

export const QUICK_LEAVES_OUT = {
  en: 'B: nobody waits. C: nobody hangs up. A: one rate for ever – no busy days, no backlog of the hour before, no shift change, no outbound calls, no full queue.',
  zh: 'B 不计排队；C 不计放弃；A 假定话务率恒定：不计忙日、上一小时积压、交接班、外呼和排队上限。',
}

export function quickAnswers(question: QuickQuestion): QuickAnswers {
  const { callsPerHour, handlingSeconds, patienceSeconds, redialRatio, seatsCount } = question
  const loadErlang = (callsPerHour * handlingSeconds) / 3600
  const steady = { arrivalsPerSecond: callsPerHour / 3600, handlingSeconds, seatsCount }
  const meanWait = callsPerHour > 0 ? meanWaitSeconds(steady) : 0
  const impatient = {
    arrivalRate: callsPerHour / 3600,
    handlingRate: 1 / handlingSeconds,
    abandonmentRate: 1 / patienceSeconds,
    seatsCount,
  }
  const hasA = callsPerHour > 0 && seatsCount > 0 && patienceSeconds < Number.POSITIVE_INFINITY
  return {
    ...question,
    loadErlang,
    erlangB: 1 - erlangB(loadErlang, seatsCount),
    erlangCWait: callsPerHour > 0 ? waitProbability(steady) : 0,
    erlangCMeanWaitSeconds: Number.isFinite(meanWait) ? meanWait : null,
    erlangA: hasA ? 1 - erlangA(impatient).abandonProbability : null,
    erlangARedials: hasA ? withRedials(impatient, redialRatio).answeredByCall : null,
  }
}
