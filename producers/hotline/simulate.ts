/** The synthetic hotline as a stream of records, in the order of publication. Same seed, same records. */
import type { Profile } from '../../schemas/profile.ts'
import { hotlineOf } from './hotline.ts'
import { HotlineRun, type RunOptions } from './hotline-run.ts'
import type { SimulatedRecord } from './outbox.ts'

export interface SimulateOptions {
  profile: Profile
  seed: number
  /** Of `arrived_at` and `accepted_at`: in. Revisions of these calls and tickets go on after `toAtMs`. */
  fromAtMs: number
  /** Out. */
  toAtMs: number
  /**
   * How many hotlines like this one, side by side; of the last one, if it is a fraction, a sample of its callers.
   * Rates do not depend on it: a hotline a tenth as busy with a tenth of the seats would answer fewer.
   */
  scale: number
  /** Name of a variation in the profile's `simulation.demos`. */
  demo?: string | undefined
}

export function* simulate(options: SimulateOptions): Generator<SimulatedRecord, void, undefined> {
  const { profile, scale, seed, fromAtMs, toAtMs, demo } = options
  const hotline = hotlineOf(profile, demo)
  const runs: RunOptions[] = []
  for (let copy = 0; copy < scale; copy += 1) {
    runs.push({ seed, fromAtMs, toAtMs, copy, sampleRatio: Math.min(1, scale - copy) })
  }
  if (runs.length === 1) yield* new HotlineRun(hotline, runs[0]!).records()
  else yield* sideBySide(runs.map((run) => new HotlineRun(hotline, run).records()))
}

interface Lane {
  records: Generator<SimulatedRecord, void, undefined>
  next: SimulatedRecord
  settledBeforeAtMs: number
}

/** One stream of several, by `emitted_at`; late records stay late, as each stream has its own order. */
function* sideBySide(streams: Generator<SimulatedRecord, void, undefined>[]): Generator<SimulatedRecord> {
  const lanes: Lane[] = []
  for (const records of streams) {
    const first = records.next()
    if (!first.done) lanes.push({ records, next: first.value, settledBeforeAtMs: first.value.callsSettledBeforeAtMs })
  }
  while (lanes.length > 0) {
    const lane = lanes.reduce((earliest, other) =>
      other.next.record.emittedAtMs < earliest.next.record.emittedAtMs ? other : earliest,
    )
    const { next } = lane
    lane.settledBeforeAtMs = next.callsSettledBeforeAtMs
    // What one hotline has settled, another may still be writing.
    const callsSettledBeforeAtMs = Math.min(...lanes.map((other) => other.settledBeforeAtMs))
    yield { ...next, callsSettledBeforeAtMs }
    const following = lane.records.next()
    if (following.done) lanes.splice(lanes.indexOf(lane), 1)
    else lane.next = following.value
  }
}
