/** Rows of facts whose time was sealed after they had been read. */
import type { FactRows } from './span.ts'

/** The column that every row of facts begins with. */
const CELL_COLUMN = 0

/** Of rows `from` (in) to `to` (out): runs (the end is out) of those that may still come in, and the numbers of those too late. */
export function partedAtSeal(
  { block }: FactRows,
  from: number,
  to: number,
  sealedBeforeMs: number,
): { kept: [number, number][]; late: number[] } {
  const late: number[] = []
  const kept: [number, number][] = []
  for (let row = from; row < to; row++) {
    if (block.uint32At(CELL_COLUMN, row) * 1_000 < sealedBeforeMs) {
      late.push(row)
      continue
    }
    const run = kept.at(-1)
    if (run !== undefined && run[1] === row) run[1] = row + 1
    else kept.push([row, row + 1])
  }
  return { kept, late }
}
