/**
 * The least roster that holds.
 *
 * First along a line of rosters, one for each level of service: the least level that holds is found by halving. Then
 * seat by seat: of every block one is taken away as long as what is left still holds. What comes out is least in the
 * sense that no single block can spare a seat; it is not proven to be the least of all rosters there are.
 */
import { ratioOf } from '../statistics/counts.ts'
import type { PlanWindows } from './plan-windows.ts'
import { countsOf } from './predicted-rate.ts'
import type { Roster } from './roster.ts'
import { type Block, rosterAtLevel, seatsIn, setSeats } from './roster-blocks.ts'
import { type Failing, failingOf, type SteadyTerms } from './roster-judgement.ts'
import type { SeedCounts } from './seed-counts.ts'
import { leastRolling } from './what-if.ts'

/** One roster and what the runs showed of it. */
export interface Trial {
  roster: Roster
  seatHoursPerWeek: number
  /** Means of the runs, 0 to 1; `null` without calls, or in a period shorter than a day. */
  ratio: number | null
  leastPeakRatio: number | null
  /** Of the peaks and special periods, months too: the one furthest below the overall rate. */
  leastDeviationPoints: number | null
  leastRolling: number | null
  holds: boolean
  /** What failed, with the share of runs in which it did. */
  failing: { what: Failing; share: number }[]
}

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
}

export interface SearchQuestion {
  blocks: readonly Block[]
  windows: PlanWindows
  terms: SteadyTerms
  seatsMax: number
  seeds: readonly number[]
  /** Runs at once; the first of these decide whether the others are worth it. */
  seedsAtOnce: number
  /** Trials of the second part, at most. */
  trialsMax: number
  /** A roster holds if it does in this share of the runs. */
  holdsShare: number
}

/** Runs seeds against a roster. */
export type RunRoster = (roster: Roster, seeds: readonly number[]) => Promise<SeedCounts[]>

/** Levels of service: each misses four fifths of what the one before it did. */
const LEVELS = Array.from({ length: 34 }, (_, step) => 1 - 0.5 * 0.8 ** step)
const CURVE_STEP = 4

export async function searchSeats(
  question: SearchQuestion,
  run: RunRoster,
  onTrial: (trialsCount: number) => void,
): Promise<SeatsFound> {
  return new Search(question, run, onTrial).run()
}

class Search {
  readonly #question: SearchQuestion
  readonly #run: RunRoster
  readonly #onTrial: (trialsCount: number) => void
  readonly #trials = new Map<string, Trial>()
  readonly #weeks: number

  constructor(question: SearchQuestion, run: RunRoster, onTrial: (trialsCount: number) => void) {
    this.#question = question
    this.#run = run
    this.#onTrial = onTrial
    const { range } = question.windows
    this.#weeks = (range.toAtMs - range.fromAtMs) / (7 * 86_400_000)
  }

