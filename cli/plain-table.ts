import Table, { type HorizontalAlignment } from 'cli-table3'

/** A table without lines between its rows: thirty rows of figures fit a screen. */
export function plainTable(head: readonly string[], colAligns: HorizontalAlignment[]): Table.Table {
  return new Table({ head: [...head], colAligns, style: { head: [], border: [], compact: true } })
}
