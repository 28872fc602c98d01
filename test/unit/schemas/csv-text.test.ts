import { expect, test } from 'vitest'
import { csvText } from '../../../schemas/csv-text.ts'

test.each([
  ['=cmd()', `'=cmd()`],
  ['+86 138', `'+86 138`],
  ['-2+3', `'-2+3`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\tx', `'\tx`],
  ['＝1', `'＝1`],
])('%j would run as a formula in a spreadsheet and gets an apostrophe in front', (cell, written) => {
  expect(csvText([[cell]])).toBe(`${written}\n`)
})

test('a cell that begins with a carriage return is made harmless, and quoted for its line end', () => {
  expect(csvText([['\r=1']])).toBe(`"'\r=1"\n`)
})

test('a negative number stays a number, also where it comes as text', () => {
  expect(csvText([[-2.1, '-2.10', '98.01', 'a-b', null, 0]])).toBe('-2.1,-2.10,98.01,a-b,,0\n')
})

test('delimiters, quotes and line ends are quoted as RFC 4180 says', () => {
  expect(csvText([['a,b', 'say "no"', 'two\nlines']])).toBe('"a,b","say ""no""","two\nlines"\n')
})

test('a byte order mark stands in front only when it is asked for', () => {
  expect(csvText([['接通率']])).toBe('接通率\n')
  expect(csvText([['接通率']], { hasByteOrderMark: true })).toBe('\uFEFF接通率\n')
})
