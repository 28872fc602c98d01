/** Calls and tickets of every kind, the same for the same seed: ids again, revisions out of order, one revision twice. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { CALL_OUTCOMES } from '../../kpi/call.ts'
import { RESOLUTIONS, TICKET_STATUSES } from '../../kpi/ticket.ts'
import type { CallFact, TicketFact } from './store-of-facts.ts'

const DAY_MS = 86_400_000
const FROM_AT_MS = Date.UTC(2022, 10, 1)
const DAYS = 500
const LINES = ['12345', '12315', "热线'x\\", '<img src=x onerror=alert(1)>']
const REGIONS = ['211102', '211103', '']

export class RandomFacts {
  readonly #source
  constructor(seed: number) {
    this.#source = xoroshiro128plus(seed)
  }

  /** `count` identities, about two facts each. */
  calls(count: number): CallFact[] {
    return Array.from({ length: count }, (_, index) => this.#revisionsOfCall(index)).flat()
  }

  tickets(count: number): TicketFact[] {
    return Array.from({ length: count }, (_, index) => this.#revisionsOfTicket(index)).flat()
  }

  #revisionsOfCall(index: number): CallFact[] {
    const arrivedAtMs = this.#instant()
    return Array.from({ length: this.#below(3) + 1 }, () => {
      const direction = this.#below(6) === 0 ? 'OUTBOUND' : 'INBOUND'
      const queuedAtMs = this.#below(5) === 0 ? null : arrivedAtMs + this.#below(20_000)
      const canBeAnswered = direction === 'OUTBOUND' || queuedAtMs !== null
      const answeredAtMs =
        canBeAnswered && this.#below(4) > 0 ? (queuedAtMs ?? arrivedAtMs) + this.#below(30_000) : null
      const endedAtMs = (answeredAtMs ?? queuedAtMs ?? arrivedAtMs) + this.#below(3) * 60_000
      return {
        callId: `call-${index}`,
        revision: this.#below(3) + 1,
        arrivedAtMs,
        line: this.#oneOf(LINES),
        region: this.#oneOf(REGIONS),
        direction,
        caller: this.#below(8) === 0 ? '' : `p-${this.#below(40)}`,
        queuedAtMs,
        answeredAtMs,
        endedAtMs,
        agent: answeredAtMs === null ? null : `seat-${this.#below(5)}`,
        outcome: this.#oneOf(CALL_OUTCOMES),
        rating: this.#oneOf([null, 1, 2, 3, 4, 5]),
        emittedAtMs: endedAtMs + this.#below(3) * 40 * DAY_MS,
        content: BigInt(this.#below(1_000_000)),
      } satisfies CallFact
    })
  }

  #revisionsOfTicket(index: number): TicketFact[] {
    const acceptedAtMs = this.#instant()
    return Array.from({ length: this.#below(3) + 1 }, () => {
      const closedAtMs = this.#below(3) === 0 ? null : acceptedAtMs + this.#below(20) * DAY_MS
      return {
        ticketId: `ticket-${index}`,
        revision: this.#below(3) + 1,
        acceptedAtMs,
        callId: null,
        channel: 'PHONE',
        line: this.#oneOf(LINES),
        region: this.#oneOf(REGIONS),
        category: '',
        kind: 'HELP',
        status: this.#oneOf(TICKET_STATUSES),
        resolution: this.#oneOf([null, ...RESOLUTIONS]),
        unit: null,
        dueAtMs: this.#oneOf([null, acceptedAtMs + 10 * DAY_MS, acceptedAtMs + this.#below(90) * DAY_MS]),
        closedAtMs,
        followedUpAtMs: this.#oneOf([null, acceptedAtMs + 30 * DAY_MS]),
        satisfaction: this.#oneOf([null, 1, 2, 3, 4, 5]),
        emittedAtMs: (closedAtMs ?? acceptedAtMs) + this.#below(3) * 40 * DAY_MS,
        content: BigInt(this.#below(1_000_000)),
      } satisfies TicketFact
    })
  }

  #instant(): number {
    return FROM_AT_MS + this.#below(DAYS) * DAY_MS + this.#below(DAY_MS)
  }

  /** 0 or more, less than `limit`. */
  #below(limit: number): number {
    return uniformInt(this.#source, 0, limit - 1)
  }

  #oneOf<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.#below(choices.length)]!
  }
}
