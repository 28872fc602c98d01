/**
 * Arrivals from the fitted shape instead of the recorded instants: a Poisson process whose rate is that of the same
 * quarter-hour around it, under a random level of the whole day.
 *
 * The rate of a quarter-hour is the mean of the recorded first tries in it and in the same quarter-hour of the days one
 * and two weeks before and after; the level is log-normal with the spread that the recorded days show beyond Poisson's.
 */
import { CELL_MS } from '../cell.ts'
import { DAY_MS } from '../local-date.ts'
import { Chance } from '../queueing/chance.ts'
import type { PlanModel } from './plan-model.ts'

const OF_ARRIVALS = 4
const CELLS_PER_WEEK = 7 * 96
const CELLS_PER_DAY = DAY_MS / CELL_MS

/** Places are those of recorded calls, one by one in turn, for what a capture needs to know of a caller. */
export function fittedArrivals(model: PlanModel, seed: number) {
  const chance = new Chance(seed, OF_ARRIVALS)
  const { rates, dayLevelLogSd } = fittedRates(model)
  const joins: number[] = []
  let level = 1
  for (let cell = 0; cell < rates.length; cell += 1) {
    if (cell % CELLS_PER_DAY === 0) level = chance.logNormal(1, dayLevelLogSd)
    const expected = rates[cell]! * level * model.volume
    if (expected === 0) continue
    const fromAtMs = model.range.fromAtMs + cell * CELL_MS
    const gapMsMean = CELL_MS / expected
    for (let sinceMs = chance.exponential(gapMsMean); sinceMs < CELL_MS; sinceMs += chance.exponential(gapMsMean)) {
      joins.push(fromAtMs + sinceMs)
    }
  }
  const places = Int32Array.from(joins, (_, at) => at % Math.max(1, model.joinsAtMs.length))
  return {
    arrivedAtMs: Float64Array.from(
      joins,
      (atMs, at) => atMs - model.joinsAtMs[places[at]!]! + model.arrivedAtMs[places[at]!]!,
    ),
    joinsAtMs: Float64Array.from(joins),
    places,
  }
}

/** Expected first tries by cell, and the spread of whole days around them. */
export function fittedRates({ range, joinsAtMs }: PlanModel): { rates: Float64Array; dayLevelLogSd: number } {
  const counts = new Float64Array(Math.ceil((range.toAtMs - range.fromAtMs) / CELL_MS))
  for (const atMs of joinsAtMs) counts[Math.min(counts.length - 1, Math.floor((atMs - range.fromAtMs) / CELL_MS))]! += 1
  const rates = new Float64Array(counts.length)
  for (let cell = 0; cell < counts.length; cell += 1) {
    let sum = 0
    let cells = 0
    for (let week = -2; week <= 2; week += 1) {
      const like = cell + week * CELLS_PER_WEEK
      if (like < 0 || like >= counts.length) continue
      sum += counts[like]!
      cells += 1
    }
    rates[cell] = sum / cells
  }
  return { rates, dayLevelLogSd: dayLevelLogSd(counts, rates) }
}

/** Of days with calls: variance of recorded over expected, less what Poisson's would be. */
function dayLevelLogSd(counts: Float64Array, rates: Float64Array): number {
  let squares = 0
  let days = 0
  for (let from = 0; from + CELLS_PER_DAY <= counts.length; from += CELLS_PER_DAY) {
    const recorded = sumOf(counts, from)
    const expected = sumOf(rates, from)
    if (expected < 1) continue
    squares += (recorded / expected - 1) ** 2 - 1 / expected
    days += 1
  }
  return days < 2 ? 0 : Math.sqrt(Math.log(1 + Math.max(0, squares / days)))
}

function sumOf(column: Float64Array, from: number): number {
  let sum = 0
  for (let cell = from; cell < from + CELLS_PER_DAY; cell += 1) sum += column[cell]!
  return sum
}
