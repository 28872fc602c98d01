/** What is wrong with the windows of a profile: everything at once, each with the place in the profile. */
import { CELL_MS } from './cell.ts'
import { instantOfText } from './instant-text.ts'
import { WEEKDAYS } from './local-date.ts'
import { minutesOf, type PeakDefinition, type SpecialDefinition, type WindowDefinitions } from './windows.ts'
import { offsetMsAt, type Zone } from './zone.ts'

export interface WindowProblem {
  /** Where in the profile, e.g. `['peaks', 0, 'from']`. */
  path: (string | number)[]
  /** What it is and what was expected, as a sentence. */
  message: string
}

const ID = /^[a-z][a-z0-9-]{0,62}$/
const QUARTER_HOUR_MINUTES = 15

/** Every problem of the windows; an empty list means that `instancesIn` can be asked for any range. */
export function windowProblems(definitions: WindowDefinitions, zone: Zone): WindowProblem[] {
  return [
    ...definitions.peaks.flatMap((peak, at) => peakProblems(peak).map(placedAt('peaks', at))),
    ...(definitions.special ?? []).flatMap((special, at) =>
      specialProblems(special, zone).map(placedAt('special', at)),
    ),
    ...repeatedIds(definitions),
  ]
}

type Found = [field: string, message: string]

function peakProblems(peak: PeakDefinition): Found[] {
  const found: Found[] = [...idProblems(peak.id), ...dayProblems(peak)]
  for (const field of ['from', 'to'] as const) {
    const minutes = minutesOf(peak[field])
    if (Number.isNaN(minutes)) found.push([field, `"${peak[field]}" is no time of day, expected one like "08:30"`])
    else if (minutes % QUARTER_HOUR_MINUTES !== 0) found.push([field, notOnQuarterHour(peak[field])])
  }
  if (peak.from === '24:00') found.push(['from', 'a peak cannot start at 24:00, expected 00:00 of the next day'])
  if (minutesOf(peak.from) === minutesOf(peak.to)) {
    found.push(['to', `from and to are both ${peak.to}; a whole day is written from "00:00" to "24:00"`])
  }
  return found
}

function dayProblems({ days }: PeakDefinition): Found[] {
  if (days === 'workday' || days === 'offday' || days === 'all') return []
  const expected = `expected workday, offday, all, or a list of ${WEEKDAYS.join(', ')}`
  if (!Array.isArray(days)) return [['days', `"${days}" is no rule for days, ${expected}`]]
  if (days.length === 0) return [['days', `the list of weekdays is empty, ${expected}`]]
  const strange = days.filter((weekday) => !WEEKDAYS.includes(weekday))
  return strange.map((weekday): Found => ['days', `"${weekday}" is no weekday, ${expected}`])
}

function specialProblems(special: SpecialDefinition, zone: Zone): Found[] {
  const found: Found[] = idProblems(special.id)
  const fromAtMs = instantOfText(zone, special.from)
  const toAtMs = instantOfText(zone, special.to)
  for (const [field, atMs] of [
    ['from', fromAtMs],
    ['to', toAtMs],
  ] as const) {
    const expected = 'expected one like 2023-03-15 or 2023-03-15T06:00'
    if (atMs === null) found.push([field, `"${special[field]}" is no date or local time, ${expected}`])
    else if ((atMs + offsetMsAt(zone, atMs)) % CELL_MS !== 0) found.push([field, notOnQuarterHour(special[field])])
  }
  if (fromAtMs !== null && toAtMs !== null && toAtMs <= fromAtMs) {
    found.push(['to', `"${special.to}" is not after from "${special.from}"; to is the first moment outside`])
  }
  return found
}

function idProblems(id: string): Found[] {
  return ID.test(id)
    ? []
    : [['id', `"${id}" is no id, expected a small letter, then small letters, digits and hyphens`]]
}

function notOnQuarterHour(time: string): string {
  return `"${time}" is not on a quarter-hour; windows are made of cells of 15 min, expected :00, :15, :30 or :45`
}

function repeatedIds(definitions: WindowDefinitions): WindowProblem[] {
  const seen = new Set<string>()
  const problems: WindowProblem[] = []
  for (const list of ['peaks', 'special'] as const) {
    definitions[list]?.forEach(({ id }, at) => {
      if (seen.has(id))
        problems.push({ path: [list, at, 'id'], message: `"${id}" is used twice, ids of windows differ` })
      seen.add(id)
    })
  }
  return problems
}

function placedAt(list: string, at: number): (found: Found) => WindowProblem {
  return ([field, message]) => ({ path: [list, at, field], message })
}
