/** How a recompute names its cells: how many in one query, and by a list or by a range. */
import { CELL_MS } from '../kpi/cell.ts'

/** A list of cells is text that the store reads; longer ones take more time to read than to carry out. */
const CELLS_LISTED_MAX = 2_000
/** Bounds what a recompute holds in the store's memory: 4 GB were seen in a year of 37 million calls where a query was let hold more. */
const FACTS_PER_QUERY = 1_000_000

/**
 * Cells of one query, so that queries are few where facts are few, and bounded where they are many.
 *
 * @param factCount  facts between the first and the last cell
 * @param cellCount  quarter-hours between the first and the last cell
 */
export function cellsPerQuery(factCount: number, cellCount: number): number {
  return Math.max(1, Math.floor((FACTS_PER_QUERY * cellCount) / Math.max(1, factCount)))
}

/**
 * Conditions on `cell` that hold for the given cells, one for each query.
 *
 * Cells that lie close together are named by a range: those in between that nobody asked for come out as they are.
 *
 * @param groups  cells in order of time; those of a group are read by one query
 */
export function cellConditions(groups: readonly (readonly number[])[], perQuery: number): string[] {
  const conditions: string[] = []
  const cells: number[] = []
  for (const group of groups) {
    const count = cells.length + group.length
    const isTooMany = count > perQuery || (count > CELLS_LISTED_MAX && !areClose(cells[0]!, group.at(-1)!, count))
    if (cells.length > 0 && isTooMany) conditions.push(conditionOf(cells.splice(0)))
    for (const cellAtMs of group) cells.push(cellAtMs)
  }
  if (cells.length > 0) conditions.push(conditionOf(cells))
  return conditions
}

function conditionOf(cellsAtMs: readonly number[]): string {
  const [first, last] = [cellsAtMs[0]!, cellsAtMs.at(-1)!]
  if (cellsAtMs.length > 1 && areClose(first, last, cellsAtMs.length))
    return `cell BETWEEN ${instantOf(first)} AND ${instantOf(last)}`
  return `cell IN (${cellsAtMs.map((cellAtMs) => cellAtMs / 1_000).join(',')})`
}

/** At least half of the quarter-hours from the first to the last. */
function areClose(firstAtMs: number, lastAtMs: number, count: number): boolean {
  return lastAtMs - firstAtMs < 2 * count * CELL_MS
}

function instantOf(cellAtMs: number): string {
  return `toDateTime(${cellAtMs / 1_000}, 'UTC')`
}
