/**
 * The queue 排队 and the seats 坐席: who is answered, who hangs up, who is refused.
 *
 * First come, first served; of the idle seats the one that has been idle longest. Outbound calls go out on the same
 * seats, only while enough of them stay idle for callers. One queue for the hotline that is generated and for the one
 * that is planned: what is learnt of the one holds for the other.
 *
 * Whoever keeps the clock hands in `plan`, and tells `happen` when the instant has come.
 */
import type { CallOutcome } from '../call.ts'
import { Callers } from './callers.ts'
import type { Duty } from './duties.ts'

/** How a call that asked for a person ends. */
export type QueueOutcome = Extract<
  CallOutcome,
  'ANSWERED' | 'WAITING_ABANDONED' | 'RINGING_ABANDONED' | 'NO_SEAT' | 'FLOWED_OUT'
>

export interface SwitchboardRules {
  /** Callers who may wait at once; the next one is refused. Infinity: there is no limit. */
  queueLengthMax: number
  /** A caller who has waited this long is passed on to another platform. Infinity: nobody is. */
  flowOutAfterMs: number
  /** Idle seats that outbound calls leave for callers. */
  idleSeatsMin: number
  mayCallOut(atMs: number): boolean
}

/** Kinds of happenings that a switchboard plans for itself. */
export const HAPPENING = { dutyBegins: 0, dutyEnds: 1, seatFreed: 2, callerLeaves: 3 } as const
export type Happening = (typeof HAPPENING)[keyof typeof HAPPENING]

export interface SwitchboardEnds {
  /** Plans a happening; `subject` is a seat, of `callerLeaves` a caller. */
  plan(atMs: number, happening: Happening, subject: number): void
  /**
   * A call ended, or is known to end. -1 stands for what never was.
   *
   * The caller's number is another's soon after.
   */
  ended(caller: number, outcome: QueueOutcome, answeredAtMs: number, endedAtMs: number, seat: number): void
  /** A seat dials an outbound call that was asked for. */
  dialled(outbound: number, atMs: number, seat: number): void
}

/** What a refused caller hears before the line is cut. */
const REFUSAL_MS = 3_000
const NEVER = -1

export class Switchboard {
  readonly callers = new Callers()
  readonly #rules: SwitchboardRules
  readonly #ends: SwitchboardEnds
  /** Longest idle first. */
  readonly #idle: number[] = []
  /** Longest waiting first. */
  readonly #waiting: number[] = []
  readonly #outbound: number[] = []
  readonly #outboundBusyMs: number[] = []
  readonly #dutyCounts: number[]
  readonly #isBusy: boolean[]
  #seatsOnDuty = 0

  constructor(seatsCount: number, rules: SwitchboardRules, ends: SwitchboardEnds) {
    this.#rules = rules
    this.#ends = ends
    this.#dutyCounts = new Array<number>(seatsCount).fill(0)
    this.#isBusy = new Array<boolean>(seatsCount).fill(false)
  }

  get waitingCount(): number {
    return this.#waiting.length
  }

  get idleCount(): number {
    return this.#idle.length
  }

  schedule(duty: Duty): void {
    this.#ends.plan(duty.fromAtMs, HAPPENING.dutyBegins, duty.seat)
    this.#ends.plan(duty.toAtMs, HAPPENING.dutyEnds, duty.seat)
  }

  /** What was planned for an instant happens. */
  happen(happening: Happening, subject: number, atMs: number): void {
    if (happening === HAPPENING.seatFreed) this.#isFree(subject, atMs)
    else if (happening === HAPPENING.callerLeaves) this.#leaves(subject, atMs)
    else if (happening === HAPPENING.dutyBegins) this.#dutyBegins(subject, atMs)
    else this.#dutyEnds(subject)
  }

  /** A caller, taken from `callers`, asks for a person. */
  join(caller: number, atMs: number): void {
    this.callers.queuedAtMs[caller] = atMs
    const seat = this.#idle.shift()
    if (seat !== undefined) {
      this.#connect(caller, seat, atMs)
      this.callers.release(caller)
    } else if (this.#seatsOnDuty === 0 || this.#waiting.length >= this.#rules.queueLengthMax) {
      this.#ends.ended(caller, 'NO_SEAT', NEVER, atMs + REFUSAL_MS, NEVER)
      this.callers.release(caller)
    } else this.#wait(caller, atMs)
  }

