/**
 * Records on their way out, in the order of publication: as they were emitted, but for those that come late.
 *
 * It also knows when the last record of a call or a ticket has gone out, so that whoever counts may forget it.
 */
import type { Call } from '../../kpi/call.ts'
import { DAY_MS } from '../../kpi/local-date.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import type { Simulation } from '../../schemas/simulation.ts'
import { mixedSeed, Randomness } from './randomness.ts'
import { TimeHeap } from './time-heap.ts'

/** A record as it is published. */
export type SimulatedRecord = {
  /** Whether no record of this call or ticket has come before. */
  isFirstOfIdentity: boolean
  /** Whether no other record of this call or ticket will follow. */
  isLastOfIdentity: boolean
  /** Every record of calls that arrived before this instant has been published. */
  callsSettledBeforeAtMs: number
} & ({ topic: 'calls'; record: Call } | { topic: 'tickets'; record: Ticket })

/** A call or ticket on its way from its first record to its last. */
export interface Identity {
  readonly topic: 'calls' | 'tickets'
  readonly bornAtMs: number
  /** Whether its records are published. */
  readonly isKept: boolean
  isPublished: boolean
  /** Records not yet published. */
  pendingCount: number
  /** Whether more revisions may come than are pending. */
  isOpen: boolean
  readonly seed: number
}

interface Pending {
  identity: Identity
  record: Call | Ticket
}

export class Outbox {
  readonly #pending = new TimeHeap<Pending>()
  readonly #delivery: Simulation['delivery']
  /** By UTC day of arrival: calls that have begun and are not finished. */
  readonly #openCalls = new Map<number, number>()
  #firstOpenDay: number

  constructor(delivery: Simulation['delivery'], fromAtMs: number) {
    this.#delivery = delivery
    this.#firstOpenDay = Math.floor(fromAtMs / DAY_MS)
  }

  get nextAtMs(): number {
    return this.#pending.nextAtMs
  }

  begin(topic: Identity['topic'], bornAtMs: number, isKept: boolean, seed: number): Identity {
    if (topic === 'calls' && isKept) this.#addOpenCalls(bornAtMs, 1)
    return { topic, bornAtMs, isKept, isPublished: false, pendingCount: 0, isOpen: true, seed }
  }

  /** Hands in a revision; most go out when they are emitted, some late, some twice. */
  put(identity: Identity, record: Call | Ticket): void {
    if (!identity.isKept) return
    const { duplicateRatio, duplicateDelayMsMean, lateRatio, lateMsMean, lateLogSd } = this.#delivery
    const seed = mixedSeed(identity.seed, record.revision)
    const drawn = (seed >>> 0) / 4_294_967_296
    const isLate = drawn < lateRatio
    const isTwice = !isLate && drawn < lateRatio + duplicateRatio
    const lateMs = isLate ? Math.round(new Randomness(seed).logNormal(lateMsMean, lateLogSd)) : 0
    this.#publishAt(record.emittedAtMs + lateMs, { identity, record })
    if (!isTwice) return
    const againMs = Math.round(new Randomness(seed).exponential(duplicateDelayMsMean))
    this.#publishAt(record.emittedAtMs + againMs, { identity, record })
  }

  /** The next record to publish. Ask `nextAtMs` first: there must be one. */
  take(): SimulatedRecord {
    const publishedAtMs = this.#pending.nextAtMs
    const { identity, record } = this.#pending.take()
    const isFirstOfIdentity = !identity.isPublished
    identity.isPublished = true
    identity.pendingCount -= 1
    const isLastOfIdentity = identity.pendingCount === 0 && !identity.isOpen
    if (isLastOfIdentity && identity.topic === 'calls') this.#addOpenCalls(identity.bornAtMs, -1)
    const callsSettledBeforeAtMs = this.#settledBefore(publishedAtMs)
    const { topic } = identity
    return { topic, record, isFirstOfIdentity, isLastOfIdentity, callsSettledBeforeAtMs } as SimulatedRecord
  }

  #publishAt(atMs: number, pending: Pending): void {
    pending.identity.pendingCount += 1
    this.#pending.put(atMs, pending)
  }

  #addOpenCalls(arrivedAtMs: number, count: number): void {
    const day = Math.floor(arrivedAtMs / DAY_MS)
    this.#openCalls.set(day, (this.#openCalls.get(day) ?? 0) + count)
  }

  /** A caller who is on the line has no record yet; nobody stays on the line for a whole day. */
  #settledBefore(publishedAtMs: number): number {
    const today = Math.floor(publishedAtMs / DAY_MS)
    while (this.#firstOpenDay < today - 1 && (this.#openCalls.get(this.#firstOpenDay) ?? 0) === 0) {
      this.#openCalls.delete(this.#firstOpenDay)
      this.#firstOpenDay += 1
    }
    return this.#firstOpenDay * DAY_MS
  }
}
