/**
 * Calendar windows: peaks, of which each local day that its rule takes has one instance, and special periods, which
 * are one instance each. An instance is an exact union of cells.
 *
 * A window that crosses midnight belongs to the day it starts on. Its wall times become instants by the rule at the
 * head of zone.ts; an instance that falls wholly into a gap of the clock is not there that day.
 */
import { type DayRule, takesDay } from './calendar.ts'
import { CELL_MS } from './cell.ts'
import type { Holidays } from './holidays.ts'
import { instantOfText } from './instant-text.ts'
import { DAY_MS, type LocalDay, textOfDay, yearOf } from './local-date.ts'
import { overlaps, type Range } from './range.ts'
import { instantOfLocal, localDayOf, type Zone } from './zone.ts'

/** A peak 高峰 of a profile. `from` and `to` are wall times on quarter-hours, `to` out; `to` before `from` is the next day. */
export interface PeakDefinition {
  id: string
  days: DayRule
  /** `"08:30"` */
  from: string
  /** `"11:30"`, or `"24:00"` for the end of the day. */
  to: string
}

/** A special period 特殊时期 of a profile. `from` and `to` are dates, or local times as `2023-03-15T06:00`; `to` out. */
export interface SpecialDefinition {
  id: string
  from: string
  to: string
}

export interface WindowDefinitions {
  peaks: readonly PeakDefinition[]
  special?: readonly SpecialDefinition[] | undefined
}

export type WindowKind = 'peak' | 'special'

/** One window on one day, half-open: `startAtMs` is inside, `endAtMs` is not. */
export interface WindowInstance {
  /** Period and day, `weekday-morning@2023-03-10`: the same in every answer, cut or whole. */
  id: string
  /** Id of the definition. */
  period: string
  kind: WindowKind
  /** Local day it starts on, `2023-03-10`. */
  date: string
  startAtMs: number
  endAtMs: number
}

export interface WindowInstances {
  /** By start; of equal starts in the order of the profile. */
  instances: WindowInstance[]
  /** Years without a published notice whose workday and offday windows are therefore missing. */
  unknownYears: number[]
}

const MINUTE_MS = 60_000

/**
 * The instances in a range, each cut to the part inside it: a year takes only its own part of the peak that
 * crosses its New Year.
 */
export function instancesIn(
  definitions: WindowDefinitions,
  holidays: Holidays,
  zone: Zone,
  range: Range,
): WindowInstances {
  const { instances, unknownYears } = wholeInstancesIn(definitions, holidays, zone, range)
  for (const instance of instances) {
    instance.startAtMs = Math.max(instance.startAtMs, range.fromAtMs)
    instance.endAtMs = Math.min(instance.endAtMs, range.toAtMs)
  }
  return { instances: inOrder(instances), unknownYears }
}

/** The instances that share at least a moment with a range, whole. */
export function wholeInstancesIn(
  definitions: WindowDefinitions,
  holidays: Holidays,
  zone: Zone,
  range: Range,
): WindowInstances {
  if (range.toAtMs <= range.fromAtMs) return { instances: [], unknownYears: [] }
  const instances: WindowInstance[] = []
  const unknownYears = new Set<number>()
  const firstDay = localDayOf(zone, range.fromAtMs) - 1
  const lastDay = localDayOf(zone, range.toAtMs - 1)
  for (let day = firstDay; day <= lastDay; day += 1) {
    const date = textOfDay(day)
    for (const peak of definitions.peaks) {
      const startAtMs = wallInstant(zone, day, minutesOf(peak.from))
      const endAtMs = wallInstant(zone, day, endMinutesOf(peak))
      if (startAtMs >= endAtMs || !overlaps({ fromAtMs: startAtMs, toAtMs: endAtMs }, range)) continue
      const taken = takesDay(peak.days, holidays, day)
      if (taken === 'unknown') unknownYears.add(yearOf(day))
      if (taken !== true) continue
      instances.push({ id: `${peak.id}@${date}`, period: peak.id, kind: 'peak', date, startAtMs, endAtMs })
    }
  }
  for (const special of definitions.special ?? []) {
    const startAtMs = onCell(instantOfText(zone, special.from)!)
    const endAtMs = onCell(instantOfText(zone, special.to)!)
    if (!overlaps({ fromAtMs: startAtMs, toAtMs: endAtMs }, range)) continue
    const date = textOfDay(localDayOf(zone, startAtMs))
    instances.push({ id: `${special.id}@${date}`, period: special.id, kind: 'special', date, startAtMs, endAtMs })
  }
  return { instances: inOrder(instances), unknownYears: [...unknownYears].sort((one, other) => one - other) }
}

/** Minutes from midnight of a wall time such as `08:30` or `24:00`; NaN for anything else. */
export function minutesOf(wallTime: string): number {
  const found = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(wallTime)
  if (found === null) return Number.NaN
  const minutes = Number(found[1]) * 60 + Number(found[2])
  return minutes > 24 * 60 ? Number.NaN : minutes
}

/** Minutes from the midnight before its start to a peak's end: more than 1,440 when it crosses midnight. */
function endMinutesOf(peak: PeakDefinition): number {
  const from = minutesOf(peak.from)
  const to = minutesOf(peak.to)
  return to > from ? to : to + 24 * 60
}

function wallInstant(zone: Zone, day: LocalDay, minutes: number): number {
  return onCell(instantOfLocal(zone, day * DAY_MS + minutes * MINUTE_MS))
}

/** Only a boundary in a gap that does not end on a quarter-hour (St. John's until 2011) moves here, back to its cell's start. */
function onCell(instantAtMs: number): number {
  return Math.floor(instantAtMs / CELL_MS) * CELL_MS
}

/** Sorting keeps the profile's order among equal starts: peaks first, as they were pushed. */
function inOrder(instances: WindowInstance[]): WindowInstance[] {
  return instances.sort((one, other) => one.startAtMs - other.startAtMs)
}
