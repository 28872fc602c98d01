/** How long something takes, as it is drawn: by a formula, or as it was recorded. */
import type { Chance } from './chance.ts'

/** Times in ms. `empirical` holds the recorded times as rising quantiles; between two of them it is straight. */
export type Draw =
  | { kind: 'empirical'; quantilesMs: Float64Array }
  | { kind: 'log-normal'; meanMs: number; logSd: number }
  | { kind: 'exponential'; meanMs: number }
  | { kind: 'constant'; ms: number }

const QUANTILES_MAX = 2_048

/** Recorded times as they will be drawn again; of none, always 0. */
export function empiricalDraw(timesMs: ArrayLike<number>): Draw {
  if (timesMs.length === 0) return { kind: 'constant', ms: 0 }
  const rising = Float64Array.from(timesMs).sort()
  const count = Math.min(QUANTILES_MAX, rising.length)
  if (count === 1) return { kind: 'constant', ms: rising[0]! }
  const last = rising.length - 1
  const quantilesMs = Float64Array.from({ length: count }, (_, at) => rising[Math.round((at * last) / (count - 1))]!)
  return { kind: 'empirical', quantilesMs }
}

export function drawn(draw: Draw, chance: Chance): number {
  if (draw.kind === 'constant') return draw.ms
  if (draw.kind === 'exponential') return chance.exponential(draw.meanMs)
  if (draw.kind === 'log-normal') return chance.logNormal(draw.meanMs, draw.logSd)
  const { quantilesMs } = draw
  const at = chance.uniform() * (quantilesMs.length - 1)
  const below = Math.floor(at)
  return quantilesMs[below]! + (at - below) * (quantilesMs[below + 1]! - quantilesMs[below]!)
}

/** Mean of what is drawn, ms. */
export function meanMsOf(draw: Draw): number {
  if (draw.kind === 'constant') return draw.ms
  if (draw.kind !== 'empirical') return draw.meanMs
  const { quantilesMs } = draw
  const ends = (quantilesMs[0]! + quantilesMs.at(-1)!) / 2
  return (quantilesMs.reduce((sum, ms) => sum + ms, 0) - ends) / (quantilesMs.length - 1)
}

/** The same, all times multiplied. */
export function scaledDraw(draw: Draw, factor: number): Draw {
  if (factor === 1) return draw
  if (draw.kind === 'constant') return { kind: 'constant', ms: draw.ms * factor }
  if (draw.kind === 'empirical') return { kind: 'empirical', quantilesMs: draw.quantilesMs.map((ms) => ms * factor) }
  return { ...draw, meanMs: draw.meanMs * factor }
}
