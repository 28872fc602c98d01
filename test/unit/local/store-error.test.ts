import { expect, test } from 'vitest'
import { codeOf, StoreError, statusOf } from '../../../local/store-server/store-error.ts'

test.each([
  [
    'the engine writes its number into the message',
    new Error('Code: 60. DB::Exception: Unknown table. (UNKNOWN_TABLE)'),
    60,
  ],
  ['the server’s own errors carry theirs', new StoreError(202, 'too many', 'TOO_MANY_SIMULTANEOUS_QUERIES'), 202],
  ['anything else is STD_EXCEPTION', new Error('disk fell off'), 1001],
])('%s', (_promise, error, code) => {
  expect(codeOf(error)).toBe(code)
})

test('a mistake of the client’s is never a 500, and a busy server says that it may be asked again', () => {
  expect([62, 60, 202, 1001].map(statusOf)).toEqual([400, 404, 503, 500])
})
