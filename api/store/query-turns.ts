/**
 * Turns at the store: so many queries run at once, the others wait in the order they came, and beyond that they are refused.
 *
 * A store that is asked everything at once answers nothing, and takes in no records meanwhile.
 */
import { StoreBusyError } from './store-busy-error.ts'

export interface TurnLimits {
  /** Queries of this process that run at once. */
  runningMax: number
  /** Queries that wait; one more is refused at once. */
  waitingMax: number
  /** Longest wait of one query, ms. */
  waitMsMax: number
}

/**
 * Half of what the embedded store runs at once: the other half is for processors, however much is asked. A question asks
 * five to fifteen queries, most of some ms, so a thousand are about what can be answered while the last one waits.
 */
export const API_TURNS: TurnLimits = { runningMax: 4, waitingMax: 1_000, waitMsMax: 10_000 }

export class QueryTurns {
  readonly #limits: TurnLimits
  readonly #waiting = new Set<() => void>()
  #runningCount = 0

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /** Runs a query when it is its turn. @throws StoreBusyError if too many wait, or it waited too long */
  async run<Answer>(query: () => Promise<Answer>): Promise<Answer> {
    await this.#turn()
    try {
      return await query()
    } finally {
      this.#runningCount -= 1
      const [next] = this.#waiting
      next?.()
    }
  }

  #turn(): Promise<void> {
    if (this.#runningCount < this.#limits.runningMax) {
      this.#runningCount += 1
      return Promise.resolve()
    }
    const { waitingMax, waitMsMax } = this.#limits
    if (this.#waiting.size >= waitingMax) return Promise.reject(busy(`${waitingMax} queries wait already`))
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(patience)
        this.#waiting.delete(begin)
        this.#runningCount += 1
        resolve()
      }
      const patience = setTimeout(() => {
        this.#waiting.delete(begin)
        reject(busy(`it waited ${waitMsMax} ms for its turn`))
      }, waitMsMax)
      this.#waiting.add(begin)
    })
  }
}

function busy(reason: string): StoreBusyError {
  return new StoreBusyError('STEADYLINE_STORE_BUSY', `A query was not asked: ${reason}`)
}
