/** A plan as CSV: of a what-if the rates by peak and hour, of seats the curve, of a forecast its quarter-hours. */

import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import type { ForecastResult, PlanResult, SeatsResult, WhatIfResult } from '../api/planning/plan-result.ts'
import type { RateBeside } from '../kpi/planning/what-if.ts'
import { type CsvCell, csvText } from '../schemas/csv-text.ts'

export function planCsv(result: PlanResult, { hasByteOrderMark = false } = {}): string {
  const heading: CsvCell[][] = [
    [SIMULATED_HEADING],
    [
      'kind',
      result.kind,
      'version',
      result.version,
      'profile',
      result.profile,
      'profile_version',
      result.profileVersion,
      'seed',
      result.seed,
      'seeds',
      result.seeds,
      'from',
      result.from,
      'to',
      result.to,
    ],
  ]
  return csvText([...heading, ...rowsOf(result)], { hasByteOrderMark })
}

function rowsOf(result: PlanResult): CsvCell[][] {
  if (result.kind === 'forecast') return forecastRows(result)
  return result.kind === 'seats' ? curveRows(result) : rateRows(result)
}

function rateRows({ whatIf }: WhatIfResult): CsvCell[][] {
  const row = (
    group: string,
    id: CsvCell,
    seats: CsvCell,
    { recorded, predicted, changePoints }: RateBeside,
  ): CsvCell[] => [
    group,
    id,
    seats,
    recorded.offeredCount,
    recorded.ratio,
    predicted.offeredCount,
    predicted.ratio,
    predicted.lower,
    predicted.upper,
    changePoints,
  ]
  return [
    [
      'group',
      'id',
      'seats_mean',
      'recorded_offered',
      'recorded_ratio',
      'predicted_offered',
      'predicted_ratio',
      'lower',
      'upper',
      'change_points',
    ],
    row('overall', 'overall', null, whatIf.overall),
    ...whatIf.peaks.map((peak) => row(peak.kind, peak.period, peak.seatsMean, peak)),
    ...whatIf.hours.map((hour) => row('hour', hour.hour, hour.seatsMean, hour)),
  ]
}

function curveRows({ found }: SeatsResult): CsvCell[][] {
  return [
    [
      'seat_hours_per_week',
      'ratio',
      'least_peak_ratio',
      'least_deviation_points',
      'least_rolling_24_hours',
      'holds',
      'least',
    ],
    ...found.curve.map((trial) => [
      trial.seatHoursPerWeek,
      trial.ratio,
      trial.leastPeakRatio,
      trial.leastDeviationPoints,
      trial.leastRolling,
      trial.holds ? 1 : 0,
      trial === found.least ? 1 : 0,
    ]),
  ]
}

function forecastRows({ quarters }: ForecastResult): CsvCell[][] {
  return [
    ['start_at', 'expected_calls', 'lower', 'upper'],
    ...quarters.map(({ startAt, expected, lower, upper }) => [startAt, expected, lower, upper]),
  ]
}
