/**
 * What was really generated, counted from the records alone: the figures that the whole way through Kafka and the
 * store must arrive at.
 *
 * Of each call and ticket only the winner counts. Records are kept until the last one of their identity has come, so
 * memory holds what is unfinished and not a year.
 */
import type { Call } from '../kpi/call.ts'
import { countCall } from '../kpi/call-counts.ts'
import type { Definitions } from '../kpi/definitions.ts'
import { countDue } from '../kpi/due-counts.ts'
import { isoOf } from '../kpi/instant-text.ts'
import type { Ticket } from '../kpi/ticket.ts'
import { countTicket } from '../kpi/ticket-counts.ts'
import { localDayOf, type Zone, zoneOf } from '../kpi/zone.ts'
import type { Profile } from '../schemas/profile.ts'
import type { SimulatedRecord } from './hotline/outbox.ts'
import { CallerDays } from './truth/caller-days.ts'
import { type Fractions, PeriodTotals } from './truth/period-totals.ts'
import { type Finished, Unfinished } from './truth/unfinished.ts'

/** `truth.json`. A period without any record is not listed. */
export interface TruthFile {
  seed: number
  from: string
  to: string
  messages: { calls: number; tickets: number }
  /** Distinct records: exact duplicates are one. */
  facts: { calls: number; tickets: number }
  years: Record<string, Fractions>
  months: Record<string, Fractions>
}

export interface TruthOptions {
  profile: Profile
  seed: number
  fromAtMs: number
  toAtMs: number
}

export class Truth {
  readonly #options: TruthOptions
  readonly #zone: Zone
  readonly #definitions: Definitions
  readonly #messages = { calls: 0, tickets: 0 }
  readonly #facts = { calls: 0, tickets: 0 }
  readonly #calls = new Unfinished<Call>({ idOf: (call) => call.callId, instantOf: (call) => call.arrivedAtMs })
  readonly #tickets = new Unfinished<Ticket>({
    idOf: (ticket) => ticket.ticketId,
    instantOf: (ticket) => ticket.acceptedAtMs,
  })
  readonly #callerDays: CallerDays
  readonly #totals = new PeriodTotals()
  #settledBeforeAtMs = Number.NEGATIVE_INFINITY

  constructor(options: TruthOptions) {
    this.#options = options
    this.#zone = zoneOf(options.profile.timeZone)
    this.#definitions = options.profile.definitions
    this.#callerDays = new CallerDays(this.#definitions)
  }

  /** Calls and tickets of which more records must come. 0 when the stream has ended. */
  get unfinishedCount(): number {
    return this.#calls.size + this.#tickets.size
  }

  add(simulated: SimulatedRecord): void {
    this.#messages[simulated.topic] += 1
    if (simulated.topic === 'calls') {
      const finished = this.#calls.add(simulated)
      if (finished !== null) this.#countCall(finished)
    } else {
      const finished = this.#tickets.add(simulated)
      if (finished !== null) this.#countTicket(finished)
    }
    if (simulated.callsSettledBeforeAtMs > this.#settledBeforeAtMs) {
      this.#settledBeforeAtMs = simulated.callsSettledBeforeAtMs
      this.#foldCallerDays(localDayOf(this.#zone, this.#settledBeforeAtMs))
    }
  }

  file(): TruthFile {
    const { seed, fromAtMs, toAtMs } = this.#options
    this.#foldCallerDays(Number.POSITIVE_INFINITY)
    return {
      seed,
      from: isoOf(this.#zone, fromAtMs),
      to: isoOf(this.#zone, toAtMs),
      messages: this.#messages,
      facts: this.#facts,
      years: this.#totals.years(),
      months: this.#totals.months(),
    }
  }

  #countCall({ winner, factsCount }: Finished<Call>): void {
    const day = localDayOf(this.#zone, winner.arrivedAtMs)
    this.#facts.calls += factsCount
    this.#totals.add(day, { calls: countCall(winner, this.#definitions) })
    this.#callerDays.add(day, winner)
  }

  #countTicket({ winner, factsCount }: Finished<Ticket>): void {
    this.#facts.tickets += factsCount
    this.#totals.add(localDayOf(this.#zone, winner.acceptedAtMs), { tickets: countTicket(winner, this.#definitions) })
    if (winner.dueAtMs !== null) this.#totals.add(localDayOf(this.#zone, winner.dueAtMs), { due: countDue(winner) })
  }

  #foldCallerDays(beforeDay: number): void {
    for (const [day, callers] of this.#callerDays.takeBefore(beforeDay)) this.#totals.add(day, { callers })
  }
}
