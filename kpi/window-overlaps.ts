/** Where windows lie over one another. That is allowed (a special period holds peaks), so it is reported, not refused. */
import type { WindowInstance } from './windows.ts'

export interface WindowOverlap {
  /** Ids of the two periods, in the order of their first meeting. */
  periods: [string, string]
  /** Pairs of instances that share time. */
  instancesCount: number
  /** Time they share in all, ms. */
  sharedMs: number
  /** Local day of the first meeting: the day on which the later of the two starts. */
  firstDate: string
}

/** The overlaps among instances sorted by start, one entry per pair of periods. */
export function overlapsOf(instances: readonly WindowInstance[]): WindowOverlap[] {
  const found = new Map<string, WindowOverlap>()
  let running: WindowInstance[] = []
  for (const instance of instances) {
    running = running.filter((earlier) => earlier.endAtMs > instance.startAtMs)
    for (const earlier of running) {
      const key = [earlier.period, instance.period].sort().join(' ')
      const overlap = found.get(key) ?? {
        periods: [earlier.period, instance.period],
        instancesCount: 0,
        sharedMs: 0,
        firstDate: instance.date,
      }
      overlap.instancesCount += 1
      overlap.sharedMs += Math.min(earlier.endAtMs, instance.endAtMs) - instance.startAtMs
      found.set(key, overlap)
    }
    running.push(instance)
  }
  return [...found.values()]
}
