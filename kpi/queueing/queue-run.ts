/**
 * One run of a queue over a period: callers, seats on duty and outbound calls in, how every call ended out.
 *
 * Time jumps from one happening to the next, through nights and shift changes, so the backlog of one hour is there in
 * the next. First tries, duties and outbound calls are three rising columns; only what comes of them waits in a heap.
 */
import { type CallerTraits, patienceOf } from './caller-traits.ts'
import { Chance } from './chance.ts'
import { drawn } from './draws.ts'
import { type Duty, dutyEdges } from './duties.ts'
import { EventHeap } from './event-heap.ts'
import { CALLER_KINDS, type QueueLoad } from './queue-load.ts'
import { HAPPENING, type QueueOutcome, Switchboard, type SwitchboardRules } from './switchboard.ts'

export type RunOutcome = QueueOutcome | 'SYSTEM_FAILED'

/** Told how every call ended, as it ended; -1 stands for what never was. `source` is the place of the first try. */
export interface QueueSink {
  ended(
    source: number,
    tryNumber: number,
    kind: number,
    arrivedAtMs: number,
    queuedAtMs: number,
    outcome: RunOutcome,
    answeredAtMs: number,
    endedAtMs: number,
    seat: number,
  ): void
  dialled(outbound: number, atMs: number, seat: number): void
}

export interface QueueQuestion {
  load: QueueLoad
  duties: readonly Duty[]
  rules: Pick<SwitchboardRules, 'queueLengthMax' | 'flowOutAfterMs' | 'idleSeatsMin'>
  traits: CallerTraits
  /** Nobody calls again from here on. */
  toAtMs: number
  seed: number
}

export interface QueueTotals {
  /** Time that callers stood in the queue, all together: integral of the queue's length, ms. */
  queueLengthMs: number
  /** Happenings of all kinds. */
  happeningsCount: number
}

const REDIAL_JOINS = 4
const KIND_BITS = 3
const FAILED = CALLER_KINDS.indexOf('failed')
const UNCOUNTED = CALLER_KINDS.indexOf('uncounted')
const FAILED_AFTER_MS = 2_000
/** Keeps the draws of redials apart from all others of a seed. */
const OF_REDIALS = 77
const NEVER = -1

export function runQueue(question: QueueQuestion, sink: QueueSink): QueueTotals {
  return new QueueRun(question, sink).run()
}

class QueueRun {
  readonly #question: QueueQuestion
  readonly #sink: QueueSink
  readonly #heap = new EventHeap()
  readonly #switchboard: Switchboard
  readonly #chance = new Chance()
  // By the caller's number.
  readonly #sources: number[] = []
  readonly #tries: number[] = []
  readonly #kinds: number[] = []
  readonly #arrivalsAtMs: number[] = []
  // By the redial's number, used again once it has joined.
  readonly #redialSources: number[] = []
  readonly #redialTries: number[] = []
  readonly #redialArrivalsAtMs: number[] = []
  readonly #freeRedials: number[] = []

