/**
 * One hotline over a period: a discrete-event simulation that gives its records as they come out.
 *
 * Days before `from` and after `to` are run as far as they matter: the day's start so that the queue is as it would be,
 * what comes later so that every call and ticket of the period reaches its last revision.
 */
import type { CallOutcome } from '../../kpi/call.ts'
import type { LocalDay } from '../../kpi/local-date.ts'
import { dayStartAtMs, localDayOf } from '../../kpi/zone.ts'
import { Agenda } from './agenda.ts'
import { type ArrivalOptions, contactsOf, requestsOf } from './arrivals.ts'
import { CallDesk } from './call-desk.ts'
import { type Contact, contactOf, type Purpose } from './contact.ts'
import { dutiesOf, postsCount } from './duties.ts'
import { FollowUpDesk } from './follow-up-desk.ts'
import type { Hotline } from './hotline.ts'
import { Outbox, type SimulatedRecord } from './outbox.ts'
import { mixedSeed, Randomness } from './randomness.ts'
import { type Ending, Switchboard } from './switchboard.ts'
import { type Request, TicketDesk } from './ticket-desk.ts'

export interface RunOptions extends ArrivalOptions {
  fromAtMs: number
  toAtMs: number
}

/** After the last day seats are scheduled for this long at most, for follow-ups that still wait. */
const DAYS_AFTER_MAX = 100
const TRIES_MAX = 5
const FAILED_AFTER_MS = 2_000
const BLOCKED_AFTER_MS = 800
/** Contacts that never ask for a person, and how their calls end. */
const ENDING_BEFORE_THE_QUEUE: Partial<Record<Purpose, CallOutcome>> = {
  'menu-completed': 'IVR_COMPLETED',
  'menu-abandoned': 'IVR_ABANDONED',
  blacklisted: 'BLACKLISTED',
}
/** Keeps what follows from a call apart from what else its fate decides. */
const OF_WHAT_FOLLOWS = 15

export class HotlineRun {
  readonly #hotline: Hotline
  readonly #options: RunOptions
  readonly #agenda = new Agenda()
  readonly #outbox: Outbox
  readonly #calls: CallDesk
  readonly #tickets: TicketDesk
  readonly #followUps: FollowUpDesk
  readonly #switchboard: Switchboard

