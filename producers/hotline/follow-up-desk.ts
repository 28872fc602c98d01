/**
 * Follow-ups 回访: citizens of closed dispatched tickets are called and asked how it went; after some tries that reach
 * nobody a text message is sent instead, which counts as asked and is not answered.
 */
import type { Call } from '../../kpi/call.ts'
import { DAY_MS } from '../../kpi/local-date.ts'
import { dayStartAtMs, instantOfLocal, localDayOf } from '../../kpi/zone.ts'
import type { Agenda } from './agenda.ts'
import { type CallDesk, seatName } from './call-desk.ts'
import { choose } from './choice.ts'
import type { Citizen } from './contact.ts'
import { type Hotline, timeOfDayMs } from './hotline.ts'
import type { OpenTicket } from './open-ticket.ts'
import type { Randomness } from './randomness.ts'
import type { Switchboard } from './switchboard.ts'

const DIAL_MS = 12_000
/** Unanswered ringing after which a seat gives up. */
const RING_OUT_MS = 30_000
const WRITTEN_AFTER_MS = 1_000
const TALK_LOG_SD = 0.6

/** Where calling out is allowed on one local day. */
interface Opening {
  dayFromAtMs: number
  dayToAtMs: number
  fromAtMs: number
  toAtMs: number
}

export class FollowUpDesk {
  readonly #hotline: Hotline
  readonly #agenda: Agenda
  readonly #calls: CallDesk
  readonly #fromMs: number
  readonly #toMs: number
  #opening: Opening = { dayFromAtMs: 0, dayToAtMs: 0, fromAtMs: 0, toAtMs: 0 }
  /** Tickets that still wait for their follow-up. */
  readonly #waiting = new Set<OpenTicket>()
  switchboard!: Switchboard

  constructor(hotline: Hotline, agenda: Agenda, calls: CallDesk) {
    this.#hotline = hotline
    this.#agenda = agenda
    this.#calls = calls
    this.#fromMs = timeOfDayMs(hotline.simulation.followUps.from)
    this.#toMs = timeOfDayMs(hotline.simulation.followUps.to)
  }

  /** Decides whether a closed ticket is followed up, and sees it to its end. */
  consider(ticket: OpenTicket, citizen: Citizen, random: Randomness): void {
    const { ratio, delayDaysMean } = this.#hotline.simulation.followUps
    if (!random.chance(ratio)) {
      ticket.finish()
      return
    }
    this.#waiting.add(ticket)
    const earliestAtMs = ticket.closedAtMs! + random.exponential(delayDaysMean) * DAY_MS
    this.#plan(ticket, citizen, 1, this.#workingTimeAfter(earliestAtMs, random), random)
  }

  get waitingCount(): number {
    return this.#waiting.size
  }

  /** Nobody can be spared any more: the rest get a text message, so that every ticket has its last revision. */
  giveUp(atMs: number): void {
    for (const ticket of this.#waiting) {
      ticket.revise({ followedUpAtMs: atMs }, atMs)
      this.#done(ticket)
    }
  }

