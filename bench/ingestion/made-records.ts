/**
 * The records of the ingestion bench, and what must come out of them.
 *
 * Calls are spread evenly over 2023. Every fifth has a second revision, emitted a day later, and one record in fifty is
 * there twice. A record is a function of its number, so that no record is kept and both orders hold the same ones.
 */
import { type Call, isAnswered, isOffered } from '../../kpi/call.ts'
import { cellOf } from '../../kpi/cell.ts'
import type { Definitions } from '../../kpi/definitions.ts'

const FROM_AT_MS = Date.UTC(2023, 0, 1)
const YEAR_MS = 365 * 86_400_000
const AMENDED_ONE_IN = 5
const TWICE_ONE_IN = 50
const REGIONS = ['211102', '211103', '211104', '211122', '']
const MULTIPLIER = 0x9e3779b1

export type RecordOrder = 'in order' | 'shuffled'

/** Record numbers in the order in which they are published: twice the number of the call, and one more for its second revision. */
export function publishedOrder(callCount: number, order: RecordOrder): Uint32Array {
  const numbers: number[] = []
  const lag = Math.ceil(callCount / 365)
  const add = (number: number): void => {
    numbers.push(number)
    if (numbers.length % (TWICE_ONE_IN + 1) === TWICE_ONE_IN) numbers.push(number)
  }
  for (let step = 0; step < callCount + lag; step += 1) {
    if (step < callCount) add(step * 2)
    const amended = step - lag
    if (amended >= 0 && isAmended(amended)) add(amended * 2 + 1)
  }
  const published = Uint32Array.from(numbers)
  if (order === 'shuffled') shuffle(published)
  return published
}

/** The call of a record number. */
export function madeCall(number: number, callCount: number): Call {
  const place = number >>> 1
  const isSecond = (number & 1) === 1
  const chance = mixed(place)
  const arrivedAtMs = FROM_AT_MS + Math.floor(((place + 0.5) / callCount) * YEAR_MS)
  const direction = chance % 20 === 0 ? 'OUTBOUND' : 'INBOUND'
  const queuedAtMs = direction === 'OUTBOUND' || chance % 7 === 0 ? null : arrivedAtMs + 12_000
  const isTaken = direction === 'OUTBOUND' || (queuedAtMs !== null && chance % 33 !== 0)
  const answeredAtMs = isTaken ? (queuedAtMs ?? arrivedAtMs) + (chance % 60_000) : null
  const endedAtMs = (answeredAtMs ?? queuedAtMs ?? arrivedAtMs) + 5_000 + ((chance >>> 8) % 400_000)
  const isVoid = isSecond && chance % 11 === 0
  return {
    callId: `sim-${place.toString(16).padStart(8, '0')}`,
    revision: isSecond ? 2 : 1,
    arrivedAtMs,
    line: chance % 4 === 0 ? '12315' : '12345',
    region: REGIONS[chance % REGIONS.length]!,
    direction,
    caller: `p-${(mixed(chance) % 1_000_000).toString(36)}`,
    queuedAtMs,
    answeredAtMs,
    endedAtMs,
    agent: answeredAtMs === null ? null : `seat-${chance % 52}`,
    outcome: isVoid
      ? 'VOID'
      : answeredAtMs !== null
        ? 'ANSWERED'
        : queuedAtMs === null
          ? 'IVR_COMPLETED'
          : 'WAITING_ABANDONED',
    rating: isSecond && answeredAtMs !== null ? 3 + (chance % 3) : null,
    emittedAtMs: endedAtMs + (isSecond ? 86_400_000 : 0),
  }
}

export interface CountedCell {
  cellAtMs: number
  /** Distinct facts. */
  evidence: number
  offered: number
  answered: number
}

/** Every cell as it must be counted, in order of time. */
export function truth(callCount: number, definitions: Definitions): CountedCell[] {
  const cells = new Map<number, CountedCell>()
  for (let place = 0; place < callCount; place += 1) {
    const winner = madeCall(place * 2 + (isAmended(place) ? 1 : 0), callCount)
    const cellAtMs = cellOf(winner.arrivedAtMs)
    const cell = cells.get(cellAtMs) ?? { cellAtMs, evidence: 0, offered: 0, answered: 0 }
    cells.set(cellAtMs, cell)
    cell.evidence += winner.revision
    if (!isOffered(winner, definitions)) continue
    cell.offered += 1
    if (isAnswered(winner)) cell.answered += 1
  }
  return [...cells.values()].sort((one, other) => one.cellAtMs - other.cellAtMs)
}

function isAmended(place: number): boolean {
  return place % AMENDED_ONE_IN === 0
}

function mixed(number: number): number {
  let bits = Math.imul(number + 1, MULTIPLIER)
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b)
  return (bits ^ (bits >>> 13)) >>> 0
}

/** Fisher and Yates, the same at every run. */
function shuffle(numbers: Uint32Array): void {
  for (let last = numbers.length - 1; last > 0; last -= 1) {
    const place = mixed(last) % (last + 1)
    const number = numbers[place]!
    numbers[place] = numbers[last]!
    numbers[last] = number
  }
}
