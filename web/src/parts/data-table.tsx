import type { ComponentChildren } from 'preact'

export interface Column<Row> {
  head: ComponentChildren
  cell: (row: Row) => ComponentChildren
  /** `number` stands right-aligned in figures of one width. Default: `text` */
  kind?: 'text' | 'number'
  /** The cell that names its row; one per table. */
  isRowHead?: boolean
}

export interface DataTableProps<Row> {
  /** What the table is about, for those who hear it. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** Said in place of rows. */
  empty?: string
}

/** A table that scrolls sideways inside itself where it is wider than the page. */
export function DataTable<Row>({ caption, columns, rows, keyOf, empty }: DataTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={caption}>
      <table class="data">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, kind }, place) => (
              <th key={place} scope="col" class={kind === 'number' ? 'number' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ cell, kind, isRowHead }, place) =>
                isRowHead ? (
                  <th key={place} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={place} class={kind === 'number' ? 'number' : ''}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && empty !== undefined ? <p class="no-rows">{empty}</p> : null}
    </section>
  )
}
