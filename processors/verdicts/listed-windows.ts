/** Every window of a local year, of every kind, as table `windows` lists them for people's own tools. */
import { isoOf } from '../../kpi/instant-text.ts'
import { dayOf, textOfDay } from '../../kpi/local-date.ts'
import { boundariesOf, type Grain, monthNameOf, periodOf, quarterNameOf, rangeOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import { yearOfWindows } from '../../kpi/streamed-verdict.ts'
import { localDayOf } from '../../kpi/zone.ts'
import type { JudgedProfile } from './judged-profile.ts'
import type { ListedWindow } from './verdict-store.ts'

export function listedWindowsOf(profile: JudgedProfile, year: number): ListedWindow[] {
  const { zone, contractFromDay } = profile
  const yearRange = rangeOf(zone, periodOf(String(year))!)
  const quarters = [1, 2, 3, 4].map((quarter) => rangeOf(zone, periodOf(`${year}-Q${quarter}`, contractFromDay)!))
  return [
    ...yearOfWindows({ ...profile, year }).instances,
    ...pointsOf(profile, yearRange, 'hour', (atMs) => isoOf(zone, atMs)),
    ...pointsOf(profile, yearRange, 'day', (atMs) => textOfDay(localDayOf(zone, atMs))),
    ...pointsOf(profile, yearRange, 'month', (atMs) => monthNameOf(localDayOf(zone, atMs))),
    ...quarters.map((range) =>
      listed(profile, 'quarter', range, quarterNameOf(localDayOf(zone, range.fromAtMs), contractFromDay)),
    ),
    listed(profile, 'year', yearRange, textOfDay(dayOf(year, 1, 1)).slice(0, 4)),
  ]
}

function pointsOf(
  profile: JudgedProfile,
  range: Range,
  kind: Grain & ListedWindow['kind'],
  nameOf: (startAtMs: number) => string,
): ListedWindow[] {
  const boundariesAtMs = boundariesOf(profile.zone, range, kind)
  return boundariesAtMs
    .slice(0, -1)
    .map((fromAtMs, at) => listed(profile, kind, { fromAtMs, toAtMs: boundariesAtMs[at + 1]! }, nameOf(fromAtMs)))
}

function listed({ zone }: JudgedProfile, kind: ListedWindow['kind'], range: Range, id: string): ListedWindow {
  const date = textOfDay(localDayOf(zone, range.fromAtMs))
  return { kind, id, period: kind, date, startAtMs: range.fromAtMs, endAtMs: range.toAtMs }
}
