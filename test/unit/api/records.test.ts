import { describe, expect, test } from 'vitest'
import { aCall, aTicket } from '../kpi/made-by-hand.ts'
import { anApp, at } from './asked-app.ts'

const MARCH = 'from=2023-03-01&to=2023-04-01'

describe('pages of records', () => {
  test('hold each record once, in order, and end with no cursor', async () => {
    const { ask, records } = await anApp()
    records.callsInOrder = Array.from({ length: 7 }, (_, index) =>
      aCall({ callId: `电话-${index}`, arrivedAtMs: at('2023-03-10T09:00') + (index >> 1) }),
    )
    const seen: string[] = []
    let cursor = ''
    do {
      const answer = (await ask(`/v1/calls?${MARCH}&limit=3${cursor && `&cursor=${cursor}`}`)).json()
      seen.push(...answer.calls.map(({ callId }: { callId: string }) => callId))
      cursor = answer.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(records.callsInOrder.map(({ callId }) => callId))
  })

  test('ask the store for what was asked, to the millisecond', async () => {
    const { ask, records } = await anApp()
    await ask('/v1/calls?from=2023-03-10T09:07:00.001&to=2023-03-11&line=12345&region=&outcome=NO_SEAT')
    expect(records.asked).toEqual({
      range: { fromAtMs: at('2023-03-10T09:07:00.001'), toAtMs: at('2023-03-11T00:00') },
      line: '12345',
      region: '',
      outcome: 'NO_SEAT',
      after: null,
      rowsMax: 101,
    })
  })

  test('show the fields of the record, instants in the zone of the profile', async () => {
    const { ask, records } = await anApp()
    const acceptedAtMs = at('2023-03-10T09:00')
    records.ticketsInOrder = [
      aTicket({ ticketId: 'sim-1', acceptedAtMs, dueAtMs: acceptedAtMs + 1, emittedAtMs: acceptedAtMs }),
    ]
    const answer = (await ask(`/v1/tickets?${MARCH}`)).json()
    expect(answer).toMatchObject({ nextCursor: null, simulated: true })
    expect(answer.tickets[0]).toEqual({
      ticketId: 'sim-1',
      revision: 1,
      acceptedAt: '2023-03-10T09:00:00+08:00',
      callId: null,
      channel: 'PHONE',
      line: '12345',
      region: '211102',
      category: '',
      kind: 'HELP',
      status: 'ACCEPTED',
      resolution: null,
      unit: null,
      dueAt: '2023-03-10T09:00:00.001+08:00',
      closedAt: null,
      followedUpAt: null,
      satisfaction: null,
      emittedAt: '2023-03-10T09:00:00+08:00',
    })
  })

  test.each([
    ['from=2023-03-01', 'to'],
    [`${MARCH}&cursor=abc`, 'cursor'],
    [`${MARCH}&cursor=${Buffer.from('[1]').toString('base64url')}`, 'cursor'],
    [`${MARCH}&limit=0`, 'limit'],
    [`${MARCH}&limit=1001`, 'limit'],
    [`${MARCH}&limit=ten`, 'limit'],
    [`${MARCH}&outcome=LOST`, 'outcome'],
    [`${MARCH}&status=CLOSED`, 'status'],
  ])('%s is refused and names %s', async (query, parameter) => {
    const { ask } = await anApp()
    expect((await ask(`/v1/calls?${query}`)).json()).toMatchObject({ status: 400, parameter })
  })
})

describe('one record', () => {
  test('shows all its revisions', async () => {
    const { ask, records } = await anApp()
    records.callsInOrder = [aCall({ callId: '热/线 1', revision: 1 }), aCall({ callId: '热/线 1', revision: 2 })]
    const answer = (await ask(`/v1/calls/${encodeURIComponent('热/线 1')}`)).json()
    expect(answer.id).toBe('热/线 1')
    expect(answer.revisions.map(({ revision }: { revision: number }) => revision)).toEqual([1, 2])
  })

  test('that is not there is 404', async () => {
    const { ask } = await anApp()
    for (const url of ['/v1/calls/nobody', '/v1/tickets/nothing']) {
      expect((await ask(url)).json()).toMatchObject({ status: 404, code: 'STEADYLINE_RECORD_UNKNOWN' })
    }
  })
})
