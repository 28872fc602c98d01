/**
 * Asterisk's queue_log as calls: `time|callid|queue|agent|event|…`, several lines a call.
 *
 *     DID            the number that was dialled
 *     ENTERQUEUE     the caller asked for a person; with the caller's number
 *     CONNECT        a person answered
 *     COMPLETE…      the talk ended (TRANSFER… too: it ended for this person)
 *     ABANDON        the caller hung up while waiting
 *     EXIT…, FULL    the caller left the queue, or was not let in
 *
 * A caller who leaves one queue for another is one call: the first queueing, the first answer, the last end. So a call
 * is kept for a while after its end. Memory holds the calls under way, not the file.
 */
import type { Call, CallOutcome } from '../../kpi/call.ts'
import type { QueueLogCalls } from './map-schema.ts'
import type { Mapped, Place } from './place.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { Regions } from './regions.ts'
import { shownWord } from './shown-cell.ts'

/** A caller who comes back into a queue this long after leaving one is the same call still, ms of the log's own time. */
const COMES_BACK_MS_MAX = 10 * 60_000
/** A call without an event for this long has no end in the log: the exchange was started anew, ms of the log's own time. */
const SILENT_MS_MAX = 24 * 3_600_000
/** How far into the log, in lines, between two looks for calls that nobody comes back to. */
const LOOK_EVERY_LINES = 1_000

/** Events that end a wait or a talk, and what they say of a call that nobody answered. */
const ENDS: Readonly<Record<string, CallOutcome>> = {
  COMPLETEAGENT: 'ANSWERED',
  COMPLETECALLER: 'ANSWERED',
  TRANSFER: 'ANSWERED',
  BLINDTRANSFER: 'ANSWERED',
  ATTENDEDTRANSFER: 'ANSWERED',
  ABANDON: 'WAITING_ABANDONED',
  EXITWITHTIMEOUT: 'FLOWED_OUT',
  EXITWITHKEY: 'FLOWED_OUT',
  EXITEMPTY: 'NO_SEAT',
  FULL: 'NO_SEAT',
  JOINEMPTY: 'NO_SEAT',
  SYSCOMPAT: 'SYSTEM_FAILED',
}
/** Events that say nothing of what became of a call. */
const SAYS_NOTHING =
  /^(?:RINGNOANSWER|RINGCANCELED|AGENTDUMP|INFO|HOLD|UNHOLD|ADDMEMBER|REMOVEMEMBER|MEMBERRINGINUSE|PAUSE|UNPAUSE|PAUSEALL|UNPAUSEALL|PENALTY|PAUSEREASON|QUEUESTART|CONFIGRELOAD|AGENTLOGIN|AGENTLOGOFF|AGENTCALLBACKLOGIN|AGENTCALLBACKLOGOFF|TRANSFERRED|UNPAUSEREASON)$/
/** Asterisk names a call after the second it came in: `1678410000.42`, with a system's name in front where it has one. */
const ARRIVED_SECOND = /^(?:.+-)?(\d{9,10})\.\d+$/

/** One line, its time already read. */
export interface QueueEvent {
  place: Place
  atMs: number
  callId: string
  queue: string
  agent: string
  event: string
  data: readonly string[]
}

interface CallUnderWay {
  place: Place
  queue: string
  number: string
  dialled: string
  queuedAtMs: number | null
  answeredAtMs: number | null
  agent: string | null
  /** Of its last event. */
  seenAtMs: number
  /** Null while the caller waits or talks. */
  ended: { atMs: number; outcome: CallOutcome } | null
}

export interface QueueLogMapping {
  source: QueueLogCalls
  regions: Regions
  pseudonyms: Pseudonyms
  revision: number
}

/** One for all files of a log that was rotated: a call may begin in one and end in the next. */
export class QueueLog {
  readonly #mapping: QueueLogMapping
  readonly #underWay = new Map<string, CallUnderWay>()
  #linesCount = 0

  constructor(mapping: QueueLogMapping) {
    this.#mapping = mapping
  }

