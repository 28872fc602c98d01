/** A Poisson process whose rate changes from local hour to local hour. */
import { DAY_MS, type LocalDay } from '../../kpi/local-date.ts'
import { instantOfLocal } from '../../kpi/zone.ts'
import type { Demand } from './demand.ts'
import type { Hotline } from './hotline.ts'
import type { Randomness } from './randomness.ts'

const HOUR_MS = 3_600_000

/**
 * The instants of one local day, rising.
 *
 * The process forgets what came before, so at each full hour it begins afresh with the next hour's rate. An hour that
 * the zone leaves out has no length and no calls; one that it repeats is twice as long and has twice as many.
 *
 * @param perDayMean  expected number on a day of level 1
 */
export function* arrivalInstants(
  { zone, simulation }: Hotline,
  day: LocalDay,
  demand: Demand,
  perDayMean: number,
  random: Randomness,
): Generator<number> {
  const { hourLevelLogSd } = simulation.demand
  for (let hour = 0; hour < 24; hour += 1) {
    const startAtMs = instantOfLocal(zone, day * DAY_MS + hour * HOUR_MS)
    const endAtMs = instantOfLocal(zone, day * DAY_MS + (hour + 1) * HOUR_MS)
    const expected = perDayMean * demand.level * demand.hourShares[hour]! * random.logNormal(1, hourLevelLogSd)
    if (expected <= 0) continue
    const gapMsMean = HOUR_MS / expected
    for (let atMs = startAtMs + random.exponential(gapMsMean); atMs < endAtMs; atMs += random.exponential(gapMsMean)) {
      yield Math.floor(atMs)
    }
  }
}