  constructor(hotline: Hotline, options: RunOptions) {
    const isInPeriod = (atMs: number) => atMs >= options.fromAtMs && atMs < options.toAtMs
    this.#hotline = hotline
    this.#options = options
    this.#outbox = new Outbox(hotline.simulation.delivery, options.fromAtMs)
    this.#calls = new CallDesk(hotline, this.#outbox, isInPeriod)
    this.#followUps = new FollowUpDesk(hotline, this.#agenda, this.#calls)
    this.#tickets = new TicketDesk(hotline, this.#outbox, this.#followUps, isInPeriod)
    const { queue, followUps } = hotline.simulation
    const rules = {
      queueLengthMax: queue.lengthMax,
      flowOutAfterMs: queue.flowOutAfterMs,
      idleSeatsMin: followUps.idleSeatsMin,
      mayCallOut: (atMs: number) => this.#followUps.mayCallOut(atMs),
    }
    this.#switchboard = new Switchboard(this.#agenda, postsCount(hotline), rules, (contact, ending) =>
      this.#ended(contact, ending),
    )
    this.#followUps.switchboard = this.#switchboard
  }

  *records(): Generator<SimulatedRecord, void, undefined> {
    const firstDay = localDayOf(this.#hotline.zone, this.#options.fromAtMs)
    for (const duty of dutiesOf(this.#hotline, firstDay - 1)) this.#switchboard.schedule(duty)
    this.#planDay(firstDay)
    let nowMs = this.#options.fromAtMs
    while (this.#agenda.nextAtMs < Number.POSITIVE_INFINITY) {
      nowMs = this.#agenda.nextAtMs
      while (this.#outbox.nextAtMs < nowMs) yield this.#outbox.take()
      this.#agenda.runNext()
    }
    this.#followUps.giveUp(nowMs)
    while (this.#outbox.nextAtMs < Number.POSITIVE_INFINITY) yield this.#outbox.take()
  }

  #planDay(day: LocalDay): void {
    const startAtMs = dayStartAtMs(this.#hotline.zone, day)
    this.#agenda.at(startAtMs, () => this.#beginDay(day, startAtMs))
  }

  #beginDay(day: LocalDay, startAtMs: number): void {
    const { fromAtMs, toAtMs } = this.#options
    const hasArrivals = startAtMs < toAtMs
    const daysAfter = day - localDayOf(this.#hotline.zone, Math.max(fromAtMs, toAtMs - 1))
    if (!hasArrivals && (this.#followUps.waitingCount === 0 || daysAfter > DAYS_AFTER_MAX)) return
    for (const duty of dutiesOf(this.#hotline, day)) this.#switchboard.schedule(duty)
    if (hasArrivals) {
      this.#openLines(contactsOf(this.#hotline, this.#options, day))
      this.#openOtherChannels(requestsOf(this.#hotline, this.#options, day))
    }
    this.#planDay(day + 1)
  }

  #openLines(contacts: Generator<Contact>): void {
    const { value: contact, done } = contacts.next()
    if (done || contact.arrivedAtMs >= this.#options.toAtMs) return
    this.#agenda.at(contact.arrivedAtMs, () => {
      this.#arrives(contact)
      this.#openLines(contacts)
    })
  }

  #arrives(contact: Contact): void {
    const menuEndsAtMs = contact.arrivedAtMs + contact.menuMs
    const endsAlone = ENDING_BEFORE_THE_QUEUE[contact.purpose]
    if (endsAlone === undefined) {
      this.#agenda.at(menuEndsAtMs, () => this.#asks(contact, menuEndsAtMs))
      return
    }
    const endedAtMs = endsAlone === 'BLACKLISTED' ? contact.arrivedAtMs + BLOCKED_AFTER_MS : menuEndsAtMs
    this.#calls.write(contact, { outcome: endsAlone, queuedAtMs: null, answeredAtMs: null, endedAtMs, seat: null })
  }

  #asks(contact: Contact, atMs: number): void {
    if (contact.purpose === 'system-failed') {
      const endedAtMs = atMs + FAILED_AFTER_MS
      this.#ended(contact, { outcome: 'SYSTEM_FAILED', queuedAtMs: atMs, answeredAtMs: null, endedAtMs, seat: null })
    } else this.#switchboard.join(contact, atMs)
  }

  #ended(contact: Contact, ending: Ending): void {
    this.#calls.write(contact, ending)
    if (contact.purpose === 'test') return
    const random = new Randomness(mixedSeed(contact.fate, OF_WHAT_FOLLOWS))
    if (ending.answeredAtMs === null) this.#mayRedial(contact, ending.endedAtMs, random)
    else this.#mayBecomeTicket(contact, ending.endedAtMs, random)
  }

  #mayRedial(contact: Contact, endedAtMs: number, random: Randomness): void {
    const { redialRatio, redialDelayMsMean } = this.#hotline.simulation.queue
    if (!random.chance(redialRatio) || contact.tryNumber >= TRIES_MAX) return
    const arrivedAtMs = endedAtMs + 5_000 + Math.round(random.exponential(redialDelayMsMean))
    if (arrivedAtMs >= this.#options.toAtMs) return
    const call = { ...contact, callId: `${contact.callId}r`, arrivedAtMs, tryNumber: contact.tryNumber + 1 }
    const redial = contactOf(this.#hotline, contact, call, random)
    this.#agenda.at(arrivedAtMs, () => this.#arrives(redial))
  }

  #mayBecomeTicket(contact: Contact, endedAtMs: number, random: Randomness): void {
    const isTicket = random.chance(this.#hotline.simulation.tickets.perAnsweredCallRatio) && contact.talkMs > 0
    if (!isTicket) return
    const { callId, fate, isSampled } = contact
    const acceptedAtMs = endedAtMs + Math.round(random.uniform() * contact.wrapUpMs)
    const request = { ticketId: `${callId}t`, callId, citizen: contact, acceptedAtMs, isSampled, fate }
    this.#agenda.at(acceptedAtMs, () => this.#tickets.accept(request))
  }

  #openOtherChannels(requests: Generator<Request>): void {
    const { value: request, done } = requests.next()
    if (done) return
    this.#agenda.at(request.acceptedAtMs, () => {
      this.#tickets.accept(request)
      this.#openOtherChannels(requests)
    })
  }
}
