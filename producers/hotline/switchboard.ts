/**
 * The queue 排队 and the seats 坐席: who is answered, who hangs up, who is refused.
 *
 * First come, first served; of the idle seats the one that has been idle longest. Follow-up calls go out on the same
 * seats, only while enough of them stay idle for callers.
 */
import type { CallOutcome } from '../../kpi/call.ts'
import type { Agenda } from './agenda.ts'
import type { Contact } from './contact.ts'
import type { Duty } from './duties.ts'

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

export interface SwitchboardRules {
  queueLengthMax: number
  flowOutAfterMs: number
  /** Idle seats that outbound calls leave for callers. */
  idleSeatsMin: number
  mayCallOut(atMs: number): boolean
}

/** What a refused caller hears before the line is cut. */
const REFUSAL_MS = 3_000

export class Switchboard {
  readonly #agenda: Agenda
  readonly #rules: SwitchboardRules
  readonly #ended: (contact: Contact, ending: Ending) => void
  /** Longest idle first. */
  readonly #idle: number[] = []
  /** Longest waiting first. */
  readonly #waiting: Contact[] = []
  readonly #outbound: OutboundTry[] = []
  readonly #dutyCounts: number[]
  readonly #isBusy: boolean[]
  #seatsOnDuty = 0

  constructor(
    agenda: Agenda,
    seatsCount: number,
    rules: SwitchboardRules,
    ended: (contact: Contact, ending: Ending) => void,
  ) {
    this.#agenda = agenda
    this.#rules = rules
    this.#ended = ended
    this.#dutyCounts = new Array<number>(seatsCount).fill(0)
    this.#isBusy = new Array<boolean>(seatsCount).fill(false)
  }

  schedule(duty: Duty): void {
    this.#agenda.at(duty.fromAtMs, () => this.#dutyBegins(duty.seat, duty.fromAtMs))
    this.#agenda.at(duty.toAtMs, () => this.#dutyEnds(duty.seat))
  }

  /** A caller asks for a person. */
  join(contact: Contact, atMs: number): void {
    const seat = this.#idle.shift()
    if (seat !== undefined) this.#connect(contact, atMs, seat, atMs)
    else if (this.#seatsOnDuty === 0 || this.#waiting.length >= this.#rules.queueLengthMax) this.#refuse(contact, atMs)
    else this.#wait(contact, atMs)
  }

  /** Asks for an outbound call, as soon as a seat can be spared. */
  request(outbound: OutboundTry, atMs: number): void {
    this.#outbound.push(outbound)
    this.#callOut(atMs)
  }

  #refuse(contact: Contact, atMs: number): void {
    const endedAtMs = atMs + REFUSAL_MS
    this.#ended(contact, { outcome: 'NO_SEAT', queuedAtMs: atMs, answeredAtMs: null, endedAtMs, seat: null })
  }

  #wait(contact: Contact, queuedAtMs: number): void {
    const hangsUpFirst = contact.patienceMs <= this.#rules.flowOutAfterMs
    const endedAtMs = queuedAtMs + (hangsUpFirst ? contact.patienceMs : this.#rules.flowOutAfterMs)
    const outcome = hangsUpFirst ? 'WAITING_ABANDONED' : 'FLOWED_OUT'
    this.#waiting.push(contact)
    this.#agenda.at(endedAtMs, () => {
      const place = this.#waiting.indexOf(contact)
      if (place < 0) return // answered in the meantime
      this.#waiting.splice(place, 1)
      this.#ended(contact, { outcome, queuedAtMs, answeredAtMs: null, endedAtMs, seat: null })
    })
  }

  /** The seat rings; a caller whose patience ends before it answers is gone, and the seat is free again. */
  #connect(contact: Contact, queuedAtMs: number, seat: number, atMs: number): void {
    const answeredAtMs = atMs + contact.ringMs
    const givesUpAtMs = queuedAtMs + contact.patienceMs
    if (givesUpAtMs < answeredAtMs) {
      const outcome = 'RINGING_ABANDONED'
      this.#occupy(seat, givesUpAtMs)
      this.#ended(contact, { outcome, queuedAtMs, answeredAtMs: null, endedAtMs: givesUpAtMs, seat: null })
      return
    }
    const endedAtMs = answeredAtMs + contact.talkMs
    this.#occupy(seat, endedAtMs + contact.wrapUpMs)
    this.#ended(contact, { outcome: 'ANSWERED', queuedAtMs, answeredAtMs, endedAtMs, seat })
  }

  #occupy(seat: number, untilAtMs: number): void {
    this.#isBusy[seat] = true
    this.#agenda.at(untilAtMs, () => {
      this.#isBusy[seat] = false
      if (this.#dutyCounts[seat]! > 0) this.#freed(seat, untilAtMs)
    })
  }

  #freed(seat: number, atMs: number): void {
    const contact = this.#waiting.shift()
    if (contact !== undefined) {
      this.#connect(contact, contact.arrivedAtMs + contact.menuMs, seat, atMs)
      return
    }
    this.#idle.push(seat)
    this.#callOut(atMs)
  }

  #callOut(atMs: number): void {
    while (this.#outbound.length > 0 && this.#idle.length > this.#rules.idleSeatsMin && this.#rules.mayCallOut(atMs)) {
      const outbound = this.#outbound.shift()!
      const seat = this.#idle.shift()!
      this.#occupy(seat, atMs + outbound.busyMs)
      outbound.dialled(atMs, seat)
    }
  }

  #dutyBegins(seat: number, atMs: number): void {
    this.#dutyCounts[seat]! += 1
    if (this.#dutyCounts[seat] !== 1) return
    this.#seatsOnDuty += 1
    if (!this.#isBusy[seat]) this.#freed(seat, atMs)
  }

  /** A seat that is busy finishes its call first. */
  #dutyEnds(seat: number): void {
    this.#dutyCounts[seat]! -= 1
    if (this.#dutyCounts[seat] !== 0) return
    this.#seatsOnDuty -= 1
    const place = this.#idle.indexOf(seat)
    if (place >= 0) this.#idle.splice(place, 1)
  }
}
