/** The switchboard of kpi/queueing/ as the generator meets it: contacts instead of numbers, its own agenda as the clock. */
import type { CallOutcome } from '../../kpi/call.ts'
import type { Duty } from '../../kpi/queueing/duties.ts'
import { type Happening, Switchboard as SeatsAndQueue, type SwitchboardRules } from '../../kpi/queueing/switchboard.ts'
import type { Agenda } from './agenda.ts'
import type { Contact } from './contact.ts'

export type { SwitchboardRules } from '../../kpi/queueing/switchboard.ts'

/** How a contact ended. */
export interface Ending {
  outcome: CallOutcome
  queuedAtMs: number | null
  answeredAtMs: number | null
  endedAtMs: number
  seat: number | null
}

/** A call that a seat is to make. */
export interface OutboundTry {
  /** Time on the seat, from dialling to the end of wrap-up. */
  busyMs: number
  dialled(atMs: number, seat: number): void
}

export class Switchboard {
  readonly #core: SeatsAndQueue
  /** By the caller's number. */
  readonly #contacts: Contact[] = []
  readonly #outbound = new Map<number, OutboundTry>()
  #outboundCount = 0

  constructor(
    agenda: Agenda,
    seatsCount: number,
    rules: SwitchboardRules,
    ended: (contact: Contact, ending: Ending) => void,
  ) {
    const core: SeatsAndQueue = new SeatsAndQueue(seatsCount, rules, {
      plan: (atMs: number, happening: Happening, subject: number) =>
        agenda.at(atMs, () => core.happen(happening, subject, atMs)),
      ended: (caller, outcome, answeredAtMs, endedAtMs, seat) =>
        ended(this.#contacts[caller]!, {
          outcome,
          queuedAtMs: core.callers.queuedAtMs[caller]!,
          answeredAtMs: answeredAtMs < 0 ? null : answeredAtMs,
          endedAtMs,
          seat: seat < 0 ? null : seat,
        }),
      dialled: (outbound, atMs, seat) => {
        const tried = this.#outbound.get(outbound)!
        this.#outbound.delete(outbound)
        tried.dialled(atMs, seat)
      },
    })
    this.#core = core
  }

  schedule(duty: Duty): void {
    this.#core.schedule(duty)
  }

  /** A caller asks for a person. */
  join(contact: Contact, atMs: number): void {
    const { patienceMs, ringMs, talkMs, wrapUpMs } = contact
    const caller = this.#core.callers.take(patienceMs, ringMs, talkMs, wrapUpMs)
    this.#contacts[caller] = contact
    this.#core.join(caller, atMs)
  }

  /** Asks for an outbound call, as soon as a seat can be spared. */
  request(outbound: OutboundTry, atMs: number): void {
    const number = this.#outboundCount++
    this.#outbound.set(number, outbound)
    this.#core.request(number, outbound.busyMs, atMs)
  }
}
