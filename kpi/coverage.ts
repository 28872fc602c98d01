/**
 * Whether the records of a window are there. A dead feed must never look like a quiet night, and a window without
 * records must never be said to hold.
 *
 *     expected = median of the calls of the 8 windows before of the same period, weekday and calendar class
 *     no-data  = nothing came though 20 or more were expected
 *
 * In the first weeks of a series fewer than 8 come before; the nearest after make up the number. Where windows of a
 * class are busy (their median 20 or more), those without a single call are left out of what others are measured by:
 * a long outage must not become the habit that excuses it.
 */
export const COVERAGE_STATES = ['received', 'no-data', 'unknown', 'open'] as const
/** `open`: not over by the watermark. `unknown`: nothing came, and there is nothing to compare it with. */
export type CoverageState = (typeof COVERAGE_STATES)[number]

export interface Coverage {
  state: CoverageState
  /** Offered calls; `null` where there is nothing to compare with. */
  expectedCount: number | null
  receivedCount: number
}

export interface CoveredWindow {
  /** Windows are compared within a class: same period, weekday and calendar class. */
  comparedWith: string
  receivedCount: number
  /** Whether the watermark has passed its end. */
  isOver: boolean
}

const COMPARED_COUNT = 8
export const EXPECTED_COUNT_MIN = 20

/** The coverage of each of the windows, which are given in time order, those before the period included. */
export function coverageOf(windows: readonly CoveredWindow[]): Coverage[] {
  const classes = new Map<string, CoveredWindow[]>()
  for (const window of windows) {
    const alike = classes.get(window.comparedWith)
    if (alike === undefined) classes.set(window.comparedWith, [window])
    else alike.push(window)
  }
  const found = new Map<CoveredWindow, Coverage>()
  for (const alike of classes.values()) {
    const measures = measuresOf(alike)
    for (const window of alike) found.set(window, compared(window, expectedOf(window, alike, measures)))
  }
  return windows.map((window) => found.get(window)!)
}

/** Coverage from an expected count that is known otherwise, such as the sum over the days of a special period. */
export function compared({ receivedCount, isOver }: CoveredWindow, expectedCount: number | null): Coverage {
  const state = (): CoverageState => {
    if (!isOver) return 'open'
    if (receivedCount > 0) return 'received'
    if (expectedCount === null) return 'unknown'
    return expectedCount >= EXPECTED_COUNT_MIN ? 'no-data' : 'received'
  }
  return { state: state(), expectedCount, receivedCount }
}

function measuresOf(alike: readonly CoveredWindow[]): Set<CoveredWindow> {
  const over = alike.filter((window) => window.isOver)
  const withCalls = over.filter((window) => window.receivedCount > 0)
  const isBusy = (median(withCalls.map((window) => window.receivedCount)) ?? 0) >= EXPECTED_COUNT_MIN
  return new Set(isBusy ? withCalls : over)
}

function expectedOf(
  window: CoveredWindow,
  alike: readonly CoveredWindow[],
  measures: ReadonlySet<CoveredWindow>,
): number | null {
  const place = alike.indexOf(window)
  const counts: number[] = []
  for (let at = place - 1; at >= 0 && counts.length < COMPARED_COUNT; at -= 1) {
    if (measures.has(alike[at]!)) counts.push(alike[at]!.receivedCount)
  }
  for (let at = place + 1; at < alike.length && counts.length < COMPARED_COUNT; at += 1) {
    if (measures.has(alike[at]!)) counts.push(alike[at]!.receivedCount)
  }
  return median(counts)
}

function median(counts: readonly number[]): number | null {
  if (counts.length === 0) return null
  const rising = [...counts].sort((one, other) => one - other)
  const middle = Math.floor(rising.length / 2)
  return rising.length % 2 === 1 ? rising[middle]! : (rising[middle - 1]! + rising[middle]!) / 2
}
