import { expect, test } from 'vitest'
import { readStatement, STATEMENT_FORM, statementHashOf, statementIdOf } from '../../../schemas/statement.ts'

const KEY = {
  profile: 'panjin-2023',
  profileVersion: 'abcdef012345',
  definitions: '0123456789ab',
  period: '2023-Q1',
  from: '2023-01-01T00:00:00+08:00',
  to: '2023-04-01T00:00:00+08:00',
  evidence: { calls: 10, tickets: 7, dueTickets: 1 },
  statusOf: { calls: 'final', tickets: 'final' },
  form: STATEMENT_FORM,
} as const

const content = { id: statementIdOf(KEY), ...KEY, kpis: [{ id: 'connectionRate', numerator: 49, denominator: 50 }] }
const statement = { sha256: statementHashOf(content), ...content }
const text = JSON.stringify(statement, null, 2)

test('the id follows from what a statement was made of, whatever the order of its fields', () => {
  const { period, ...rest } = KEY
  expect(statementIdOf({ ...rest, period })).toBe(statementIdOf(KEY))
  for (const change of [
    { period: '2023-Q2' },
    { profileVersion: 'other' },
    { definitions: 'other' },
    { evidence: { ...KEY.evidence, dueTickets: 2 } },
    { statusOf: { calls: 'final', tickets: 'provisional' } as const },
  ]) {
    expect(statementIdOf({ ...KEY, ...change })).not.toBe(statementIdOf(KEY))
  }
})

test('white space and the order of fields are no fault: the hash is of the canonical form', () => {
  const { kpis, ...rest } = statement
  expect(readStatement(JSON.stringify({ kpis, ...rest })).fault).toBeNull()
  expect(readStatement(text).fault).toBeNull()
})

test.each([
  ['a figure', text.replace('"numerator": 49', '"numerator": 48'), /content has the SHA-256/],
  ['the hash', text.replace(/"sha256": "./, '"sha256": "z'), /content has the SHA-256/],
  ['a name that stands twice', text.replace('"numerator": 49', '"numerator": 50, "numerator": 49'), /twice/],
  ['the end', text.slice(0, -1), /neither JSON/],
  ['everything', '{}', /no statement/],
])('a fault is found in %s', (_what, forged, why) => expect(readStatement(forged).fault).toMatch(why))

test('one who mends the hash of another evidence is found by the id', () => {
  const other = { ...content, evidence: { ...KEY.evidence, calls: 11 } }
  expect(readStatement(JSON.stringify({ ...other, sha256: statementHashOf(other) })).fault).toMatch(/gives the id/)
})

test.each(['0', 'x', '"'])('no byte can be made %s without being found', (byte) => {
  for (let place = 0; place < text.length; place++) {
    if (text[place] === byte) continue
    const forged = text.slice(0, place) + byte + text.slice(place + 1)
    expect(readStatement(forged).fault, forged).not.toBeNull()
  }
})
