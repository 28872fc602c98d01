/** A ticket whose course goes on: each step is a revision that carries its whole state. */
import { DAY_MS } from '../../kpi/local-date.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { choose } from './choice.ts'
import type { Hotline } from './hotline.ts'
import type { Identity, Outbox } from './outbox.ts'
import type { Randomness } from './randomness.ts'

/** The source writes a revision this long after what it tells, from and to. */
const WRITTEN_AFTER_MS = [200, 5_000] as const

export class OpenTicket {
  readonly identity: Identity
  readonly #hotline: Hotline
  readonly #outbox: Outbox
  readonly #random: Randomness
  #latest: Ticket

  /** @param accepted  the state at acceptance, not yet written: revision 0 */
  constructor(hotline: Hotline, outbox: Outbox, identity: Identity, accepted: Ticket, random: Randomness) {
    this.identity = identity
    this.#hotline = hotline
    this.#outbox = outbox
    this.#random = random
    this.#latest = accepted
  }

  get ticketId(): string {
    return this.#latest.ticketId
  }

  get acceptedAtMs(): number {
    return this.#latest.acceptedAtMs
  }

  /** Null while it is open. */
  get closedAtMs(): number | null {
    return this.#latest.closedAtMs
  }

  revise(changes: Partial<Ticket>, atMs: number): void {
    const writtenAtMs = atMs + Math.round(this.#random.between(...WRITTEN_AFTER_MS))
    const revision = this.#latest.revision + 1
    const emittedAtMs = Math.max(writtenAtMs, this.#latest.emittedAtMs + 1)
    const revised = { ...this.#latest }
    Object.assign(revised, changes) // several times as fast as spreading both
    revised.revision = revision
    revised.emittedAtMs = emittedAtMs
    this.#latest = revised
    this.#outbox.put(this.identity, revised)
  }

  /** Ends the course; a few tickets are mended once more, months later: declared void, or put in another class. */
  finish(): void {
    const { ticketRatio, ticketVoidRatio, ticketDelayDaysMax } = this.#hotline.simulation.corrections
    if (this.#random.chance(ticketRatio)) {
      const atMs = this.#latest.emittedAtMs + Math.round(this.#random.uniform() * ticketDelayDaysMax * DAY_MS)
      if (this.#random.chance(ticketVoidRatio)) this.revise({ status: 'VOID' }, atMs)
      else this.revise({ category: choose(this.#hotline.categories, this.#random).code }, atMs)
    }
    this.identity.isOpen = false
  }
}