  /** Takes the next line. @yields calls that are over, and the line itself where it cannot be understood */
  *take(event: QueueEvent): Generator<Mapped> {
    const reason = this.#note(event)
    if (reason !== null) yield { place: event.place, reason }
    this.#linesCount += 1
    if (this.#linesCount % LOOK_EVERY_LINES === 0) yield* this.#over(event.atMs)
  }

  /** After the last line. Calls that have no end yet are listed. */
  *end(): Generator<Mapped> {
    yield* this.#over(Number.POSITIVE_INFINITY)
  }

  /** @returns what is wrong with the line, or null */
  #note({ place, atMs, callId, queue, agent, event, data }: QueueEvent): string | null {
    if (event === 'DID') {
      this.#callOf(callId, place, queue, atMs).dialled = data[0] ?? ''
      return null
    }
    if (event === 'ENTERQUEUE') {
      const call = this.#callOf(callId, place, queue, atMs)
      call.queuedAtMs ??= atMs
      call.number ||= data[1] ?? ''
      call.place = call.queue === '' ? place : call.place
      call.queue ||= queue
      call.ended = null
      return null
    }
    const outcome = ENDS[event]
    if (outcome === undefined && event !== 'CONNECT') {
      return SAYS_NOTHING.test(event) ? null : `event is ${shownWord(event)}, which is not known of queue_log`
    }
    const isRefusal = event === 'FULL' || event === 'JOINEMPTY'
    const call = isRefusal ? this.#callOf(callId, place, queue, atMs) : this.#underWay.get(callId)
    if (call === undefined || (!isRefusal && call.queuedAtMs === null)) {
      return `${event} of a call that did not enter a queue before, expected its ENTERQUEUE in this file or an earlier one`
    }
    call.seenAtMs = atMs
    if (isRefusal) call.queuedAtMs ??= atMs
    if (event === 'CONNECT') {
      call.answeredAtMs ??= atMs
      call.agent ??= agent === 'NONE' ? null : agent
    } else {
      const word = this.#mapping.source.values?.outcome?.[event] ?? outcome!
      call.ended = { atMs, outcome: call.answeredAtMs === null ? word : 'ANSWERED' }
    }
    return null
  }

  #callOf(callId: string, place: Place, queue: string, atMs: number): CallUnderWay {
    const found = this.#underWay.get(callId)
    if (found !== undefined) {
      found.seenAtMs = atMs
      return found
    }
    const call: CallUnderWay = {
      place,
      queue: queue === 'NONE' ? '' : queue,
      number: '',
      dialled: '',
      queuedAtMs: null,
      answeredAtMs: null,
      agent: null,
      seenAtMs: atMs,
      ended: null,
    }
    this.#underWay.set(callId, call)
    return call
  }

  /** Calls that nothing more comes of. One whose number was dialled and who never queued is no call of a queue. */
  *#over(nowAtMs: number): Generator<Mapped> {
    for (const [callId, call] of this.#underWay) {
      const silentMs = nowAtMs - call.seenAtMs
      if (silentMs <= (call.ended === null ? SILENT_MS_MAX : COMES_BACK_MS_MAX)) continue
      this.#underWay.delete(callId)
      const { place, ended } = call
      if (ended !== null) yield { place, imported: { kind: 'calls', record: this.#record(callId, call, ended) } }
      else if (call.queuedAtMs !== null) yield { place, reason: 'the call that begins here has no end in the log' }
    }
  }

  #record(callId: string, call: CallUnderWay, ended: { atMs: number; outcome: CallOutcome }): Call {
    const { source, regions, pseudonyms, revision } = this.#mapping
    const queuedAtMs = call.queuedAtMs!
    const region = source.fixed?.region ?? ''
    const second = ARRIVED_SECOND.exec(callId)?.[1]
    return {
      callId,
      revision,
      arrivedAtMs: second === undefined ? queuedAtMs : Math.min(Number(second) * 1_000, queuedAtMs),
      line: source.lines?.[call.queue] ?? (call.dialled || (source.fixed?.line ?? call.queue)),
      region: regions.codeOf(region) ?? region, // one that the profile does not know is taken for a code
      direction: 'INBOUND',
      caller: pseudonyms.ofCaller(call.number),
      queuedAtMs,
      answeredAtMs: call.answeredAtMs,
      endedAtMs: ended.atMs,
      agent: call.agent,
      outcome: ended.outcome,
      rating: null,
      emittedAtMs: ended.atMs,
    }
  }
}
