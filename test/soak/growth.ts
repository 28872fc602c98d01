/** Whether something grows: each process is compared with itself, for a new one begins anew. */
import type { ProcessSample, Sample } from './samples.ts'

const WARM_UP_MS = 4 * 60_000
/** Fewer samples say nothing of growth. */
const SAMPLES_MIN = 12
/** Growth beyond half is no noise; and beside it an amount that a garbage collector or a merge may leave behind. */
const GROWTH_MAX = 1.5
const SLACK = { memoryMb: 64, handlesCount: 32, partsCount: 80 }

export interface Growth {
  what: string
  /** How long the process was watched, after its first minutes. */
  watchedMs: number
  /** Medians of the first and the last third of that time. */
  early: number
  late: number
  greatest: number
  isFlat: boolean
}

export function growthOf(samples: readonly Sample[]): Growth[] {
  const names = [...new Set(samples.flatMap(({ processes }) => Object.keys(processes)))]
  const ofProcesses = names.flatMap((name) => {
    const life = longestLife(samples, name)
    return [
      growth(`${name} memory, MB`, life, SLACK.memoryMb, ({ memoryMb }) => memoryMb),
      growth(`${name} handles`, life, SLACK.handlesCount, ({ handlesCount }) => handlesCount),
    ]
  })
  const parts = growth('parts of tables', samples, SLACK.partsCount, ({ partsCount }) => partsCount)
  return [...ofProcesses, parts].flatMap((each) => each ?? [])
}

/** The samples of the one process of this name that lived longest. */
function longestLife(samples: readonly Sample[], name: string): (ProcessSample & { atMs: number })[] {
  const lives = new Map<number, (ProcessSample & { atMs: number })[]>()
  for (const { atMs, processes } of samples) {
    const sample = processes[name]
    if (sample !== undefined) lives.set(sample.pid, [...(lives.get(sample.pid) ?? []), { ...sample, atMs }])
  }
  return [...lives.values()].reduce((longest, life) => (life.length > longest.length ? life : longest), [])
}

/** Null of one that did not live long enough to be said to grow or not. */
function growth<One extends { atMs: number }>(
  what: string,
  life: readonly One[],
  slack: number,
  measured: (one: One) => number,
): Growth | null {
  const warm = life.filter(({ atMs }) => atMs - life[0]!.atMs >= WARM_UP_MS)
  if (warm.length < SAMPLES_MIN) return null
  const third = Math.floor(warm.length / 3)
  const early = medianOf(warm.slice(0, third).map(measured))
  const late = medianOf(warm.slice(-third).map(measured))
  return {
    what,
    watchedMs: warm.at(-1)!.atMs - warm[0]!.atMs,
    early,
    late,
    greatest: Math.max(...warm.map(measured)),
    isFlat: late <= early * GROWTH_MAX + slack,
  }
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
