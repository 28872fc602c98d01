/**
 * The least roster that holds.
 *
 * First along a line of rosters, one for each level of service: the least level that holds is found by halving. Then
 * seat by seat: of every block one is taken away as long as what is left still holds (seats-descent.ts). What comes out
 * is least in the sense that no single block can spare a seat; it is not proven to be the least of all rosters there are.
 */
import type { Roster } from './roster.ts'
import { rosterAtLevel } from './roster-blocks.ts'
import { nameOf, type RunRoster, type SearchQuestion, type Trial, Trials } from './roster-trials.ts'
import { descended } from './seats-descent.ts'

export interface SeatsFound {
  /** `null`: no roster does it. */
  least: Trial | null
  /** The fullest roster that was tried: what cannot be reached with more seats. */
  fullest: Trial
  /** By seat hours, rising. */
  curve: Trial[]
  /** Whether no block can spare a seat; false if the search ended before it knew. */
  isLocallyLeast: boolean
  trialsCount: number
  /** Runs of the period that these trials took. */
  runsCount: number
}

/** Levels of service: each misses four fifths of what the one before it did. */
const LEVELS = Array.from({ length: 34 }, (_, step) => 1 - 0.5 * 0.8 ** step)
const CURVE_STEP = 4
/** A point of the curve is the mean of this many runs at least, also where one shows that it does not hold. */
const CURVE_RUNS_MIN = 4

export async function searchSeats(
  question: SearchQuestion,
  run: RunRoster,
  onTrial: (trialsCount: number) => void,
): Promise<SeatsFound> {
  const trials = new Trials(question, run, onTrial)
  const levels = levelsOf(question)
  const fullest = await trials.whole(levels.at(-1)!, question.seeds.length)
  let low = 0
  let high = levels.length - 1
  while (fullest.holds && low < high) {
    const middle = (low + high) >> 1
    if ((await trials.whole(levels[middle]!, CURVE_RUNS_MIN)).holds) high = middle
    else low = middle + 1
  }
  for (let at = 0; at < levels.length; at += CURVE_STEP) await trials.whole(levels[at]!, CURVE_RUNS_MIN)
  const curve = bySeatHours(trials.all)
  const effort = () => ({ trialsCount: trials.count, runsCount: trials.runsCount })
  if (!fullest.holds) return { least: null, fullest, curve, isLocallyLeast: false, ...effort() }
  const start = await trials.whole(levels[high]!, CURVE_RUNS_MIN)
  const { least, isLocallyLeast } = await descended(start, question, trials)
  const all = bySeatHours([...curve.filter((trial) => trial !== least), least])
  return { least, fullest, curve: all, isLocallyLeast, ...effort() }
}

/** Rosters that differ, by seats rising. */
function levelsOf({ blocks, seatsMax }: SearchQuestion): Roster[] {
  const rosters = LEVELS.map((level) => rosterAtLevel(blocks, level, seatsMax))
  return rosters.filter((roster, at) => at === 0 || nameOf(roster) !== nameOf(rosters[at - 1]!))
}

function bySeatHours(trials: readonly Trial[]): Trial[] {
  return [...trials].sort((one, other) => one.seatHoursPerWeek - other.seatHoursPerWeek)
}
