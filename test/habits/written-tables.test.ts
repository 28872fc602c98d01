/**
 * Two invariants that are habits of the code: what rows are sorted and partitioned by never changes about a record (I4),
 * and nothing but the recompute writes cells (I6). docs/guarantees.md
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const ROOMS = ['kpi', 'schemas', 'producers', 'processors', 'api', 'local', 'cli']

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|sql)$/.test(name))
    .map((name) => ({ file: join(room, name), text: readFileSync(join(ROOT, room, name), 'utf8') })),
)
const ddl = sources.filter(({ file }) => file.startsWith('schemas/ddl/'))

interface Table {
  name: string
  orderBy: string
  partitionBy: string | null
}

/** Without comments, whose words and semicolons are nobody's syntax. */
const statements = ddl.flatMap(({ text }) =>
  text
    .replace(/--.*$/gm, '')
    .replace(/'[^']*'/g, "''")
    .split(';'),
)

const tables: Table[] = statements.flatMap((statement) => {
  const name = /CREATE TABLE (\w+)/.exec(statement)?.[1]
  if (name === undefined) return []
  const orderBy = /ORDER BY (?:\(([^)]+)\)|(\w+))/.exec(statement)
  const partitionBy = /PARTITION BY ([^\n]+)/.exec(statement)?.[1] ?? null
  return [{ name, orderBy: orderBy?.[1] ?? orderBy?.[2] ?? '', partitionBy }]
})

const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

/** What a record is born with; a higher revision has the same. The last three are the revision itself. */
const SORTED_BY = {
  call_facts: 'cell, call_id, arrived_at, revision, emitted_at, content',
  ticket_facts: 'cell, ticket_id, accepted_at, revision, emitted_at, content',
  call_cells: 'definitions, cell',
  ticket_cells: 'definitions, cell',
  caller_days: 'definitions, time_zone, day',
  progress: 'topic, partition, from_offset, next_offset',
  rejects: 'topic, partition, offset',
}

test('facts, cells and the ledger are sorted by what never changes about them', () => {
  const found = tables.filter(({ name }) => name in SORTED_BY).map(({ name, orderBy }) => [name, orderBy])
  expect(Object.fromEntries(found)).toEqual(SORTED_BY)
})

test('a partition follows from the sort key: rows that replace each other lie in the same one', () => {
  expect(tables.filter(({ partitionBy }) => partitionBy !== null).length).toBeGreaterThanOrEqual(5)
  for (const { name, orderBy, partitionBy } of tables) {
    const columns = [...(partitionBy ?? '').matchAll(/\b[a-z_]+\b(?!\()/g)].map(([column]) => column)
    for (const column of columns) expect([name, orderBy.split(', ').includes(column)]).toEqual([name, true])
  }
})

test('no row is altered in place, and no key is changed afterwards', () => {
  expect(filesWith(/ALTER TABLE[^;]*\b(UPDATE|MODIFY ORDER BY|MODIFY PARTITION)\b/)).toEqual([])
})

test('only the recompute inserts cells, and only a repair deletes them', () => {
  const cells = '(call_cells|ticket_cells|caller_days)'
  expect(filesWith(new RegExp(`INSERT INTO [\`'"]?${cells}`)).sort()).toEqual([
    'processors/sql/recompute-call-cells.sql',
    'processors/sql/recompute-caller-days.sql',
    'processors/sql/recompute-ticket-cells.sql',
  ])
  expect(filesWith(new RegExp(`(table: |insert\\()'${cells}'`)).filter((file) => !isAudit(file))).toEqual([])
  expect(filesWith(/\b(DELETE FROM|TRUNCATE TABLE)\b/)).toEqual(['processors/reconcile/clickhouse-audited-store.ts'])
})

test('no recompute can touch a sealed cell', () => {
  const recomputes = sources.filter(({ file }) => /sql\/recompute-/.test(file))
  expect(recomputes).toHaveLength(3)
  for (const { file, text } of recomputes) {
    const guards = text.match(/>= \(SELECT max\(before_at\) FROM seals WHERE is_sealed\)/g) ?? []
    expect([file, guards.length]).toEqual([file, 1])
  }
})

test('a recompute counts facts and adds nothing to what was counted before', () => {
  for (const { file, text } of sources.filter(({ file }) => /sql\/recompute-/.test(file))) {
    const read = [...text.replace(/--.*$/gm, '').matchAll(/\bFROM (\w+)/g)].map(([, table]) => table)
    const facts = /ticket/.test(file) ? 'ticket_facts' : 'call_facts'
    // The seal is read too: it says which cells are left as they are.
    expect([file, [...new Set(read)]]).toEqual([file, [facts, 'seals']])
  }
})

/** The audit names tables to read and to repair; what it writes is asserted above. */
function isAudit(file: string): boolean {
  return file === 'processors/reconcile/clickhouse-audited-store.ts'
}
