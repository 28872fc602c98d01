/** What was counted against what was sent, cell by cell. */
import type { Trial } from '../faults/trial.ts'
import { cellStartS, YEAR_CELLS, type YearCalls } from './year-calls.ts'

export interface Compared {
  lost: number
  doubled: number
}

export async function compared(trial: Pick<Trial, 'rows'>, calls: YearCalls): Promise<Compared> {
  const [facts] = await trial.rows<{ count: number }>('SELECT count() AS count FROM call_facts FINAL')
  const rows = await trial.rows<{ at: number; offered: number; answered: number }>(
    'SELECT toUnixTimestamp(cell) AS at, offered, answered FROM call_cells FINAL',
  )
  const counted = new Map(rows.map((row) => [row.at, row]))
  const differences = [facts!.count - calls.callsCount]
  for (let cell = 0; cell < YEAR_CELLS; cell++) {
    const row = counted.get(cellStartS(cell))
    differences.push((row?.offered ?? 0) - calls.offered[cell]!, (row?.answered ?? 0) - calls.answered[cell]!)
  }
  const sum = (parts: number[]) => parts.reduce((all, part) => all + part, 0)
  return {
    lost: -sum(differences.filter((difference) => difference < 0)),
    doubled: sum(differences.filter((difference) => difference > 0)),
  }
}
