/** The connection rate by hour of the day and weekday. */
import Type, { type Static } from 'typebox'
import type { HeatMap } from '../../kpi/heat-map.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { WEEKDAYS } from '../../kpi/local-date.ts'
import type { Range } from '../../kpi/range.ts'
import { percentOf } from '../../kpi/rounding.ts'
import { statusOf } from '../../kpi/status.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { CallPart } from '../store/store-reader.ts'
import { AsOf, Count, Evidence, Instant, orNull, Ratio, Simulated, StatusShape } from './shapes.ts'

export const HEAT_DAYS = ['all', 'workday', 'offday'] as const
export type HeatDays = (typeof HEAT_DAYS)[number]

export const HeatmapAnswer = Type.Object({
  from: Instant,
  to: Instant,
  days: Type.Enum([...HEAT_DAYS]),
  daysCount: Count,
  line: orNull(Type.String()),
  region: orNull(Type.String()),
  profile: Type.String(),
  profileVersion: Type.String(),
  definitions: Type.String(),
  timeZone: Type.String(),
  status: StatusShape,
  asOf: AsOf,
  evidence: Type.Object({ calls: Evidence }),
  simulated: Simulated,
  target: Ratio,
  overall: Type.Object({
    offeredCount: Count,
    answeredCount: Count,
    ratio: Ratio,
    percent: orNull(Type.String()),
  }),
  callsMin: orNull(
    Type.Integer({
      description:
        'Calls from which on a cell has enough: 4 expected misses (ASTM E2587); null where no number would do.',
    }),
  ),
  cells: Type.Array(
    Type.Object({
      weekday: Type.Enum([...WEEKDAYS]),
      hour: Type.Integer({ minimum: 0, maximum: 23, description: 'From this whole hour to the next, out.' }),
      offeredCount: Count,
      answeredCount: Count,
      ratio: Ratio,
      percent: orNull(Type.String({ description: 'The exact quotient in percent, rounded as the profile says.' })),
      lower: Ratio,
      upper: Ratio,
      hasEnoughCalls: Type.Boolean({ description: 'false: too few calls to read anything into the rate.' }),
    }),
    { description: 'Monday to Sunday, each from hour 0 to 23: always 168.' },
  ),
})
export type HeatmapAnswer = Static<typeof HeatmapAnswer>

export interface AskedHeat {
  range: Range
  days: HeatDays
  part: CallPart
}

export function heatmapAnswerOf(
  { profile, version, definitions, zone, settleMs }: AnsweredProfile,
  { range, days, part }: AskedHeat,
  heat: HeatMap,
  watermarkAtMs: number | null,
  isSimulated: boolean,
): HeatmapAnswer {
  const percent = (numerator: number, denominator: number) => percentOf({ numerator, denominator }, profile.report)
  return {
    from: isoOf(zone, range.fromAtMs),
    to: isoOf(zone, range.toAtMs),
    days,
    daysCount: heat.daysCount,
    line: part.line,
    region: part.region,
    profile: profile.id,
    profileVersion: version,
    definitions,
    timeZone: zone.name,
    status: statusOf(range.toAtMs, watermarkAtMs, settleMs.calls),
    asOf: watermarkAtMs === null ? null : isoOf(zone, watermarkAtMs),
    evidence: { calls: heat.evidence },
    simulated: isSimulated,
    target: profile.targets.connectionRate ?? null,
    overall: { ...heat.overall, percent: percent(heat.overall.answeredCount, heat.overall.offeredCount) },
    callsMin: heat.callsMin,
    cells: heat.cells.map((cell) => ({ ...cell, percent: percent(cell.answeredCount, cell.offeredCount) })),
  }
}
