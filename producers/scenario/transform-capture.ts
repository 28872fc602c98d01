/**
 * Makes a capture of what would have happened: shifted, scaled, cut. Streams twice through the source.
 *
 * The first pass learns which line, region and caller speak for each call, and which days there are. The second makes
 * each record anew, zero or more times. A record keeps its place in the stream: who came late comes as late as before.
 */
import { join } from 'node:path'
import type { Call } from '../../kpi/call.ts'
import type { Holidays } from '../../kpi/holidays.ts'
import { DAY_MS, dayOf, type LocalDay } from '../../kpi/local-date.ts'
import { type ShiftedDays, shiftedDays } from '../../kpi/shifted-days.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import { localDayOf, type Zone } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import { AvroEncoder } from '../avro-encoder.ts'
import { readRecords } from '../capture/decoded-records.ts'
import { CaptureFolder } from '../capture-folder.ts'
import { EmissionSpool } from '../emission-spool.ts'
import { type DayMoves, dayMoves, NO_MOVES } from './day-moves.ts'
import { type Hash64, hash64 } from './hash-64.ts'
import { movedCall, movedTicket } from './moved-record.ts'
import { NewNames } from './new-names.ts'
import { type IndexedRecord, RecordIndex } from './record-index.ts'
import { contactSeedOf, copiesCountOf, copyAsideMs } from './resampling.ts'
import { factorOf, type Transformation } from './transformation.ts'

export interface TransformCaptureOptions {
  transformation: Transformation
  zone: Zone
  holidays: Holidays
  /** Folder of the source. */
  from: string
  /** Folder to write; made if it is not there. */
  into: string
  onProgress?: (readCount: number) => void
}

export interface TransformedCapture {
  callsCount: number
  ticketsCount: number
  /** Records of the source that no processor would count, and that are therefore not in it. */
  passedOverCount: number
  /** Records on days that the shifted period has no room for. */
  leftOutCount: number
  /** Null where nothing was shifted. */
  shiftedDays: ShiftedDays | null
}

/** No instant of a record may lie in this year or later. */
const END_DAY = dayOf(2100, 1, 1)

export async function transformCapture(options: TransformCaptureOptions): Promise<TransformedCapture> {
  const { transformation, zone, from, into, onProgress } = options
  const source = await indexOf(from, zone)
  const shifted = shiftedOf(source, options)
  const capture = await CaptureFolder.create(into, transformation.seed)
  const spool = await EmissionSpool.create(join(into, '.emissions'))
  let isComplete = false
  try {
    const moves = shifted === null ? NO_MOVES : dayMoves(zone, shifted)
    const maker = new RecordMaker(source.index, transformation, zone, moves, spool)
    const { passedOverCount } = await readRecords(from, maker, onProgress)
    await spool.drain((kind, body) => capture.append(kind, body))
    isComplete = true
    const { callsCount, ticketsCount, leftOutCount } = maker
    return { callsCount, ticketsCount, passedOverCount, leftOutCount, shiftedDays: shifted }
  } finally {
    await spool.close()
    await capture.close(isComplete)
  }
}

interface Source {
  index: RecordIndex
  /** Local days on which something began: `fromDay` is in, `toDay` is out. */
  fromDay: LocalDay
  toDay: LocalDay
}

async function indexOf(folder: string, zone: Zone): Promise<Source> {
  const index = new RecordIndex()
  let [firstAtMs, lastAtMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const put = (id: Hash64, revision: number, emittedAtMs: number, record: IndexedRecord) => {
    firstAtMs = Math.min(firstAtMs, record.bornAtMs)
    lastAtMs = Math.max(lastAtMs, record.bornAtMs)
    index.put(id, revision, emittedAtMs, record)
  }
  await readRecords(folder, {
    takeCall: ({ callId, revision, emittedAtMs, arrivedAtMs, line, region, caller }) => {
      const callerHash = caller === '' ? null : hash64(caller)
      put(callKey(callId), revision, emittedAtMs, { bornAtMs: arrivedAtMs, line, region, caller: callerHash })
    },
    takeTicket: ({ ticketId, revision, emittedAtMs, acceptedAtMs, callId, line, region }) => {
      if (callId !== null && index.has(callKey(callId))) return // it follows its call
      put(ticketKey(ticketId), revision, emittedAtMs, { bornAtMs: acceptedAtMs, line, region, caller: null })
    },
  })
  if (firstAtMs > lastAtMs) return { index, fromDay: 0, toDay: 0 }
  return { index, fromDay: localDayOf(zone, firstAtMs), toDay: localDayOf(zone, lastAtMs) + 1 }
}

function shiftedOf({ fromDay, toDay }: Source, options: TransformCaptureOptions): ShiftedDays | null {
  const { shift } = options.transformation
  if (shift === null) return null
  const shifted = shiftedDays(fromDay, toDay, shift, options.holidays)
  const days = [...shifted.targets.values()]
  if (days.some((day) => day >= END_DAY || day * DAY_MS < Date.UTC(1990, 0, 2))) {
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      '--shift moves records out of the years 1990 to 2099, which are those that are counted. Shift by less.',
    )
  }
  return shifted
}

