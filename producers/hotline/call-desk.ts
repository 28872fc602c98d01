/** What is written about a call: its first record when it ends, a rating that comes later, a correction days after. */
import type { Call } from '../../kpi/call.ts'
import { DAY_MS } from '../../kpi/local-date.ts'
import { choose } from './choice.ts'
import type { Contact } from './contact.ts'
import type { Hotline } from './hotline.ts'
import type { Identity, Outbox } from './outbox.ts'
import { mixedSeed, Randomness } from './randomness.ts'
import type { Ending } from './switchboard.ts'

/** The platform writes a record this long after a call's end, from and to. */
const WRITTEN_AFTER_MS = [300, 3_000] as const
/** Keeps what comes of a call's record apart from what else the call's fate decides. */
const CALL_FATE = 1

export class CallDesk {
  readonly #hotline: Hotline
  readonly #outbox: Outbox
  readonly #isInPeriod: (atMs: number) => boolean

  constructor(hotline: Hotline, outbox: Outbox, isInPeriod: (atMs: number) => boolean) {
    this.#hotline = hotline
    this.#outbox = outbox
    this.#isInPeriod = isInPeriod
  }

  /** Writes an inbound call. */
  write(contact: Contact, ending: Ending): void {
    const random = new Randomness(mixedSeed(contact.fate, CALL_FATE))
    const { callId, arrivedAtMs, line, region, caller } = contact
    const { queuedAtMs, answeredAtMs, endedAtMs } = ending
    const isTest = contact.purpose === 'test'
    const isRated = random.chance(this.#hotline.simulation.ratings.ratio) && contact.talkMs > 0 && !isTest
    const rating = choose(this.#hotline.ratings, random)
    const isRatedAtOnce = random.chance(this.#hotline.simulation.ratings.atOnceRatio)
    const call: Call = {
      callId,
      revision: 1,
      arrivedAtMs,
      line,
      region,
      direction: 'INBOUND',
      caller,
      queuedAtMs,
      answeredAtMs,
      endedAtMs,
      agent: ending.seat === null ? null : seatName(ending.seat),
      outcome: isTest ? 'TEST' : ending.outcome,
      rating: isRated && isRatedAtOnce && answeredAtMs !== null ? rating : null,
      emittedAtMs: endedAtMs + Math.round(random.between(...WRITTEN_AFTER_MS)),
    }
    const identity = this.#begin(call, contact.isSampled, contact.fate)
    const comesLater = isRated && !isRatedAtOnce && answeredAtMs !== null
    const latest = comesLater ? this.#rate(identity, call, rating, random) : call
    this.#finish(identity, latest, random)
  }

  /** Writes an outbound call, which nobody rates. */
  writeOutbound(call: Call, isSampled: boolean, seed: number): void {
    this.#finish(this.#begin(call, isSampled, seed), call, new Randomness(mixedSeed(seed, CALL_FATE)))
  }

  #begin(call: Call, isSampled: boolean, seed: number): Identity {
    const isKept = isSampled && this.#isInPeriod(call.arrivedAtMs)
    const identity = this.#outbox.begin('calls', call.arrivedAtMs, isKept, seed)
    this.#outbox.put(identity, call)
    return identity
  }

  #rate(identity: Identity, call: Call, rating: number, random: Randomness): Call {
    const delayMs = Math.round(random.exponential(this.#hotline.simulation.ratings.delayMsMean))
    const rated = { ...call, revision: call.revision + 1, rating, emittedAtMs: call.emittedAtMs + 1 + delayMs }
    this.#outbox.put(identity, rated)
    return rated
  }

  /** A few calls are mended once more: declared void, or given the region that was meant. */
  #finish(identity: Identity, latest: Call, random: Randomness): void {
    const { callRatio, callVoidRatio, callDelayDaysMax } = this.#hotline.simulation.corrections
    if (random.chance(callRatio)) {
      const emittedAtMs = latest.emittedAtMs + 1 + Math.round(random.uniform() * callDelayDaysMax * DAY_MS)
      const corrected: Call = { ...latest, revision: latest.revision + 1, emittedAtMs }
      if (random.chance(callVoidRatio)) corrected.outcome = 'VOID'
      else corrected.region = choose(this.#hotline.regions, random)
      this.#outbox.put(identity, corrected)
    }
    identity.isOpen = false
  }
}

/** `seat-01`. */
export function seatName(seat: number): string {
  return SEAT_NAMES[seat] ?? `seat-${seat + 1}`
}

const SEAT_NAMES = Array.from({ length: 99 }, (_, seat) => `seat-${String(seat + 1).padStart(2, '0')}`)