  async run(): Promise<SeatsFound> {
    const levels = this.#levels()
    const fullest = await this.#tried(levels.at(-1)!, true)
    let low = 0
    let high = levels.length - 1
    while (fullest.holds && low < high) {
      const middle = (low + high) >> 1
      if ((await this.#tried(levels[middle]!, true)).holds) high = middle
      else low = middle + 1
    }
    for (let at = 0; at < levels.length; at += CURVE_STEP) await this.#tried(levels[at]!, true)
    const curve = [...this.#trials.values()].sort((one, other) => one.seatHoursPerWeek - other.seatHoursPerWeek)
    if (!fullest.holds) return { least: null, fullest, curve, isLocallyLeast: false, trialsCount: this.#trials.size }
    const { least, isLocallyLeast } = await this.#descended(await this.#tried(levels[high]!, true))
    const all = [...curve.filter((trial) => trial !== least), least].sort(
      (one, other) => one.seatHoursPerWeek - other.seatHoursPerWeek,
    )
    return { least, fullest, curve: all, isLocallyLeast, trialsCount: this.#trials.size }
  }

  /** Rosters that differ, by seats rising. */
  #levels(): Roster[] {
    const { blocks, seatsMax } = this.#question
    const rosters = LEVELS.map((level) => rosterAtLevel(blocks, level, seatsMax))
    return rosters.filter((roster, at) => at === 0 || nameOf(roster) !== nameOf(rosters[at - 1]!))
  }

  /** Takes seats away one by one, first where a seat costs the most hours, until no block can spare one. */
  async #descended(start: Trial): Promise<{ least: Trial; isLocallyLeast: boolean }> {
    const untilCount = this.#trials.size + this.#question.trialsMax
    const blocks = [...this.#question.blocks].sort((one, other) => other.hoursCount - one.hoursCount)
    let least = start
    for (let open = blocks; open.length > 0; ) {
      const stillOpen: Block[] = []
      for (const block of open) {
        if (seatsIn(least.roster, block) <= 1) continue
        if (this.#trials.size >= untilCount) return { least, isLocallyLeast: false }
        const fewer: Roster = { workday: [...least.roster.workday], offday: [...least.roster.offday] }
        setSeats(fewer, block, seatsIn(fewer, block) - 1)
        const trial = await this.#tried(fewer, false)
        if (!trial.holds) continue // with fewer seats elsewhere it would hold even less
        least = trial
        stillOpen.push(block)
      }
      open = stillOpen
    }
    return { least, isLocallyLeast: true }
  }

  /** @param whole  run every seed, also where the first ones have decided */
  async #tried(roster: Roster, whole: boolean): Promise<Trial> {
    const known = this.#trials.get(nameOf(roster))
    if (known !== undefined) return known
    const { seeds, seedsAtOnce, holdsShare } = this.#question
    const runs: SeedCounts[] = []
    const failures = new Map<Failing, number>()
    const failuresMax = Math.floor((1 - holdsShare) * seeds.length + 1e-9)
    let failedCount = 0
    for (let at = 0; at < seeds.length && (whole || failedCount <= failuresMax); at += seedsAtOnce) {
      const some = await this.#run(roster, seeds.slice(at, at + seedsAtOnce))
      for (const one of some) {
        const failing = failingOf(one, this.#question.windows, this.#question.terms)
        if (failing.length > 0) failedCount += 1
        for (const what of failing) failures.set(what, (failures.get(what) ?? 0) + 1)
      }
      runs.push(...some)
    }
    const trial = this.#trialOf(roster, runs, failures, failedCount <= failuresMax)
    this.#trials.set(nameOf(roster), trial)
    this.#onTrial(this.#trials.size)
    return trial
  }

  #trialOf(roster: Roster, runs: readonly SeedCounts[], failures: Map<Failing, number>, holds: boolean): Trial {
    const { windows, blocks } = this.#question
    const hours = blocks.reduce((sum, block) => sum + block.hoursCount * seatsIn(roster, block), 0)
    const mean = (valueOfRun: (one: SeedCounts) => number | null) => {
      const values = runs.map(valueOfRun).filter((value) => value !== null)
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
    }
    return {
      roster,
      seatHoursPerWeek: hours / this.#weeks,
      ratio: mean((one) => ratioOf(countsOf(one))),
      leastPeakRatio: mean((one) =>
        least(
          windows.pooled
            .filter(({ kind, month }) => kind === 'peak' && month === null)
            .map(({ cells }) => ratioOf(countsOf(one, cells))),
        ),
      ),
      leastDeviationPoints: mean((one) => {
        const overall = ratioOf(countsOf(one))
        const ratio = least(windows.pooled.map(({ cells }) => ratioOf(countsOf(one, cells))))
        return overall === null || ratio === null ? null : 100 * (ratio - overall)
      }),
      leastRolling: mean((one) => leastRolling(one, windows)),
      holds,
      failing: [...failures].map(([what, count]) => ({ what, share: count / runs.length })),
    }
  }
}

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function nameOf({ workday, offday }: Roster): string {
  return `${workday} ${offday}`
}
