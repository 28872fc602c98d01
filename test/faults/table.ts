/** What a run of the faults found, as a table for people. */
import type { Outcome } from './trial.ts'

export interface FaultRow extends Pick<Outcome, 'recordCount' | 'lost' | 'doubled'> {
  name: string
  times: number
  ended: string
  tookMs: number
}

export function faultTable(rows: readonly FaultRow[]): string {
  const sum = (name: 'times' | 'recordCount' | 'lost' | 'doubled') => rows.reduce((total, row) => total + row[name], 0)
  const lines = rows.map((row) => [
    row.name,
    String(row.times),
    row.recordCount.toLocaleString('en'),
    String(row.lost),
    String(row.doubled),
    row.ended,
    `${(row.tookMs / 1_000).toFixed(0)} s`,
  ])
  const total = [
    `${rows.length} kinds`,
    String(sum('times')),
    sum('recordCount').toLocaleString('en'),
    String(sum('lost')),
    String(sum('doubled')),
    '',
    '',
  ]
  const table = [['fault', 'times', 'records', 'lost', 'doubled', 'and then', 'took'], ...lines, total]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)))
  const text = (line: readonly string[]) =>
    `| ${line.map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 || column === 5 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [text(table[0]!), rule, ...table.slice(1).map(text)].join('\n')
}
