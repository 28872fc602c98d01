import { describe, expect, test } from 'vitest'
import { readStatement } from '../../../local/store-server/statement.ts'

function fileInsertOf(text: string): { sql: string; rows: string } {
  const statement = readStatement(text)
  if (statement.kind !== 'insert-of-bytes')
    throw new Error(`${text}: read as ${statement.kind}, expected an insert of bytes`)
  return { sql: statement.fromFile('incoming/1').replace(/\s+/g, ' '), rows: text.slice(statement.bytesFrom) }
}

describe('an insert of bytes reads them from a file, and nothing else of it changes', () => {
  test.each([
    ['a table', 'INSERT INTO t FORMAT RowBinary', "INSERT INTO t FROM INFILE 'incoming/1' FORMAT RowBinary"],
    [
      'columns',
      'insert into db.t (a, `b`) format CSV',
      "insert into db.t (a, `b`) FROM INFILE 'incoming/1' format CSV",
    ],
    [
      'settings',
      'INSERT INTO t SETTINGS async_insert=0 FORMAT TSV',
      "INSERT INTO t FROM INFILE 'incoming/1' SETTINGS async_insert=0 FORMAT TSV",
    ],
    [
      'the format of that name',
      'INSERT INTO t (a) FORMAT Values',
      "INSERT INTO t (a) FROM INFILE 'incoming/1' FORMAT Values",
    ],
    ['VALUES in the body', 'INSERT INTO t (a) VALUES', "INSERT INTO t (a) FROM INFILE 'incoming/1' FORMAT Values"],
    [
      'settings before VALUES',
      'INSERT INTO t SETTINGS x=1 VALUES',
      "INSERT INTO t FROM INFILE 'incoming/1' SETTINGS x=1 FORMAT Values",
    ],
    [
      'a column named format',
      'INSERT INTO t (format, b) FORMAT CSV',
      "INSERT INTO t (format, b) FROM INFILE 'incoming/1' FORMAT CSV",
    ],
    [
      'comments',
      '/* FORMAT x */ INSERT INTO t -- FORMAT y\n FORMAT CSV',
      "/* FORMAT x */ INSERT INTO t -- FORMAT y FROM INFILE 'incoming/1' FORMAT CSV",
    ],
  ])('%s', (_what, text, sql) => {
    expect(fileInsertOf(text).sql).toBe(sql)
  })

  test.each([
    ['one line break belongs to the statement', 'INSERT INTO t FORMAT CSV\n1\n2\n', '1\n2\n'],
    ['only one', 'INSERT INTO t FORMAT RowBinary\n\nx', '\nx'],
    ['blanks on its line too', 'INSERT INTO t FORMAT JSONEachRow  {"a":1}', '{"a":1}'],
    ['a semicolon is not a row', 'INSERT INTO t FORMAT CSV;\n1', '1'],
    ['rows may look like SQL', "INSERT INTO t FORMAT CSV\n'; SELECT 1", "'; SELECT 1"],
  ])('%s', (_promise, text, rows) => {
    expect(fileInsertOf(text).rows).toBe(rows)
  })
})

test.each([
  ['INSERT INTO t SELECT 1 FORMAT Null', 'write'],
  ['INSERT INTO t (a) VALUES (1), ({n:UInt8})', 'write'],
  ['SELECT 1', 'ordinary'],
  ['CREATE TABLE insert (a UInt8) ENGINE = Memory', 'ordinary'],
])('%s is no insert of bytes', (text, kind) => {
  expect(readStatement(text).kind).toBe(kind)
})

test.each([
  ['SELECT 1', null],
  ['SELECT 1 FORMAT JSON', 'JSON'],
  ['SELECT 1 FORMAT JSON;  ', 'JSON'],
  ['SELECT 1 FORMAT CSV SETTINGS max_threads = 1', 'CSV'],
  ["SELECT ' FORMAT JSON'", null],
  ['SELECT (SELECT format FROM t) -- FORMAT JSON', null],
  ['SELECT $q$ FORMAT JSON; $q$', null],
])('the format that %s asks for is %s', (text, format) => {
  expect(readStatement(text)).toEqual({ kind: 'ordinary', format })
})

describe('what a server refuses is refused, though the embedded engine would do it', () => {
  test.each([
    ['several statements', 'SELECT 1; SELECT 2', 62],
    ['an empty one', ' -- nothing\n', 62],
    ['a file to read', "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV", 48],
    ['a file to write', "SELECT 1 INTO OUTFILE '/tmp/x' FORMAT CSV", 48],
  ])('%s', (_what, text, code) => {
    expect(() => readStatement(text)).toThrow(expect.objectContaining({ code }))
  })

  test.each(["SELECT ';'", 'SELECT 1;', 'SELECT 1; -- the end; really'])('but not %s', (text) => {
    expect(readStatement(text).kind).toBe('ordinary')
  })
})
