import { describe, expect, test } from 'vitest'
import type { PlanWindows } from '../../../../kpi/planning/plan-windows.ts'
import { emptyRoster, type Roster } from '../../../../kpi/planning/roster.ts'
import { type Block, seatsIn, setSeats } from '../../../../kpi/planning/roster-blocks.ts'
import { failingOf } from '../../../../kpi/planning/roster-judgement.ts'
import type { SearchQuestion } from '../../../../kpi/planning/roster-trials.ts'
import { searchSeats } from '../../../../kpi/planning/seats-search.ts'
import type { SeedCounts } from '../../../../kpi/planning/seed-counts.ts'
import { at } from '../../api/asked-app.ts'

const CALLS_PER_QUARTER = 40
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]

/** One workday, of which the hours from eight to ten are the peak. */
const WINDOWS: PlanWindows = {
  range: { fromAtMs: at('2023-03-06'), toAtMs: at('2023-03-07') },
  pooled: [{ period: 'morning', kind: 'peak', month: null, cells: Int32Array.from({ length: 8 }, (_, at) => 32 + at) }],
  hours: Uint8Array.from({ length: 96 }, (_, quarter) => quarter >> 2),
  weekdays: new Uint8Array(96),
}

const BLOCKS: Block[] = Array.from({ length: 24 }, (_, hour) => ({
  dayClass: 'workday',
  fromQuarter: 4 * hour,
  toQuarter: 4 * hour + 4,
  hoursCount: 1,
  stableSeats: 1,
  answeredFrom: Array.from({ length: 20 }, (_, more) => 1 - 0.5 ** (more + 1)),
}))

/** Seats that an hour needs in a run; each seed is tight in hours of its own. */
const needed = (seed: number, hour: number) =>
  (hour >= 8 && hour < 18 ? 9 : 3) + ((seed * 7 + hour * 5) % 11 === 0 ? 3 : 0)

/** Each seat that is missing loses three calls of the quarter-hour. */
function countsOf(roster: Roster, seed: number): SeedCounts {
  const offered = new Uint32Array(96).fill(CALLS_PER_QUARTER)
  const answered = offered.map((calls, quarter) =>
    Math.max(0, calls - 3 * Math.max(0, needed(seed, quarter >> 2) - roster.workday[quarter]!)),
  )
  return { seed, offered, answered, waitedMs: 0, redialsCount: 0 }
}

function question(change: Partial<SearchQuestion> = {}): SearchQuestion {
  return {
    blocks: BLOCKS,
    windows: WINDOWS,
    terms: { tolerancePoints: 2, floor: 0.97, rollingFloor: 0.95 },
    seatsMax: 20,
    seeds: SEEDS,
    seedsAtOnce: 2,
    trialsMax: 400,
    holdsShare: 0.95,
    ...change,
  }
}

const run = async (roster: Roster, seeds: readonly number[]) => seeds.map((seed) => countsOf(roster, seed))
const failuresOf = (roster: Roster, { windows, terms }: SearchQuestion) =>
  SEEDS.filter((seed) => failingOf(countsOf(roster, seed), windows, terms).length > 0).length

describe('the least roster', () => {
  test.each([
    ['all seeds', 0.95, 0],
    ['three quarters of the seeds', 0.75, 2],
  ])('holds in %s, and no hour of it can spare a seat', async (_promise, holdsShare, failuresMax) => {
    const asked = question({ holdsShare })
    const { least, isLocallyLeast } = await searchSeats(asked, run, () => {})
    expect(isLocallyLeast).toBe(true)
    expect(failuresOf(least!.roster, asked)).toBeLessThanOrEqual(failuresMax)
    for (const block of BLOCKS.filter((one) => seatsIn(least!.roster, one) > 1)) {
      const fewer = { ...emptyRoster(), workday: [...least!.roster.workday] }
      setSeats(fewer, block, seatsIn(fewer, block) - 1)
      expect(failuresOf(fewer, asked), `from quarter ${block.fromQuarter}`).toBeGreaterThan(failuresMax)
    }
  })

  test('is the same, run for run, on however many processors', async () => {
    const [one, two, eight] = await Promise.all(
      [1, 2, 8].map((seedsAtOnce) => searchSeats(question({ seedsAtOnce }), run, () => {})),
    )
    expect(two).toEqual(one)
    expect(eight).toEqual(one)
  })

  test('takes far fewer runs than every seed of every roster', async () => {
    const { trialsCount, runsCount } = await searchSeats(question(), run, () => {})
    expect(runsCount).toBeLessThan((trialsCount * SEEDS.length) / 2)
  })

  test('is none where the most seats do not do it; what fails is said with its share of all runs', async () => {
    const { least, fullest } = await searchSeats(question({ seatsMax: 8 }), run, () => {})
    expect(least).toBeNull()
    expect(fullest.failing.every(({ share }) => share * SEEDS.length === Math.round(share * SEEDS.length))).toBe(true)
    expect(fullest.failing.length).toBeGreaterThan(0)
  })
})
