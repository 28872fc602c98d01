/** What would have been answered with another roster, more calls or longer ones, beside what was. */
import { CELL_MS } from '../cell.ts'
import type { Duty } from '../queueing/duties.ts'
import { ratioOf } from '../statistics/counts.ts'
import { callsToFlagMin } from '../statistics/laney.ts'
import { leastRolling24Hours } from '../statistics/rolling-24-hours.ts'
import { runningSums } from '../window-cells.ts'
import type { WindowKind } from '../windows.ts'
import { handlingMsOf, type PlanModel } from './plan-model.ts'
import type { PlanWindows } from './plan-windows.ts'
import { countsOf, type PredictedRate, predictedRate } from './predicted-rate.ts'
import { type QuickAnswers, quickAnswers } from './quick-answers.ts'
import { seatsByCell } from './roster.ts'
import type { CellCounts, SeedCounts } from './seed-counts.ts'

export interface RecordedRate {
  offeredCount: number
  answeredCount: number
  /** `null` without calls. */
  ratio: number | null
}

export interface RateBeside {
  recorded: RecordedRate
  predicted: PredictedRate
  /** Predicted less recorded, percentage points; `null` if either is. */
  changePoints: number | null
}

export interface PeakBeside extends RateBeside {
  period: string
  kind: WindowKind
  /** Mean seats on duty in it. */
  seatsMean: number
  /** Predicted peak less predicted overall, percentage points. */
  deviationPoints: number | null
}

/** By weekday (Monday first) and local hour. */
export interface HeatMapBeside {
  /** Rates, 0 to 1; `null` without calls. */
  recorded: (number | null)[][]
  predicted: (number | null)[][]
  /** Offered calls; of the runs their mean. */
  recordedOffered: number[][]
  predictedOffered: number[][]
  /** Recorded calls from which on an hour has enough to be compared; `null` where no number would do (kpi/heat-map.ts). */
  callsMin: number | null
}

export interface WhatIf {
  overall: RateBeside
  peaks: PeakBeside[]
  /** By local hour, 0 to 23. */
  hours: (RateBeside & { hour: number; seatsMean: number })[]
  heatMap: HeatMapBeside
  rolling24Hours: { recorded: number | null; predicted: PredictedRate }
  /** Mean wait of answered calls, s. */
  meanWaitSeconds: number
  redialsMean: number
  quick: (QuickAnswers & { period: string })[]
}

export interface WhatIfQuestion {
  model: PlanModel
  windows: PlanWindows
  duties: readonly Duty[]
  recorded: CellCounts
  seeds: readonly SeedCounts[]
  confidence: number
}

export function whatIf({ model, windows, duties, recorded, seeds, confidence }: WhatIfQuestion): WhatIf {
  const beside = (cells?: ArrayLike<number>) => rateBeside(recorded, seeds, confidence, cells)
  const onDuty = seatsByCell(duties, windows.range)
  const overall = beside()
  const whole = windows.pooled.filter(({ month }) => month === null)
  const peaks = whole.map(({ period, kind, cells }) => {
    const rate = beside(cells)
    return {
      period,
      kind,
      ...rate,
      seatsMean: meanAt(onDuty, cells),
      deviationPoints: pointsBetween(rate.predicted.ratio, overall.predicted.ratio),
    }
  })
  const cellsWhere = (isWanted: (cell: number) => boolean) => Array.from(onDuty.keys()).filter(isWanted)
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const cells = cellsWhere((cell) => windows.hours[cell] === hour)
    return { hour, ...beside(cells), seatsMean: meanAt(onDuty, cells) }
  })
  return {
    overall,
    peaks,
    hours,
    heatMap: heatMapOf(windows, recorded, seeds),
    rolling24Hours: {
      recorded: leastRolling(recorded, windows),
      predicted: rollingOf(seeds, windows, confidence),
    },
    meanWaitSeconds:
      sumOf(seeds.map(({ waitedMs }) => waitedMs)) /
      Math.max(1, sumOf(seeds.map((seed) => countsOf(seed).answeredCount))) /
      1000,
    redialsMean: sumOf(seeds.map(({ redialsCount }) => redialsCount)) / Math.max(1, seeds.length),
    quick: whole
      .filter(({ kind }) => kind === 'peak')
      .map(({ period, cells }) => quickOf(model, windows, onDuty, period, cells)),
  }
}

