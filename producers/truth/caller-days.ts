/** Caller-days, day by day: held while calls of the day may still change, then folded into two numbers. */
import { type Call, isAnswered, isOffered } from '../../kpi/call.ts'
import type { CallerCounts } from '../../kpi/caller-counts.ts'
import type { Definitions } from '../../kpi/definitions.ts'
import type { LocalDay } from '../../kpi/local-date.ts'

export class CallerDays {
  readonly #definitions: Definitions
  /** By day: each caller with an offered call, and whether one was answered. */
  readonly #answeredByCaller = new Map<LocalDay, Map<string, boolean>>()
  #withheldCount = 0

  constructor(definitions: Definitions) {
    this.#definitions = definitions
  }

  add(day: LocalDay, call: Call): void {
    if (!isOffered(call, this.#definitions)) return
    let callers = this.#answeredByCaller.get(day)
    if (callers === undefined) {
      callers = new Map()
      this.#answeredByCaller.set(day, callers)
    }
    // Nobody knows whether two calls from withheld numbers are one caller's, so each is counted alone.
    const caller = call.caller === '' ? `withheld ${this.#withheldCount++}` : call.caller
    callers.set(caller, isAnswered(call) || callers.get(caller) === true)
  }

  /** Gives and forgets the days before `day`. */
  *takeBefore(day: LocalDay): Generator<[LocalDay, CallerCounts]> {
    for (const [candidate, callers] of this.#answeredByCaller) {
      if (candidate >= day) continue
      let answeredCount = 0
      for (const isAnsweredCaller of callers.values()) if (isAnsweredCaller) answeredCount += 1
      this.#answeredByCaller.delete(candidate)
      yield [candidate, { callers: callers.size, answered_callers: answeredCount }]
    }
  }
}
