import { expect, test } from 'vitest'
import { requireSources } from '../../../producers/import/import-files.ts'
import { parseImportMap } from '../../../producers/import/import-map.ts'
import { callMap } from './import-into-array.ts'

function problemsOf(text: string): string[] {
  try {
    parseImportMap('map.yaml', text)
    return []
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
}

test('every problem of a map is told at once, each with its line', () => {
  const text = [
    'salt: short',
    'calls:',
    '  delimiter: colon',
    '  colums: { id: a }',
    '  columns: { id: a, arrivedAt: b, ended: c }',
    '  values:',
    '    outcome: { 已接通: ANSWRED }',
  ].join('\n')
  expect(problemsOf(text)).toEqual([
    'line 1: salt: expected a secret of 16 characters or more',
    'line 3: calls.delimiter: expected comma, tab, semicolon or pipe',
    'line 4: calls.colums: unknown setting',
    'line 5: calls.columns.ended: unknown setting',
    expect.stringMatching(/^line 7: calls\.values\.outcome\.已接通: expected one of ANSWERED, /),
  ])
})

test('what a shape cannot say is told too: what is missing, what needs a salt, what is no time', () => {
  const problems = problemsOf('calls:\n  times: [hh:mm]\n  columns: { caller: a, arrivedAt: b }\n')
  expect(problems.map((problem) => problem.replace(/,? expected.*| Add .*/, ''))).toEqual([
    'line 2: calls.times.0: hh:mm lacks a year, a month or a day',
    'line 3: calls.columns: neither columns.id and idFrom',
    'line 3: calls.columns: outcome is missing, here and in fixed',
    'line 3: calls.columns: line is missing, here and in fixed: the number that was dialled',
    'line 3: calls.columns.caller: callers need a salt.',
    'line 3: calls.columns: nothing says when a call ended: endedAt, totalSeconds, talkSeconds or queueSeconds',
    'line 3: calls.columns: nothing says when a call was answered: answeredAt, queueSeconds or talkSeconds',
  ])
})

test('a salt that is wrong is not told', () => {
  expect(problemsOf('salt: [hunter2]\ncalls: {}\n').join()).not.toContain('hunter2')
})

test('files and sources that do not go together are told before anything is read', () => {
  const map = callMap('')
  expect(() => requireSources({ map, callFiles: ['a', 'b'], ticketFiles: [] })).not.toThrow()
  expect(() => requireSources({ map, callFiles: [], ticketFiles: ['t'] })).toThrow(/no `tickets:`/)
  const two = { ...map, calls: [map.calls[0]!, map.calls[0]!] }
  expect(() => requireSources({ map: two, callFiles: ['a'], ticketFiles: [] })).toThrow(/2 entries/)
})
