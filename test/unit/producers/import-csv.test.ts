import { expect, test } from 'vitest'
import { csvRows, delimiterOf } from '../../../producers/import/csv-rows.ts'
import { encodingOf, textOf } from '../../../producers/import/source-text.ts'
import { callMap, fileOf, importIntoArray } from './import-into-array.ts'

async function rowsOf(...pieces: string[]) {
  const text = (async function* () {
    yield* pieces
  })()
  const rows = []
  for await (const { line, cells } of csvRows(text, { file: 'x.csv', delimiter: 'comma', hasQuotes: true }))
    rows.push([line, ...cells])
  return rows
}

test('quotes, doubled quotes, delimiters and line ends in quotes are part of a cell; lines are those of the file', async () => {
  expect(await rowsOf('a,"b,c","say ""no"""\n1,"two\nlines",3\n\n4,5,6')).toEqual([
    [1, 'a', 'b,c', 'say "no"'],
    [2, '1', 'two\nlines', '3'],
    [5, '4', '5', '6'],
  ])
})

test('a quote within a bare cell is a character, as in ="138"', async () => {
  expect(await rowsOf('="138",5" pipe\n')).toEqual([[1, '="138"', '5" pipe']])
})

test('a quote that is never closed stops the import at its line instead of swallowing the rest', async () => {
  await expect(rowsOf('a,b\n1,2\n3,"open\n5,6\n')).rejects.toThrow(/line 3: a quote opens/)
})

test.each([
  ['a,b,c', 'comma'],
  ['a\tb,c\td', 'tab'],
  ['"a,b,c";d;e', 'semicolon'],
  ['one', 'comma'],
])('of %j the delimiter is a %s', (line, name) => expect(delimiterOf(line)).toBe(name))

const CHINESE_GBK = Uint8Array.from([0xbd, 0xd3, 0xcd, 0xa8]) // 接通

test.each([
  ['Chinese names in UTF-8', Buffer.from('接通,a\n1,2\n'), 'utf-8'],
  ['Chinese names in GBK', Buffer.concat([CHINESE_GBK, Buffer.from(',a\n1,2\n')]), 'gbk'],
  ['names in ASCII, GBK below', Buffer.concat([Buffer.from('a,b\n1,'), CHINESE_GBK, Buffer.from('\n')]), 'gbk'],
  [
    'a broken byte below Chinese names in UTF-8',
    Buffer.concat([Buffer.from('接通\n'), Uint8Array.from([0xff])]),
    'utf-8',
  ],
  ['a byte order mark', Buffer.from('\uFEFFa,b\n'), 'utf-8'],
  ['UTF-16 as Excel writes "Unicode text"', Buffer.from('\uFEFFa\tb\n', 'utf16le'), 'utf-16le'],
  ['an empty file', Buffer.alloc(0), 'utf-8'],
])('%s is found out', async (_case, bytes, encoding) => {
  expect(await encodingOf(fileOf(bytes))).toBe(encoding)
})

test('line ends of any system become line feeds', async () => {
  let text = ''
  for await (const piece of textOf(fileOf('a\r\nb\rc\nd\r\n'), 'utf-8')) text += piece
  expect(text).toBe('a\nb\nc\nd\n')
})

const ROW = '2023-03-10 09:00:00,2023-03-10 09:03:00,8,ANSWERED'

test('TSV and semicolons need no setting', async () => {
  const comma = `id,arrived,ended,wait,outcome\nc-1,${ROW}\n`
  for (const delimiter of ['\t', ';', '|']) {
    const { calls, listed } = await importIntoArray({
      map: callMap(''),
      calls: [fileOf(comma.replaceAll(',', delimiter))],
    })
    expect([calls.length, calls[0]?.callId, listed]).toEqual([1, 'c-1', []])
  }
})

test('rows with too few or too many columns are listed, and the others go in', async () => {
  const file = fileOf(`id,arrived,ended,wait,outcome\nc-1,${ROW}\nc-2,2023-03-10\nc-3,${ROW},more\nc-4,${ROW}\n`)
  const { calls, listed } = await importIntoArray({ map: callMap(''), calls: [file] })
  expect(calls.map(({ callId }) => callId)).toEqual(['c-1', 'c-4'])
  expect(listed[0]).toMatch(/^3: 2 columns, expected 5/)
  expect(listed[1]).toBe('4: 6 columns, expected 5')
})

test('a file without a row of names gets them from the map', async () => {
  const map = callMap('  header: [id, arrived, ended, wait, outcome]\n')
  const { calls } = await importIntoArray({ map, calls: [fileOf(`c-1,${ROW}\nc-2,${ROW}\n`)] })
  expect(calls.length).toBe(2)
})

test('a missing column stops the import, and what the first row reads is told without numbers of callers', async () => {
  const file = fileOf(`c-1,2023-03-10 09:00:00,13812345678,8,ANSWERED\n`)
  const failed = importIntoArray({ map: callMap(''), calls: [file] })
  await expect(failed).rejects.toThrow(/has no column id, arrived, ended, wait, outcome/)
  await expect(failed).rejects.not.toThrow(/13812345678/)
})

test('what a list shows of a cell is never a number of a caller, whatever column the map points at', async () => {
  const map = callMap('', 'id: id, arrivedAt: caller, endedAt: ended, queueSeconds: caller, outcome: caller')
  const file = fileOf('id,caller,ended\nc-1,138-1234-5678,2023-03-10 09:00:00\n')
  const { listed } = await importIntoArray({ map, calls: [file] })
  expect(listed.join()).toContain('of the shape 999-9999-9999')
  expect(listed.join()).not.toMatch(/1234/)
})

test('without an id column ids are made from columns: the same file, the same ids', async () => {
  const columns = 'arrivedAt: arrived, endedAt: ended, queueSeconds: wait, outcome: outcome'
  const map = callMap('  idFrom: [seat, arrived]\n', columns)
  const file = fileOf(`seat,arrived,ended,wait,outcome\n101,${ROW}\n102,${ROW}\n`)
  const ids = async () => (await importIntoArray({ map, calls: [file] })).calls.map(({ callId }) => callId)
  const [one, other] = await ids()
  expect(one).toMatch(/^made-[0-9a-f]{20}$/)
  expect(other).not.toBe(one)
  expect(await ids()).toEqual([one, other])
})

test('a line that stands twice counts once; two states of a call count as one, and both lines are told', async () => {
  const other = ROW.replace('09:03:00', '09:04:00')
  const file = fileOf(`id,arrived,ended,wait,outcome\nc-1,${ROW}\nc-2,${ROW}\nc-1,${ROW}\nc-2,${other}\n`)
  const { totals, callsCount } = await importIntoArray({ map: callMap(''), calls: [file] })
  expect(callsCount).toBe(4)
  expect([totals.calls.offered, totals.repeatedCount, totals.outdoneCount, totals.movedCount]).toEqual([2, 1, 1, 0])
  expect(totals.meetings.map(({ kind, place, other: by }) => [kind, place.line, by.line])).toEqual([['outdone', 3, 5]])
})

test('an id at two instants of arrival is two calls, and is told', async () => {
  const file = fileOf(`id,arrived,ended,wait,outcome\nc-1,${ROW}\nc-1,${ROW.replace('09:00:00', '09:00:01')}\n`)
  const { totals } = await importIntoArray({ map: callMap(''), calls: [file] })
  expect([totals.calls.offered, totals.movedCount]).toEqual([2, 1])
})
