/** Who may write what in ClickHouse is granted by docker/clickhouse/users.xml: no less than the program needs, and no more. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const users = readFileSync('docker/clickhouse/users.xml', 'utf8')

function grantsOf(user: string): string[] {
  const section = new RegExp(`<${user}>([\\s\\S]*?)</${user}>`).exec(users)?.[1]
  if (section === undefined) throw new Error(`docker/clickhouse/users.xml has no user ${user}`)
  return [...section.matchAll(/<query>(.*?)<\/query>/g)].map(([, query]) => query!)
}

/** Tables that files of a folder insert into. */
function insertedBy(folder: string): Set<string> {
  const tables = new Set<string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|sql)$/.test(entry.name)) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const [, table] of text.matchAll(/INSERT INTO (\w+)/g)) tables.add(table!)
    for (const [, table] of text.matchAll(/\.insert\(\{\s*table: '(\w+)'/g)) tables.add(table!)
  }
  return tables
}

test('the API may insert into the tables it inserts into, and into no other', () => {
  const granted = grantsOf('steadyline_statements').flatMap(
    (grant) => /^GRANT INSERT ON steadyline\.(\w+)$/.exec(grant)?.[1] ?? [],
  )
  expect(insertedBy('api')).toEqual(new Set(granted))
})

test('the reader is granted nothing but reading', () => {
  expect(grantsOf('steadyline_reader')).toEqual(['GRANT SHOW, SELECT ON steadyline*.*', 'GRANT SELECT ON system.*'])
  expect(users).toMatch(/<steadyline_reading>[\s\S]*<readonly>2<\/readonly>[\s\S]*<\/steadyline_reading>/)
})

test('nobody but the operator may delete or drop', () => {
  for (const user of ['steadyline_processor', 'steadyline_statements', 'steadyline_reader']) {
    const grants = grantsOf(user).filter((grant) => grant.startsWith('GRANT'))
    expect(grants.join('\n')).not.toMatch(/\bALL\b|DROP (TABLE|DATABASE)|TRUNCATE/)
  }
  expect(grantsOf('steadyline_processor')).toContain('REVOKE ALTER DELETE, ALTER UPDATE ON steadyline*.*')
})