  /** Whether it is a workday, between the times at which citizens are called. */
  mayCallOut(atMs: number): boolean {
    if (atMs < this.#opening.dayFromAtMs || atMs >= this.#opening.dayToAtMs) this.#opening = this.#openingOf(atMs)
    return atMs >= this.#opening.fromAtMs && atMs < this.#opening.toAtMs
  }

  #plan(ticket: OpenTicket, citizen: Citizen, tryNumber: number, atMs: number, random: Randomness): void {
    this.#agenda.at(atMs, () => {
      const { reachedRatio, talkMsMean, wrapUpMsMean } = this.#hotline.simulation.followUps
      const isReached = random.chance(reachedRatio)
      const talkMs = isReached ? 1 + Math.round(random.logNormal(talkMsMean, TALK_LOG_SD)) : 0
      const wrapUpMs = isReached ? Math.round(random.exponential(wrapUpMsMean)) : 0
      const ringMs = isReached ? DIAL_MS : RING_OUT_MS
      const dialled = (dialledAtMs: number, seat: number) => {
        const answeredAtMs = isReached ? dialledAtMs + ringMs : null
        const endedAtMs = dialledAtMs + ringMs + talkMs
        this.#write(ticket, citizen, tryNumber, { dialledAtMs, answeredAtMs, endedAtMs, seat })
        if (isReached) this.#ask(ticket, endedAtMs, random)
        else this.#tryAgain(ticket, citizen, tryNumber, endedAtMs, random)
      }
      this.switchboard.request({ busyMs: ringMs + talkMs + wrapUpMs, dialled }, atMs)
    })
  }

  #write(
    ticket: OpenTicket,
    citizen: Citizen,
    tryNumber: number,
    dialled: { dialledAtMs: number; answeredAtMs: number | null; endedAtMs: number; seat: number },
  ): void {
    const call: Call = {
      callId: `${ticket.ticketId}f${tryNumber}`,
      revision: 1,
      arrivedAtMs: dialled.dialledAtMs,
      line: citizen.line,
      region: citizen.region,
      direction: 'OUTBOUND',
      caller: citizen.caller,
      queuedAtMs: null,
      answeredAtMs: dialled.answeredAtMs,
      endedAtMs: dialled.endedAtMs,
      agent: seatName(dialled.seat),
      outcome: dialled.answeredAtMs === null ? 'RINGING_ABANDONED' : 'ANSWERED',
      rating: null,
      emittedAtMs: dialled.endedAtMs + WRITTEN_AFTER_MS,
    }
    this.#calls.writeOutbound(call, ticket.identity.isKept, ticket.identity.seed + tryNumber)
  }

  #ask(ticket: OpenTicket, followedUpAtMs: number, random: Randomness): void {
    const isAnswered = random.chance(this.#hotline.simulation.followUps.satisfactionRatio)
    const answer = choose(this.#hotline.followUpAnswers, random)
    ticket.revise({ followedUpAtMs, satisfaction: isAnswered ? answer : null }, followedUpAtMs)
    this.#done(ticket)
  }

  #tryAgain(ticket: OpenTicket, citizen: Citizen, tryNumber: number, endedAtMs: number, random: Randomness): void {
    if (tryNumber < this.#hotline.simulation.followUps.triesMax) {
      const nextAtMs = this.#workingTimeAfter(endedAtMs + random.exponential(DAY_MS), random)
      this.#plan(ticket, citizen, tryNumber + 1, nextAtMs, random)
      return
    }
    ticket.revise({ followedUpAtMs: endedAtMs }, endedAtMs)
    this.#done(ticket)
  }

  #done(ticket: OpenTicket): void {
    this.#waiting.delete(ticket)
    ticket.finish()
  }

  /** The instant itself if citizens may be called then, else some time on the next workday. */
  #workingTimeAfter(atMs: number, random: Randomness): number {
    const { zone, workingDays } = this.#hotline
    const wholeAtMs = Math.ceil(atMs)
    const opening = this.#openingOf(wholeAtMs)
    if (wholeAtMs >= opening.fromAtMs && wholeAtMs < opening.toAtMs) return wholeAtMs
    const day = workingDays.onOrAfter(localDayOf(zone, wholeAtMs) + 1)
    return instantOfLocal(zone, day * DAY_MS + Math.round(random.between(this.#fromMs, this.#toMs)))
  }

  #openingOf(atMs: number): Opening {
    const { zone, workingDays } = this.#hotline
    const day = localDayOf(zone, atMs)
    const dayFromAtMs = dayStartAtMs(zone, day)
    const dayToAtMs = dayStartAtMs(zone, day + 1)
    if (!workingDays.isWorkday(day)) return { dayFromAtMs, dayToAtMs, fromAtMs: dayToAtMs, toAtMs: dayToAtMs }
    const fromAtMs = instantOfLocal(zone, day * DAY_MS + this.#fromMs)
    const toAtMs = instantOfLocal(zone, day * DAY_MS + this.#toMs)
    return { dayFromAtMs, dayToAtMs, fromAtMs, toAtMs }
  }
}
