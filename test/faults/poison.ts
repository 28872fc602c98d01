import { callMessage, ticketMessage, wire } from '../unit/schemas/messages.ts'

/** Messages that are no records, one for most reasons there are. */
export const POISON: readonly Buffer[] = [
  Buffer.from('hello'),
  Buffer.from([0, 0, 0, 1]),
  wire(99, Buffer.alloc(3)),
  ticketMessage(),
  wire(1, Buffer.alloc(3)),
  Buffer.concat([callMessage(), Buffer.from([1])]),
  callMessage({ call_id: '' }),
  callMessage({ revision: 0 }),
  callMessage({ queued_at: null }),
  callMessage({ ended_at: Date.UTC(2023, 2, 9) }),
  callMessage({ rating: 9 }),
  callMessage({ line: '热'.repeat(86) }),
]
