/**
 * A time zone as a table of its own changes of offset, found once by bisecting `Intl`; afterwards an instant costs a
 * binary search, some hundred times less than asking `Intl`.
 *
 * A local time is written as milliseconds too: the wall clock's reading as if it were UTC. Two directions:
 *
 *     instant -> local   always exactly one answer.
 *     local -> instant   the first instant at which the wall clock shows that time or a later one. So of a time shown
 *                        twice (a fold, clocks set back) it is the earlier instant, and a time never shown (a gap,
 *                        clocks set forward) moves forward to the gap's end. This never falls as the local time
 *                        rises: a window cannot end before it starts.
 *
 * The host's own zone plays no part. The table covers 1980 to 2101, more than the instants a record may carry
 * (1990 to 2100); beyond it the nearest offset holds.
 */
import { CELL_MS } from './cell.ts'
import { DAY_MS, type LocalDay } from './local-date.ts'
import type { Range } from './range.ts'

export interface Zone {
  /** IANA name, e.g. `Asia/Shanghai`. */
  readonly name: string
  /** Instants at which another offset begins, rising. */
  readonly changesAtMs: Float64Array
  /** Local minus UTC, ms; one more than changes: the first holds before the first change. */
  readonly offsetsMs: Float64Array
}

const TABLE_FROM_AT_MS = Date.UTC(1980, 0, 1)
const TABLE_TO_AT_MS = Date.UTC(2101, 0, 1)
/** Two changes that cancel out within one step would not be seen; the shortest such pair since 1980 is four weeks. */
const STEP_MS = 7 * DAY_MS
/** No offset is further from UTC than this. */
const OFFSET_MS_MAX = 26 * 3_600_000

const known = new Map<string, Zone>()

/**
 * The table of a zone; found at the first call for a name, then kept.
 *
 * @throws RangeError for a name that `Intl` does not know, and for an offset that is no multiple of a quarter-hour:
 *   cells would not add up to its hours. Ask `zoneProblem` first where the name comes from outside.
 */
export function zoneOf(name: string): Zone {
  const found = known.get(name)
  if (found !== undefined) return found
  const zone = bisect(name)
  known.set(name, zone)
  return zone
}

/** What is wrong with a zone's name, as a sentence, or `null` if it can be used. */
export function zoneProblem(name: string): string | null {
  try {
    zoneOf(name)
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

/** Local minus UTC at an instant, ms. */
export function offsetMsAt(zone: Zone, instantAtMs: number): number {
  return zone.offsetsMs[changesUntil(zone, instantAtMs)]!
}

/** What the wall clock shows at an instant, as if it were UTC, ms. */
export function localMsOf(zone: Zone, instantAtMs: number): number {
  return instantAtMs + offsetMsAt(zone, instantAtMs)
}

/** The first instant at which the wall clock shows this time or a later one (see the head of this file). */
export function instantOfLocal(zone: Zone, localMs: number): number {
  const { changesAtMs, offsetsMs } = zone
  let stretch = changesUntil(zone, localMs - OFFSET_MS_MAX)
  while (stretch < changesAtMs.length && localMs - offsetsMs[stretch]! >= changesAtMs[stretch]!) stretch += 1
  const instantAtMs = localMs - offsetsMs[stretch]!
  return stretch === 0 ? instantAtMs : Math.max(instantAtMs, changesAtMs[stretch - 1]!)
}

/** The first change of offset after an instant; Infinity where there is none. */
export function changeAfterMs(zone: Zone, instantAtMs: number): number {
  return zone.changesAtMs[changesUntil(zone, instantAtMs)] ?? Number.POSITIVE_INFINITY
}

/**
 * The local day that holds an instant: the one whose `dayRange` does. Where clocks are set back just after midnight
 * (St. John's until 2011, 00:01 to 23:01), the evening shown again belongs to the day that has already begun.
 */
export function localDayOf(zone: Zone, instantAtMs: number): LocalDay {
  const day = Math.floor(localMsOf(zone, instantAtMs) / DAY_MS)
  return instantAtMs >= dayStartAtMs(zone, day + 1) ? day + 1 : day
}

/** First instant of a local day; that of a day the zone left out (Samoa, 2011-12-30) is the next day's. */
export function dayStartAtMs(zone: Zone, day: LocalDay): number {
  return instantOfLocal(zone, day * DAY_MS)
}

/** The instants of a local day: 23, 24 or 25 hours as a rule, none for a day the zone left out. */
export function dayRange(zone: Zone, day: LocalDay): Range {
  return { fromAtMs: dayStartAtMs(zone, day), toAtMs: dayStartAtMs(zone, day + 1) }
}

/** Number of changes at or before an instant, which is also the index of the offset in force. */
function changesUntil(zone: Zone, instantAtMs: number): number {
  const { changesAtMs } = zone
  let low = 0
  let high = changesAtMs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (changesAtMs[middle]! <= instantAtMs) low = middle + 1
    else high = middle
  }
  return low
}

function bisect(name: string): Zone {
  const offsetAt = intlOffset(name)
  const changesAtMs: number[] = []
  let offsetMs = offsetAt(TABLE_FROM_AT_MS)
  const offsetsMs = [offsetMs]
  for (let atMs = TABLE_FROM_AT_MS; atMs < TABLE_TO_AT_MS; atMs += STEP_MS) {
    const afterStepMs = offsetAt(atMs + STEP_MS)
    if (afterStepMs === offsetMs) continue
    let beforeAtMs = atMs
    let afterAtMs = atMs + STEP_MS
    while (afterAtMs - beforeAtMs > 1000) {
      const middleAtMs = beforeAtMs + Math.floor((afterAtMs - beforeAtMs) / 2000) * 1000
      if (offsetAt(middleAtMs) === offsetMs) beforeAtMs = middleAtMs
      else afterAtMs = middleAtMs
    }
    offsetMs = offsetAt(afterAtMs)
    changesAtMs.push(afterAtMs)
    offsetsMs.push(offsetMs)
    // A second change within the same step is found by looking at the rest of it again.
    if (offsetMs !== afterStepMs) atMs = afterAtMs - STEP_MS
  }
  const crooked = offsetsMs.find((candidateMs) => candidateMs % CELL_MS !== 0)
  if (crooked !== undefined) {
    throw new RangeError(`${name} has an offset of ${crooked / 60_000} min, expected multiples of 15 min only`)
  }
  return { name, changesAtMs: Float64Array.from(changesAtMs), offsetsMs: Float64Array.from(offsetsMs) }
}

/** The offset at an instant of whole seconds as `Intl` tells it. */
function intlOffset(name: string): (instantAtMs: number) => number {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (instantAtMs) => {
    // 01/21/2023, 08:30:00
    const [month, dayOfMonth, year, hour, minute, second] = clock.format(instantAtMs).match(/\d+/g)!.map(Number)
    return Date.UTC(year!, month! - 1, dayOfMonth!, hour!, minute!, second!) - instantAtMs
  }
}
