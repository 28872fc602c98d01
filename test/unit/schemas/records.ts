/** A call and a ticket that count, as Avro sees them; tests change what they are about. */

const ARRIVED_AT = Date.UTC(2023, 2, 10, 1, 0, 0)

export function someCall() {
  return {
    call_id: 'c-1',
    revision: 1,
    arrived_at: ARRIVED_AT,
    line: '12345',
    region: '211102',
    direction: 'INBOUND',
    caller: 'p-1',
    queued_at: (ARRIVED_AT + 5_000) as number | null,
    answered_at: (ARRIVED_AT + 12_000) as number | null,
    ended_at: ARRIVED_AT + 90_000,
    agent: 'seat-01' as string | null,
    outcome: 'ANSWERED',
    rating: 5 as number | null,
    emitted_at: ARRIVED_AT + 91_000,
  }
}

export function someTicket() {
  return {
    ticket_id: 't-1',
    revision: 1,
    accepted_at: ARRIVED_AT,
    call_id: 'c-1' as string | null,
    channel: 'PHONE',
    line: '12345',
    region: '211102',
    category: '0101',
    kind: 'HELP',
    status: 'DISPATCHED',
    resolution: 'DISPATCHED' as string | null,
    unit: 'unit-1' as string | null,
    due_at: (ARRIVED_AT + 5 * 86_400_000) as number | null,
    closed_at: null as number | null,
    followed_up_at: null as number | null,
    satisfaction: null as number | null,
    emitted_at: ARRIVED_AT + 1_000,
  }
}