  constructor(question: QueueQuestion, sink: QueueSink) {
    this.#question = question
    this.#sink = sink
    const seatsCount = 1 + question.duties.reduce((max, { seat }) => Math.max(max, seat), -1)
    const { queueLengthMax, flowOutAfterMs, idleSeatsMin } = question.rules
    const rules = { queueLengthMax, flowOutAfterMs, idleSeatsMin, mayCallOut: () => true }
    this.#switchboard = new Switchboard(seatsCount, rules, {
      plan: (atMs, happening, subject) => this.#heap.put(atMs, (subject << KIND_BITS) | happening),
      ended: (caller, outcome, answeredAtMs, endedAtMs, seat) =>
        this.#ended(
          this.#sources[caller]!,
          this.#tries[caller]!,
          this.#kinds[caller]!,
          this.#arrivalsAtMs[caller]!,
          this.#switchboard.callers.queuedAtMs[caller]!,
          outcome,
          answeredAtMs,
          endedAtMs,
          seat,
        ),
      dialled: (outbound, atMs, seat) => sink.dialled(outbound, atMs, seat),
    })
  }

  run(): QueueTotals {
    const { joinsAtMs, outboundAtMs, outboundBusyMs } = this.#question.load
    const edges = dutyEdges(this.#question.duties)
    const heap = this.#heap
    const switchboard = this.#switchboard
    let edge = 0
    let source = 0
    let outbound = 0
    let nowMs = 0
    let queueLengthMs = 0
    let happeningsCount = 0
    for (; ; happeningsCount += 1) {
      const edgeAtMs = edge < edges.atMs.length ? edges.atMs[edge]! : Number.POSITIVE_INFINITY
      const joinAtMs = source < joinsAtMs.length ? joinsAtMs[source]! : Number.POSITIVE_INFINITY
      const dialAtMs = outbound < outboundAtMs.length ? outboundAtMs[outbound]! : Number.POSITIVE_INFINITY
      const heapAtMs = heap.nextAtMs
      const nextAtMs = Math.min(edgeAtMs, joinAtMs, dialAtMs, heapAtMs)
      if (nextAtMs === Number.POSITIVE_INFINITY) break
      queueLengthMs += switchboard.waitingCount * (nextAtMs - nowMs)
      nowMs = nextAtMs
      if (edgeAtMs === nextAtMs) {
        const happening = edges.begins[edge] === 1 ? HAPPENING.dutyBegins : HAPPENING.dutyEnds
        switchboard.happen(happening, edges.seats[edge]!, nextAtMs)
        edge += 1
      } else if (heapAtMs === nextAtMs) {
        const code = heap.take()
        const happening = code & ((1 << KIND_BITS) - 1)
        if (happening === REDIAL_JOINS) this.#redialJoins(code >> KIND_BITS, nextAtMs)
        else switchboard.happen(happening as (typeof HAPPENING)['seatFreed'], code >> KIND_BITS, nextAtMs)
      } else if (joinAtMs === nextAtMs) {
        this.#firstTryJoins(source, nextAtMs)
        source += 1
      } else {
        switchboard.request(outbound, outboundBusyMs[outbound]!, nextAtMs)
        outbound += 1
      }
    }
    return { queueLengthMs, happeningsCount }
  }

  #firstTryJoins(source: number, atMs: number): void {
    const { arrivedAtMs, patienceMs, ringMs, talkMs, wrapUpMs, kinds } = this.#question.load
    if (kinds[source] === FAILED) {
      const endedAtMs = atMs + FAILED_AFTER_MS
      this.#ended(source, 1, FAILED, arrivedAtMs[source]!, atMs, 'SYSTEM_FAILED', NEVER, endedAtMs, NEVER)
      return
    }
    const { callers } = this.#switchboard
    const caller = callers.take(patienceMs[source]!, ringMs[source]!, talkMs[source]!, wrapUpMs[source]!)
    this.#join(caller, source, 1, kinds[source]!, arrivedAtMs[source]!, atMs)
  }

  #redialJoins(redial: number, atMs: number): void {
    const { traits } = this.#question
    const source = this.#redialSources[redial]!
    const tryNumber = this.#redialTries[redial]!
    const arrivedAtMs = this.#redialArrivalsAtMs[redial]!
    this.#freeRedials.push(redial)
    const chance = this.#chanceOf(source, tryNumber)
    const caller = this.#switchboard.callers.take(
      patienceOf(traits, chance),
      drawn(traits.ring, chance),
      drawn(traits.talk, chance),
      drawn(traits.wrapUp, chance),
    )
    this.#join(caller, source, tryNumber, 0, arrivedAtMs, atMs)
  }

  #join(caller: number, source: number, tryNumber: number, kind: number, arrivedAtMs: number, atMs: number): void {
    this.#sources[caller] = source
    this.#tries[caller] = tryNumber
    this.#kinds[caller] = kind
    this.#arrivalsAtMs[caller] = arrivedAtMs
    this.#switchboard.join(caller, atMs)
  }

  #ended(
    source: number,
    tryNumber: number,
    kind: number,
    arrivedAtMs: number,
    queuedAtMs: number,
    outcome: RunOutcome,
    answeredAtMs: number,
    endedAtMs: number,
    seat: number,
  ): void {
    this.#sink.ended(source, tryNumber, kind, arrivedAtMs, queuedAtMs, outcome, answeredAtMs, endedAtMs, seat)
    if (answeredAtMs < 0 && kind !== UNCOUNTED) this.#mayRedial(source, tryNumber, endedAtMs)
  }

  /** What a redial is like follows from the first try alone: another roster meets the same callers. */
  #mayRedial(source: number, tryNumber: number, endedAtMs: number): void {
    const { traits, toAtMs } = this.#question
    if (tryNumber >= traits.triesMax || traits.redialRatio === 0) return
    const chance = this.#chanceOf(source, -tryNumber)
    if (chance.uniform() >= traits.redialRatio) return
    const arrivedAtMs = endedAtMs + drawn(traits.redialDelay, chance)
    if (arrivedAtMs >= toAtMs) return
    const redial = this.#freeRedials.pop() ?? this.#redialSources.length
    this.#redialSources[redial] = source
    this.#redialTries[redial] = tryNumber + 1
    this.#redialArrivalsAtMs[redial] = arrivedAtMs
    this.#heap.put(arrivedAtMs + drawn(traits.menu, chance), (redial << KIND_BITS) | REDIAL_JOINS)
  }

  #chanceOf(source: number, tryNumber: number): Chance {
    this.#chance.begin(this.#question.seed, source, tryNumber, OF_REDIALS)
    return this.#chance
  }
}
