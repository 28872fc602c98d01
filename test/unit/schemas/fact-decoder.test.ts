import { describe, expect, test } from 'vitest'
import { FactDecoder } from '../../../schemas/fact-decoder.ts'
import type { RecordName } from '../../../schemas/wire-format.ts'
import { callMessage, ticketMessage, wire } from './messages.ts'
import { factRowsOf } from './native-rows.ts'
import { someCall } from './records.ts'

const DAY_MS = 86_400_000
function codeOf(record: RecordName, message: Buffer | null) {
  const decoder = new FactDecoder(record)
  return decoder.write(message, decoder.emptyBlock())?.code ?? 'FACT'
}
const callCode = (message: Buffer | null) => codeOf('call.v1', message)
const ticketCode = (message: Buffer | null) => codeOf('ticket.v1', message)
const at = someCall().arrived_at

function contentOf(message: Buffer): unknown {
  const decoder = new FactDecoder('call.v1')
  const block = decoder.emptyBlock()
  expect(decoder.write(message, block)).toBeNull()
  return factRowsOf(block)[0]!.content
}

describe('the first code of the list that applies', () => {
  test.each([
    ['null without a header', null, 'NOT_WIRE_FORMAT'],
    ['four bytes', Buffer.from([0, 0, 0, 0]), 'NOT_WIRE_FORMAT'],
    ['a first byte that is not 0', Buffer.from([1, 0, 0, 0, 1, 0]), 'NOT_WIRE_FORMAT'],
    ['an unknown schema id', wire(77, Buffer.alloc(1)), 'UNKNOWN_SCHEMA'],
    ['the schema of another topic', ticketMessage(), 'UNKNOWN_SCHEMA'],
    ['an empty body', wire(1, Buffer.alloc(0)), 'UNDECODABLE'],
    ['bytes left over', Buffer.concat([callMessage({}), Buffer.from([0])]), 'UNDECODABLE'],
    ['an empty id', callMessage({ call_id: '' }), 'BAD_ID'],
    ['an id of 65 characters', callMessage({ call_id: '热'.repeat(65) }), 'BAD_ID'],
    ['an id of 64 characters of four bytes', callMessage({ call_id: '𠮷'.repeat(64) }), 'FACT'],
    ['revision 0', callMessage({ revision: 0 }), 'BAD_REVISION'],
    ['an empty id and revision 0: the id speaks first', callMessage({ call_id: '', revision: 0 }), 'BAD_ID'],
    ['answered without having queued', callMessage({ queued_at: null }), 'ANSWERED_WITHOUT_QUEUE'],
    ['an outbound call is answered without a queue', callMessage({ queued_at: null, direction: 'OUTBOUND' }), 'FACT'],
    ['ended before it was answered', callMessage({ ended_at: at + 11_999 }), 'ORDER_OF_INSTANTS'],
    [
      'queued before it arrived, unanswered',
      callMessage({ queued_at: at - 1, answered_at: null }),
      'ORDER_OF_INSTANTS',
    ],
    ['all instants equal', callMessage({ queued_at: at, answered_at: at, ended_at: at }), 'FACT'],
    [
      'ended a day and a millisecond after it was emitted',
      callMessage({ ended_at: at + DAY_MS + 1, emitted_at: at }),
      'INSTANT_OUT_OF_RANGE',
    ],
    ['ended a day after it was emitted', callMessage({ ended_at: at + DAY_MS, emitted_at: at }), 'FACT'],
    ['an instant in 1989', callMessage({ arrived_at: Date.UTC(1990, 0, 1) - 1 }), 'INSTANT_OUT_OF_RANGE'],
    ['emitted in 2100', callMessage({ emitted_at: Date.UTC(2100, 0, 1) }), 'INSTANT_OUT_OF_RANGE'],
    ['a rating of 0', callMessage({ rating: 0 }), 'BAD_RATING'],
    ['a rating of 6', callMessage({ rating: 6 }), 'BAD_RATING'],
    ['a line of 257 bytes', callMessage({ line: 'x'.repeat(257) }), 'FIELD_TOO_LONG'],
    ['a line of 256 bytes', callMessage({ line: 'x'.repeat(256) }), 'FACT'],
  ])('%s', (_what, message, code) => expect(callCode(message)).toBe(code))

  test.each([
    ['closed before it was accepted', ticketMessage({ closed_at: at - 1 }), 'ORDER_OF_INSTANTS'],
    ['due in years', ticketMessage({ due_at: at + 3_000 * DAY_MS }), 'FACT'],
    ['due in 2100', ticketMessage({ due_at: Date.UTC(2100, 0, 1) }), 'INSTANT_OUT_OF_RANGE'],
    [
      'followed up long after it was emitted',
      ticketMessage({ followed_up_at: at + 2 * DAY_MS }),
      'INSTANT_OUT_OF_RANGE',
    ],
    [
      'followed up before it was accepted: no order is asked of it',
      ticketMessage({ followed_up_at: at - 5_000 }),
      'FACT',
    ],
    ['a satisfaction of 6', ticketMessage({ satisfaction: 6 }), 'BAD_RATING'],
    ['the id of its call has 257 bytes', ticketMessage({ call_id: 'x'.repeat(257) }), 'FIELD_TOO_LONG'],
  ])('a ticket: %s', (_what, message, code) => expect(ticketCode(message)).toBe(code))

  test('instants beyond 2^53 are compared exactly before their range is looked at', () => {
    const body = (arrived: bigint, ended: bigint) =>
      wire(
        1,
        Buffer.concat([
          text('c-1'),
          zigzag(1n),
          zigzag(arrived),
          text('12345'),
          text(''),
          zigzag(0n),
          text('p'),
          zigzag(0n),
          zigzag(0n),
          zigzag(ended),
          zigzag(0n),
          zigzag(0n),
          zigzag(0n),
          zigzag(BigInt(at)),
        ]),
      )
    expect(callCode(body(2n ** 60n + 1n, 2n ** 60n))).toBe('ORDER_OF_INSTANTS')
    expect(callCode(body(2n ** 60n, 2n ** 60n + 1n))).toBe('INSTANT_OUT_OF_RANGE')
  })
})

describe('the content hash', () => {
  test('is a function of the content alone', () => {
    expect(contentOf(callMessage({}))).toBe(contentOf(callMessage({})))
    expect(contentOf(callMessage({ rating: 4 }))).not.toBe(contentOf(callMessage({})))
    expect(contentOf(callMessage({ rating: null }))).not.toBe(contentOf(callMessage({})))
  })

  test('does not confuse the same text in neighbouring fields', () => {
    expect(contentOf(callMessage({ line: 'ab', region: 'c' }))).not.toBe(
      contentOf(callMessage({ line: 'a', region: 'bc' })),
    )
  })

  test('speaks of reasons without any text of the record', () => {
    const decoder = new FactDecoder('call.v1')
    const rejection = decoder.write(callMessage({ caller: '13900000000'.repeat(30) }), decoder.emptyBlock())
    expect(rejection?.reason).toBe('caller has 330 bytes, expected at most 256')
  })
})

function zigzag(value: bigint): Buffer {
  let rest = value >= 0n ? value * 2n : -value * 2n - 1n
  const bytes: number[] = []
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([zigzag(BigInt(bytes.length)), bytes])
}