/** Calls and tickets may bear the same id. */
const callKey = (id: string) => hash64(id, 1)
const ticketKey = (id: string) => hash64(id, 2)

class RecordMaker {
  callsCount = 0
  ticketsCount = 0
  leftOutCount = 0
  readonly #index: RecordIndex
  readonly #transformation: Transformation
  readonly #zone: Zone
  readonly #moves: DayMoves
  readonly #spool: EmissionSpool
  readonly #names: NewNames
  readonly #encoder = new AvroEncoder()
  /** Greatest `emitted_at` so far: when a record was published, as its file tells. */
  #callsPublishedAtMs = 0
  #ticketsPublishedAtMs = 0

  constructor(index: RecordIndex, transformation: Transformation, zone: Zone, moves: DayMoves, spool: EmissionSpool) {
    this.#index = index
    this.#transformation = transformation
    this.#zone = zone
    this.#moves = moves
    this.#spool = spool
    this.#names = new NewNames(transformation)
  }

  takeCall(call: Call): void {
    this.#callsPublishedAtMs = Math.max(this.#callsPublishedAtMs, call.emittedAtMs)
    const lateMs = this.#callsPublishedAtMs - call.emittedAtMs
    const key = callKey(call.callId)
    this.#make(key, this.#index.get(key)!, (moveMs, copyNumber) => {
      const callId = this.#names.idOf(call.callId, copyNumber)
      const made = movedCall(call, moveMs, { callId, caller: this.#names.callerOf(call.caller, copyNumber) })
      const body = this.#encoder.encodeCall(made).subarray(WIRE_HEADER_BYTES)
      this.#spool.add('calls', made.emittedAtMs + lateMs, body)
      this.callsCount += 1
    })
  }

  takeTicket(ticket: Ticket): void {
    this.#ticketsPublishedAtMs = Math.max(this.#ticketsPublishedAtMs, ticket.emittedAtMs)
    const lateMs = this.#ticketsPublishedAtMs - ticket.emittedAtMs
    const ofCall = ticket.callId === null ? null : this.#index.get(callKey(ticket.callId))
    const own = ticketKey(ticket.ticketId)
    const key = ofCall === null ? own : callKey(ticket.callId!)
    this.#make(key, ofCall ?? this.#index.get(own)!, (moveMs, copyNumber) => {
      const callId = ticket.callId === null ? null : this.#names.idOf(ticket.callId, copyNumber)
      const made = movedTicket(ticket, moveMs, { ticketId: this.#names.idOf(ticket.ticketId, copyNumber), callId })
      const body = this.#encoder.encodeTicket(made).subarray(WIRE_HEADER_BYTES)
      this.#spool.add('tickets', made.emittedAtMs + lateMs, body)
      this.ticketsCount += 1
    })
  }

  /** Makes a record as often as its contact comes. */
  #make(key: Hash64, record: IndexedRecord, make: (moveMs: number, copyNumber: number) => void): void {
    const { lines, regions, seed } = this.#transformation
    if (lines?.has(record.line) === false || regions?.has(record.region) === false) return
    const dayMoveMs = this.#moves.moveMsOf(record.bornAtMs)
    if (dayMoveMs === null) {
      this.leftOutCount += 1
      return
    }
    const contact = contactSeedOf(this.#zone, seed, record.caller ?? key, record.bornAtMs)
    const copiesCount = copiesCountOf(contact, factorOf(this.#transformation, record.line))
    for (let copyNumber = 0; copyNumber < copiesCount; copyNumber += 1) {
      make(dayMoveMs + copyAsideMs(this.#zone, contact, copyNumber, record.bornAtMs), copyNumber)
    }
  }
}
