/** Rosters that are tried: each run against the seeds, and no further than until it is decided. */
import { ratioOf } from '../statistics/counts.ts'
import type { PlanWindows } from './plan-windows.ts'
import { countsOf } from './predicted-rate.ts'
import type { Roster } from './roster.ts'
import { type Block, seatsIn } from './roster-blocks.ts'
import { type Failing, failingOf, type SteadyTerms } from './roster-judgement.ts'
import type { SeedCounts } from './seed-counts.ts'
import { leastRolling } from './what-if.ts'

/** One roster and what the runs showed of it. */
export interface Trial {
  roster: Roster
  seatHoursPerWeek: number
  /** Means of the runs that it took to decide, 0 to 1; `null` without calls, or in a period shorter than a day. */
  ratio: number | null
  leastPeakRatio: number | null
  /** Of the peaks and special periods, months too: the one furthest below the overall rate. */
  leastDeviationPoints: number | null
  leastRolling: number | null
  holds: boolean
  /** What failed, with the share of runs in which it did. */
  failing: { what: Failing; share: number }[]
}

export interface SearchQuestion {
  blocks: readonly Block[]
  windows: PlanWindows
  terms: SteadyTerms
  seatsMax: number
  seeds: readonly number[]
  /** Runs at once; the first ones decide whether the others are worth it. */
  seedsAtOnce: number
  /** Trials of the second part, at most. */
  trialsMax: number
  /** A roster holds if it does in this share of the runs. */
  holdsShare: number
}

/** Runs seeds against a roster. */
export type RunRoster = (roster: Roster, seeds: readonly number[]) => Promise<SeedCounts[]>

/** Beyond the failures that are allowed: seeds of a first look. The ones that failed last are among them. */
const FIRST_LOOK_RUNS = 2

export class Trials {
  readonly #question: SearchQuestion
  readonly #run: RunRoster
  readonly #onTrial: (trialsCount: number) => void
  readonly #known = new Map<string, Trial>()
  readonly #tried = new Set<string>()
  readonly #weeks: number
  readonly #failuresMax: number
  /** Those in which a roster failed last come first: where one seed is the tightest, it decides alone. */
  #seeds: readonly number[]
  /** Runs of the period so far. */
  runsCount = 0

  constructor(question: SearchQuestion, run: RunRoster, onTrial: (trialsCount: number) => void) {
    this.#question = question
    this.#run = run
    this.#onTrial = onTrial
    const { windows, seeds, holdsShare } = question
    this.#seeds = seeds
    this.#weeks = (windows.range.toAtMs - windows.range.fromAtMs) / (7 * 86_400_000)
    this.#failuresMax = Math.floor((1 - holdsShare) * seeds.length + 1e-9)
  }

  /** Rosters so far. */
  get count(): number {
    return this.#tried.size
  }

  /** Whole trials so far. */
  get all(): Trial[] {
    return [...this.#known.values()]
  }

  /** @param runsMin runs that are made also where fewer decide: their means are looked at */
  async whole(roster: Roster, runsMin: number): Promise<Trial> {
    const known = this.#known.get(nameOf(roster))
    if (known !== undefined) return known
    const { runs, failures, holds } = await this.#runs(roster, { runsMin, runsMax: this.#seeds.length })
    const trial = this.#trialOf(roster, runs, failures, holds)
    this.#known.set(nameOf(roster), trial)
    return trial
  }

  /** Whether the tightest seeds alone show that a roster does not hold. If they do not, that says nothing yet. */
  async failsAtFirst(roster: Roster): Promise<boolean> {
    const known = this.#known.get(nameOf(roster))
    if (known !== undefined) return !known.holds
    return !(await this.#runs(roster, { runsMin: 1, runsMax: FIRST_LOOK_RUNS + this.#failuresMax })).holds
  }

  /** What was run at once beyond what decides is left out, or the answer would hang on how many processors there are. */
  async #runs(roster: Roster, { runsMin, runsMax }: { runsMin: number; runsMax: number }) {
    const { windows, terms, seedsAtOnce } = this.#question
    const seeds = this.#seeds
    const runs: SeedCounts[] = []
    const failures = new Map<Failing, number>()
    const failed = new Set<number>()
    const isDecided = () => runs.length >= runsMax || (failed.size > this.#failuresMax && runs.length >= runsMin)
    for (let at = 0; at < seeds.length && !isDecided(); at += seedsAtOnce) {
      for (const one of await this.#run(roster, seeds.slice(at, at + seedsAtOnce))) {
        if (isDecided()) break
        const failing = failingOf(one, windows, terms)
        if (failing.length > 0) failed.add(one.seed)
        for (const what of failing) failures.set(what, (failures.get(what) ?? 0) + 1)
        runs.push(one)
      }
    }
    this.runsCount += runs.length
    this.#seeds = [...seeds.filter((seed) => failed.has(seed)), ...seeds.filter((seed) => !failed.has(seed))]
    this.#tried.add(nameOf(roster))
    this.#onTrial(this.#tried.size)
    return { runs, failures, holds: failed.size <= this.#failuresMax }
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

export function nameOf({ workday, offday }: Roster): string {
  return `${workday} ${offday}`
}