/** The least rolling 24 hours of one run or of the records; `null` where the period is too short. */
export function leastRolling({ offered, answered }: CellCounts, { range }: PlanWindows): number | null {
  const [offeredSums, answeredSums] = [runningSums(offered), runningSums(answered)]
  return leastRolling24Hours(offeredSums, answeredSums, range.fromAtMs, 0, offered.length)?.ratio ?? null
}

function rateBeside(
  recorded: CellCounts,
  seeds: readonly SeedCounts[],
  confidence: number,
  cells?: ArrayLike<number>,
): RateBeside {
  const counts = countsOf(recorded, cells)
  const ratio = ratioOf(counts)
  const predicted = predictedRate(
    seeds.map((seed) => countsOf(seed, cells)),
    confidence,
  )
  return { recorded: { ...counts, ratio }, predicted, changePoints: pointsBetween(predicted.ratio, ratio) }
}

function rollingOf(seeds: readonly SeedCounts[], windows: PlanWindows, confidence: number): PredictedRate {
  const lows = seeds.map((seed) => leastRolling(seed, windows)).filter((low) => low !== null)
  return {
    ...predictedRate(
      lows.map((low) => ({ offeredCount: 1, answeredCount: low })),
      confidence,
    ),
    offeredCount: 0,
  }
}

function heatMapOf(windows: PlanWindows, recorded: CellCounts, seeds: readonly SeedCounts[]): HeatMapBeside {
  const [was, would] = [hourSums(windows, [recorded]), hourSums(windows, seeds)]
  const ratio = ratioOf(countsOf(recorded))
  const rates = ({ offered, answered }: HourSums) =>
    byWeekday((at) => (offered[at] === 0 ? null : answered[at]! / offered[at]!))
  return {
    recorded: rates(was),
    predicted: rates(would),
    recordedOffered: byWeekday((at) => was.offered[at]!),
    predictedOffered: byWeekday((at) => would.offered[at]! / Math.max(1, seeds.length)),
    callsMin: ratio === null || ratio === 0 || ratio === 1 ? null : callsToFlagMin(ratio),
  }
}

interface HourSums {
  /** By `24 × weekday + hour`. */
  offered: Float64Array
  answered: Float64Array
}

function hourSums({ hours, weekdays }: PlanWindows, counts: readonly CellCounts[]): HourSums {
  const sums = { offered: new Float64Array(7 * 24), answered: new Float64Array(7 * 24) }
  for (const one of counts) {
    for (let cell = 0; cell < hours.length; cell += 1) {
      const at = 24 * weekdays[cell]! + hours[cell]!
      sums.offered[at]! += one.offered[cell]!
      sums.answered[at]! += one.answered[cell]!
    }
  }
  return sums
}

function byWeekday<Value>(valueAt: (place: number) => Value): Value[][] {
  return Array.from({ length: 7 }, (_, weekday) =>
    Array.from({ length: 24 }, (_, hour) => valueAt(24 * weekday + hour)),
  )
}

/** The peak's mean hour as if it went on for ever, with the seats that are there on average, rounded. */
function quickOf(model: PlanModel, { range }: PlanWindows, onDuty: Int32Array, period: string, cells: Int32Array) {
  const inPeak = new Uint8Array(onDuty.length)
  for (const cell of cells) inPeak[cell] = 1
  let callsCount = 0
  for (const atMs of model.arrivedAtMs) callsCount += inPeak[Math.floor((atMs - range.fromAtMs) / CELL_MS)] ?? 0
  return {
    period,
    ...quickAnswers({
      callsPerHour: (4 * model.volume * callsCount) / Math.max(1, cells.length),
      handlingSeconds: handlingMsOf(model) / 1000,
      patienceSeconds: model.traits.patienceMsMean / 1000,
      redialRatio: model.traits.redialRatio,
      seatsCount: Math.round(meanAt(onDuty, cells)),
    }),
  }
}

function meanAt(column: Int32Array, cells: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < cells.length; at += 1) sum += column[cells[at]!]!
  return cells.length === 0 ? 0 : sum / cells.length
}

function pointsBetween(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : 100 * (one - other)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
