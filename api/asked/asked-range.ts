/** Reads `from` and `to` of a question into a range, or says what is wrong with them. */
import { CELL_MS } from '../../kpi/cell.ts'
import { instantOfText } from '../../kpi/instant-text.ts'
import { dayOf } from '../../kpi/local-date.ts'
import type { Range } from '../../kpi/range.ts'
import { dayStartAtMs, type Zone } from '../../kpi/zone.ts'
import { ParameterInvalidError } from '../problems/problem.ts'
import { YEAR_MAX, YEAR_MIN } from './asked-period.ts'

/** Longest range of one question, days: ten years with their leap days. */
const RANGE_DAYS_MAX = 3653
const DAY_MS = 86_400_000
/** In a query a bare + stands for a space; before an offset nothing else can have been meant. */
const PLUS_LOST = / (\d\d:\d\d)$/

/** @throws ParameterInvalidError for what is no instant, for an empty or a too long range, and for years beyond all records */
export function askedRange(zone: Zone, asked: { from: string; to: string }): Range {
  const fromAtMs = askedInstant(zone, 'from', asked.from)
  const toAtMs = askedInstant(zone, 'to', asked.to)
  if (toAtMs <= fromAtMs) {
    throw new ParameterInvalidError(
      'to',
      `to is ${asked.to}, expected an instant after from (${asked.from}); to is out`,
    )
  }
  if (toAtMs - fromAtMs > RANGE_DAYS_MAX * DAY_MS) {
    throw new ParameterInvalidError(
      'to',
      `from ${asked.from} to ${asked.to} is longer than ten years, expected a shorter range`,
      'STEADYLINE_RANGE_TOO_LONG',
    )
  }
  return { fromAtMs, toAtMs }
}

/** A range whose ends lie on quarter-hours, the smallest window that is counted. */
export function askedCells(zone: Zone, asked: { from: string; to: string }): Range {
  const range = askedRange(zone, asked)
  for (const [parameter, atMs] of [
    ['from', range.fromAtMs],
    ['to', range.toAtMs],
  ] as const) {
    if (atMs % CELL_MS === 0) continue
    throw new ParameterInvalidError(
      parameter,
      `${parameter} is ${asked[parameter]}, expected a quarter-hour such as 08:15: calls are counted by quarter-hours`,
    )
  }
  return range
}

/** @throws ParameterInvalidError for what is no instant, or none that a record may have */
export function askedInstant(zone: Zone, parameter: string, text: string): number {
  const atMs = instantOfText(zone, text.replace(PLUS_LOST, '+$1'))
  if (atMs === null) {
    throw new ParameterInvalidError(
      parameter,
      `${parameter} is ${JSON.stringify(text)}, expected a date (2023-03-10), a local time (2023-03-10T08:30) or one with its offset (2023-03-10T08:30:00+08:00)`,
    )
  }
  const isInRange =
    atMs >= dayStartAtMs(zone, dayOf(YEAR_MIN, 1, 1)) && atMs <= dayStartAtMs(zone, dayOf(YEAR_MAX + 1, 1, 1))
  if (!isInRange) {
    throw new ParameterInvalidError(
      parameter,
      `${parameter} is ${text}, expected a year from ${YEAR_MIN} to ${YEAR_MAX}`,
    )
  }
  return atMs
}
