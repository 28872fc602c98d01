/** The course of a ticket 工单: accepted, settled or dispatched, closed, followed up, and what is mended months later. */
import { DAY_MS } from '../../kpi/local-date.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { instantOfLocal, localDayOf } from '../../kpi/zone.ts'
import { choose } from './choice.ts'
import type { Citizen } from './contact.ts'
import type { FollowUpDesk } from './follow-up-desk.ts'
import type { Hotline, RequestKindRule } from './hotline.ts'
import { OpenTicket } from './open-ticket.ts'
import type { Outbox } from './outbox.ts'
import { mixedSeed, Randomness } from './randomness.ts'

/** A request as it comes in. */
export interface Request {
  ticketId: string
  /** Call it came from; null for other channels, which the ticket's own chance chooses. */
  callId: string | null
  citizen: Citizen
  acceptedAtMs: number
  isSampled: boolean
  fate: number
}

/** Units work until this time of the day on which a ticket is due. */
const DUE_TIME_OF_DAY_MS = 18 * 3_600_000
const TICKET_FATE = 2
const REOPENED_AFTER_DAYS = [3, 25] as const
const CLOSED_AGAIN_AFTER_DAYS = [2, 9] as const

export class TicketDesk {
  readonly #hotline: Hotline
  readonly #outbox: Outbox
  readonly #followUps: FollowUpDesk
  readonly #isInPeriod: (atMs: number) => boolean

  constructor(hotline: Hotline, outbox: Outbox, followUps: FollowUpDesk, isInPeriod: (atMs: number) => boolean) {
    this.#hotline = hotline
    this.#outbox = outbox
    this.#followUps = followUps
    this.#isInPeriod = isInPeriod
  }

  accept(request: Request): void {
    const { ticketId, callId, citizen, acceptedAtMs, isSampled, fate } = request
    if (!this.#isInPeriod(acceptedAtMs)) return
    const random = new Randomness(mixedSeed(fate, TICKET_FATE))
    const category = choose(this.#hotline.categories, random)
    const kind = choose(this.#hotline.kinds, random)
    const channel = callId === null ? choose(this.#hotline.channels, random) : 'PHONE'
    const accepted: Ticket = {
      ticketId,
      revision: 0,
      acceptedAtMs,
      callId,
      channel,
      line: citizen.line,
      region: citizen.region,
      category: category.code,
      kind: kind.kind,
      status: 'ACCEPTED',
      resolution: null,
      unit: null,
      dueAtMs: null,
      closedAtMs: null,
      followedUpAtMs: null,
      satisfaction: null,
      emittedAtMs: acceptedAtMs,
    }
    const identity = this.#outbox.begin('tickets', acceptedAtMs, isSampled, fate)
    const ticket = new OpenTicket(this.#hotline, this.#outbox, identity, accepted, random)
    if (random.chance(kind.directRatio)) this.#settle(ticket, random)
    else this.#dispatch(ticket, kind, category.unit, citizen, random)
  }

  /** 直接办复: the hotline settles it itself, most while the citizen is still on the line. */
  #settle(ticket: OpenTicket, random: Randomness): void {
    const rules = this.#hotline.simulation.tickets
    let closedAtMs = ticket.acceptedAtMs
    if (!random.chance(rules.closedAtOnceRatio)) {
      ticket.revise({ status: 'ACCEPTED' }, ticket.acceptedAtMs)
      closedAtMs += 60_000 + Math.round(random.exponential(rules.directClosingMsMean))
    }
    ticket.revise({ status: 'CLOSED', resolution: 'DIRECT', closedAtMs }, closedAtMs)
    if (random.chance(rules.directSurveyRatio)) {
      const answeredAtMs = closedAtMs + 60_000 + Math.round(random.exponential(rules.directSurveyDelayMsMean))
      ticket.revise({ satisfaction: choose(this.#hotline.surveyAnswers, random) }, answeredAtMs)
    }
    ticket.finish()
  }

  /** 转派: a responsible unit has some working days for it. */
  #dispatch(ticket: OpenTicket, kind: RequestKindRule, unit: string, citizen: Citizen, random: Randomness): void {
    const rules = this.#hotline.simulation.tickets
    let dispatchedAtMs = ticket.acceptedAtMs
    if (!random.chance(rules.dispatchedAtOnceRatio)) {
      ticket.revise({ status: 'ACCEPTED' }, dispatchedAtMs)
      dispatchedAtMs += 60_000 + Math.round(random.exponential(rules.dispatchingMsMean))
    }
    const dueAtMs = this.#workdaysAfter(ticket.acceptedAtMs, kind.dueWorkdays)
    ticket.revise({ status: 'DISPATCHED', resolution: 'DISPATCHED', unit, dueAtMs }, dispatchedAtMs)
    const dueInMs = dueAtMs - ticket.acceptedAtMs
    if (random.chance(rules.withdrawnRatio)) {
      ticket.revise({ status: 'WITHDRAWN' }, dispatchedAtMs + Math.round(random.uniform() * dueInMs))
      ticket.finish()
    } else if (random.chance(rules.neverClosedRatio)) {
      ticket.finish()
    } else {
      this.#close(ticket, dispatchedAtMs, dueInMs, random)
      this.#followUps.consider(ticket, citizen, random)
    }
  }

  #close(ticket: OpenTicket, dispatchedAtMs: number, dueInMs: number, random: Randomness): void {
    const rules = this.#hotline.simulation.tickets
    const takesMs = Math.round(dueInMs * random.logNormal(rules.closingOfDueMean, rules.closingLogSd))
    let closedAtMs = dispatchedAtMs + 60_000 + takesMs
    if (random.chance(rules.extendedRatio)) {
      const dueAtMs = this.#workdaysAfter(ticket.acceptedAtMs + dueInMs, rules.extendedWorkdays)
      const extendedAtMs = dispatchedAtMs + 30_000 + Math.round(0.9 * Math.min(dueInMs, takesMs))
      ticket.revise({ dueAtMs }, extendedAtMs)
    }
    ticket.revise({ status: 'CLOSED', closedAtMs }, closedAtMs)
    if (!random.chance(rules.reopenedRatio)) return
    const reopenedAtMs = closedAtMs + Math.round(random.between(...REOPENED_AFTER_DAYS) * DAY_MS)
    ticket.revise({ status: 'DISPATCHED', closedAtMs: null }, reopenedAtMs)
    closedAtMs = reopenedAtMs + Math.round(random.between(...CLOSED_AGAIN_AFTER_DAYS) * DAY_MS)
    ticket.revise({ status: 'CLOSED', closedAtMs }, closedAtMs)
  }

  #workdaysAfter(atMs: number, workdaysCount: number): number {
    const { zone, workingDays } = this.#hotline
    const day = workingDays.after(localDayOf(zone, atMs), workdaysCount)
    return instantOfLocal(zone, day * DAY_MS + DUE_TIME_OF_DAY_MS)
  }
}