  /**
   * Asks for an outbound call, by whatever number the asker gave it, as soon as a seat can be spared.
   *
   * @param busyMs time on the seat, from dialling to the end of wrap-up
   */
  request(outbound: number, busyMs: number, atMs: number): void {
    this.#outbound.push(outbound)
    this.#outboundBusyMs.push(busyMs)
    this.#callOut(atMs)
  }

  /** Everybody leaves by this happening, also who was answered before: only then is the number free again. */
  #wait(caller: number, queuedAtMs: number): void {
    this.#waiting.push(caller)
    const leavesAtMs = queuedAtMs + Math.min(this.callers.patienceMs[caller]!, this.#rules.flowOutAfterMs)
    if (leavesAtMs < Number.POSITIVE_INFINITY) this.#ends.plan(leavesAtMs, HAPPENING.callerLeaves, caller)
  }

  #leaves(caller: number, atMs: number): void {
    const place = this.#waiting.indexOf(caller)
    if (place >= 0) {
      this.#waiting.splice(place, 1)
      const hangsUp = this.callers.patienceMs[caller]! <= this.#rules.flowOutAfterMs
      this.#ends.ended(caller, hangsUp ? 'WAITING_ABANDONED' : 'FLOWED_OUT', NEVER, atMs, NEVER)
    }
    this.callers.release(caller)
  }

  /** The seat rings; a caller whose patience ends before it answers is gone, and the seat is free again. */
  #connect(caller: number, seat: number, atMs: number): void {
    const { queuedAtMs, patienceMs, ringMs, talkMs, wrapUpMs } = this.callers
    const answeredAtMs = atMs + ringMs[caller]!
    const givesUpAtMs = queuedAtMs[caller]! + patienceMs[caller]!
    if (givesUpAtMs < answeredAtMs) {
      this.#occupy(seat, givesUpAtMs)
      this.#ends.ended(caller, 'RINGING_ABANDONED', NEVER, givesUpAtMs, NEVER)
      return
    }
    const endedAtMs = answeredAtMs + talkMs[caller]!
    this.#occupy(seat, endedAtMs + wrapUpMs[caller]!)
    this.#ends.ended(caller, 'ANSWERED', answeredAtMs, endedAtMs, seat)
  }

  #occupy(seat: number, untilAtMs: number): void {
    this.#isBusy[seat] = true
    this.#ends.plan(untilAtMs, HAPPENING.seatFreed, seat)
  }

  #isFree(seat: number, atMs: number): void {
    this.#isBusy[seat] = false
    if (this.#dutyCounts[seat]! > 0) this.#serve(seat, atMs)
  }

  #serve(seat: number, atMs: number): void {
    const caller = this.#waiting.shift()
    if (caller !== undefined) {
      this.#connect(caller, seat, atMs)
      if (this.#neverLeaves(caller)) this.callers.release(caller)
      return
    }
    this.#idle.push(seat)
    this.#callOut(atMs)
  }

  #neverLeaves(caller: number): boolean {
    return this.#rules.flowOutAfterMs === Infinity && this.callers.patienceMs[caller] === Infinity
  }

  #callOut(atMs: number): void {
    while (this.#outbound.length > 0 && this.#idle.length > this.#rules.idleSeatsMin && this.#rules.mayCallOut(atMs)) {
      const outbound = this.#outbound.shift()!
      const seat = this.#idle.shift()!
      this.#occupy(seat, atMs + this.#outboundBusyMs.shift()!)
      this.#ends.dialled(outbound, atMs, seat)
    }
  }

  #dutyBegins(seat: number, atMs: number): void {
    this.#dutyCounts[seat]! += 1
    if (this.#dutyCounts[seat] !== 1) return
    this.#seatsOnDuty += 1
    if (!this.#isBusy[seat]) this.#serve(seat, atMs)
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
