/**
 * Plans that were asked for: one runs at a time, one of each caller after the other, and only so many wait. What is
 * asked is answered at once with an id; what it came to is kept in memory, the last ones of this process.
 */

import { PlansFullError, PlanUnknownError } from './plan-errors.ts'
import type { PlanInputs, PlanKind } from './plan-inputs.ts'
import type { PlanResult } from './plan-result.ts'
import type { PlanNews } from './plan-thread.ts'

export const PLAN_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type PlanState = (typeof PLAN_STATES)[number]

export interface Plan {
  id: string
  /** Who asked, by the name of the key. */
  caller: string
  kind: PlanKind
  inputs: PlanInputs
  askedAtMs: number
  state: PlanState
  progress: { doneCount: number; totalCount: number | null; what: 'calls' | 'runs' | 'rosters' } | null
  result: PlanResult | null
  problem: { code: string; detail: string } | null
}

/** A plan at work in a thread. */
export interface PlanAtWork {
  stop(): Promise<void>
}

/** @param hear is told everything until `result` or `problem`, which is the last */
export type StartPlan = (kind: PlanKind, inputs: PlanInputs, hear: (news: PlanNews) => void) => PlanAtWork

export interface PlanJobsOptions {
  start: StartPlan
  newId: () => string
  /** The clock, epoch ms. */
  nowMs: () => number
  /** Plans that wait or run: of one caller, and of all. */
  perCallerMax: number
  waitingMax: number
  /** Plans that are over and still kept. */
  keptMax: number
  /** Longest time a plan may run, ms. */
  runMsMax: number
}

export class PlanJobs {
  readonly #options: PlanJobsOptions
  /** By id, in the order in which they were asked for. */
  readonly #plans = new Map<string, Plan>()
  readonly #listeners = new Map<string, Set<(plan: Plan) => void>>()
  #atWork: { plan: Plan; work: PlanAtWork; timer: NodeJS.Timeout } | null = null
  #isClosed = false

  constructor(options: PlanJobsOptions) {
    this.#options = options
  }

  /** @throws PlansFullError */
  submit(caller: string, kind: PlanKind, inputs: PlanInputs): Plan {
    const open = [...this.#plans.values()].filter(isOpen)
    const { perCallerMax, waitingMax } = this.#options
    if (open.filter((plan) => plan.caller === caller).length >= perCallerMax) {
      throw new PlansFullError(
        `${perCallerMax} of your plans wait or run, expected fewer: wait for one to end, or cancel it`,
      )
    }
    if (open.length >= waitingMax)
      throw new PlansFullError(`${waitingMax} plans wait or run, expected fewer: ask again later`)
    const plan: Plan = {
      id: this.#options.newId(),
      caller,
      kind,
      inputs,
      askedAtMs: this.#options.nowMs(),
      state: 'waiting',
      progress: null,
      result: null,
      problem: null,
    }
    this.#plans.set(plan.id, plan)
    this.#forgetOld()
    this.#startNext()
    return plan
  }

  /** The last one first. */
  all(): Plan[] {
    return [...this.#plans.values()].reverse()
  }

  /** @throws PlanUnknownError */
  plan(id: string): Plan {
    const plan = this.#plans.get(id)
    if (plan === undefined) throw new PlanUnknownError(id)
    return plan
  }

  /** Ends a plan that waits or runs; one that is over is forgotten. @throws PlanUnknownError */
  async cancel(id: string): Promise<Plan> {
    const plan = this.plan(id)
    if (!isOpen(plan)) {
      this.#plans.delete(id)
      return plan
    }
    const work = this.#atWork?.plan === plan ? this.#atWork.work : null
    this.#over(plan, { state: 'cancelled' })
    await work?.stop()
    return plan
  }

  /** Hears of every change of a plan. @returns stops listening */
  listen(id: string, hear: (plan: Plan) => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, listeners)
    listeners.add(hear)
    return () => {
      listeners.delete(hear)
      if (listeners.size === 0) this.#listeners.delete(id)
    }
  }

  /** Stops what runs; nothing starts any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    const work = this.#atWork
    if (work === null) return
    this.#over(work.plan, { state: 'cancelled' })
    await work.work.stop()
  }

  #startNext(): void {
    if (this.#atWork !== null || this.#isClosed) return
    const plan = [...this.#plans.values()].find(({ state }) => state === 'waiting')
    if (plan === undefined) return
    plan.state = 'running'
    const work = this.#options.start(plan.kind, plan.inputs, (news) => this.#hear(plan, news))
    const timer = setTimeout(() => this.#tookTooLong(plan), this.#options.runMsMax)
    timer.unref()
    this.#atWork = { plan, work, timer }
    this.#tell(plan)
  }

  #hear(plan: Plan, news: PlanNews): void {
    if (plan.state !== 'running') return
    if (news.news === 'progress') {
      const { doneCount, totalCount, what } = news
      plan.progress = { doneCount, totalCount, what }
      this.#tell(plan)
    } else if (news.news === 'result') this.#over(plan, { state: 'done', result: news.result })
    else this.#over(plan, { state: 'failed', problem: { code: news.code, detail: news.detail } })
  }

  #tookTooLong(plan: Plan): void {
    const work = this.#atWork?.plan === plan ? this.#atWork.work : null
    const detail = `not done after ${Math.round(this.#options.runMsMax / 60_000)} minutes: ask for fewer seeds or a shorter period`
    this.#over(plan, { state: 'failed', problem: { code: 'STEADYLINE_PLAN_TIMED_OUT', detail } })
    void work?.stop()
  }

  #over(plan: Plan, how: Partial<Plan>): void {
    Object.assign(plan, how)
    if (this.#atWork?.plan === plan) {
      clearTimeout(this.#atWork.timer)
      this.#atWork = null
    }
    this.#tell(plan)
    this.#startNext()
  }

  #tell(plan: Plan): void {
    for (const hear of this.#listeners.get(plan.id) ?? []) hear(plan)
  }

  #forgetOld(): void {
    const over = [...this.#plans.values()].filter((plan) => !isOpen(plan))
    for (const { id } of over.slice(0, Math.max(0, over.length - this.#options.keptMax))) this.#plans.delete(id)
  }
}

export function isOpen({ state }: Plan): boolean {
  return state === 'waiting' || state === 'running'
}
