import { expect, test } from 'vitest'
import { logPlaceOption } from '../../../cli/rejects/log-place.ts'
import { isMeant } from '../../../cli/rejects/republish.ts'
import { messageText, shownMessage } from '../../../cli/rejects/shown-message.ts'
import type { RejectedMessage } from '../../../processors/span.ts'
import { callMessage } from '../schemas/messages.ts'

const reject = (change: Partial<RejectedMessage>): RejectedMessage => ({
  topic: 'hotline.calls.v1',
  partition: 3,
  offset: 1042,
  code: 'BAD_RATING',
  reason: 'rating is 6, expected 1 to 5',
  key: Buffer.from('c-1'),
  value: callMessage({ rating: 6 }),
  ...change,
})

test.each(['hotline.calls.v1:3:1042', 'hotline.calls.v1/3@1042'])('%s is a place in the log', (text) => {
  expect(logPlaceOption(text)).toEqual({ topic: 'hotline.calls.v1', partition: 3, offset: 1042 })
})

test.each(['call-1', '3:1042', 'hotline.calls.v1:3', 'hotline.calls.v1:3:-1', 'a:1:2:3'])('%s is none', (text) => {
  expect(() => logPlaceOption(text)).toThrow(/expected topic:partition:offset/)
})

test('a message that breaks a rule is shown with its fields', () => {
  const text = messageText(shownMessage(reject({})))
  expect(text).toContain('hotline.calls.v1/3@1042\nBAD_RATING: rating is 6, expected 1 to 5\nkey: c-1\n')
  expect(text).toContain('  rating: 6')
})

test.each<[string, Buffer | null, RegExp]>([
  ['bytes without sense', Buffer.from('hello'), /value: 5 bytes\n {2}68656c6c6f\nfields: they cannot be read/],
  ['no value', null, /value: none/],
  ['very many bytes', Buffer.alloc(10_000), /… the rest: --format json/],
])('%s are shown as they came', (_what, value, text) => {
  expect(messageText(shownMessage(reject({ value, key: null })))).toMatch(text)
})

//  offset   1041   1042   1043
//                 [      [
test('a range of offsets holds its first and not its last', () => {
  const range = { fromOffset: 1042, toOffset: 1043 }
  expect([1041, 1042, 1043].map((offset) => isMeant(reject({ offset }), range))).toEqual([false, true, false])
  expect(isMeant(reject({}), { codes: ['BAD_ID', 'BAD_RATING'], topic: 'hotline.calls.v1', partition: 3 })).toBe(true)
  expect(isMeant(reject({}), { topic: 'hotline.tickets.v1' })).toBe(false)
})
