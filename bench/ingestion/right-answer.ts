/** Compares counted cells with the truth, and says where they first differ. */
import type { CountedCell } from './made-records.ts'

const FIGURES = ['evidence', 'offered', 'answered'] as const

/** @returns null if every cell is as it must be */
export function firstDifference(counted: readonly CountedCell[], truth: readonly CountedCell[]): string | null {
  const byCell = new Map(counted.map((cell) => [cell.cellAtMs, cell]))
  let wrongCount = 0
  let first = ''
  for (const cell of truth) {
    const found = byCell.get(cell.cellAtMs)
    byCell.delete(cell.cellAtMs)
    const figure = FIGURES.find((name) => found?.[name] !== cell[name])
    if (figure === undefined) continue
    wrongCount += 1
    first ||= `${new Date(cell.cellAtMs).toISOString()}: ${figure} is ${found?.[figure] ?? 'missing'}, expected ${cell[figure]}`
  }
  wrongCount += byCell.size
  if (wrongCount === 0) return null
  return `${wrongCount} of ${truth.length} wrong, ${first || 'some are too many'}`
}
