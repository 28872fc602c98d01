/** What the store says was counted, in the words of truth.ts. */
import type { Trial } from './trial.ts'
import type { Counts } from './truth.ts'

const COLUMNS = {
  call_cells: {
    place: 'toString(toUnixTimestamp(cell))',
    columns: ['offered', 'answered', 'answered_fast', 'rated', 'rated_good'],
  },
  ticket_cells: { place: 'toString(toUnixTimestamp(cell))', columns: ['accepted', 'direct', 'closed', 'satisfied'] },
  caller_days: { place: 'toString(day)', columns: ['callers', 'answered_callers'] },
}

export async function countedIn(trial: Pick<Trial, 'rows'>): Promise<{ counts: Counts; rejects: number }> {
  const counts: Counts = new Map()
  for (const [table, { place, columns }] of Object.entries(COLUMNS)) {
    const rows = await trial.rows(`SELECT ${place} AS place, ${columns.join(', ')} FROM ${table} FINAL`)
    for (const row of rows) {
      for (const column of columns) if (row[column] > 0) counts.set(`${table} ${row.place} ${column}`, row[column])
    }
  }
  const [rejects] = await trial.rows<{ count: number }>('SELECT count() AS count FROM rejects FINAL')
  return { counts, rejects: rejects!.count }
}
