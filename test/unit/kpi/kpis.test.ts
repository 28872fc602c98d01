import { describe, expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import { addCallCounts, CALL_COUNT_NAMES, type CallCounts, countCall, NO_CALLS } from '../../../kpi/call-counts.ts'
import type { Definitions } from '../../../kpi/definitions.ts'
import { addDueCounts, countDue, type DueCounts, NOTHING_DUE } from '../../../kpi/due-counts.ts'
import { type Fraction, ratioOf } from '../../../kpi/fraction.ts'
import { fractionIn, KPI_IDS, type KpiId } from '../../../kpi/kpi.ts'
import { KPIS } from '../../../kpi/kpis.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { addTicketCounts, countTicket, NO_TICKETS } from '../../../kpi/ticket-counts.ts'
import { aCall, aTicket, PANJIN_DEFINITIONS } from './made-by-hand.ts'

const WITH_RULE: Definitions = { ...PANJIN_DEFINITIONS, shortAbandonMsMax: 5000 }

function ofCalls(id: KpiId, calls: Call[], definitions = PANJIN_DEFINITIONS): Fraction {
  const counts = calls.map((call) => countCall(call, definitions)).reduce(addCallCounts, NO_CALLS)
  return fraction(id, { calls: counts })
}

function ofTickets(id: KpiId, tickets: Ticket[]): Fraction {
  const counts = tickets.map((ticket) => countTicket(ticket, PANJIN_DEFINITIONS)).reduce(addTicketCounts, NO_TICKETS)
  return fraction(id, { tickets: counts, due: tickets.map(countDue).reduce(addDueCounts, NOTHING_DUE) })
}

function fraction(id: KpiId, counts: { calls?: CallCounts; tickets?: typeof NO_TICKETS; due?: DueCounts }): Fraction {
  const kpi = KPIS.find((candidate) => candidate.id === id)!
  return fractionIn(
    {
      calls: NO_CALLS,
      tickets: NO_TICKETS,
      due: NOTHING_DUE,
      callers: { callers: 3, answered_callers: 2 },
      ...counts,
    },
    kpi,
  )
}

describe('the dictionary', () => {
  test('has each of the 14 KPIs once, with every word filled in', () => {
    expect(KPIS.map(({ id }) => id)).toEqual(KPI_IDS)
    for (const kpi of KPIS) {
      for (const word of [kpi.nameZh, kpi.nameEn, kpi.formula, kpi.numerator, kpi.denominator, kpi.source]) {
        expect(word, kpi.id).not.toBe('')
      }
      expect(kpi.base.zh).toMatch(/^本期/)
      expect(kpi.base.en).not.toBe('')
    }
  })

  test('an empty period has no rate, neither 0 % nor 100 %', () => {
    for (const kpi of KPIS) {
      const counts = {
        calls: NO_CALLS,
        tickets: NO_TICKETS,
        due: NOTHING_DUE,
        callers: { callers: 0, answered_callers: 0 },
      }
      expect(ratioOf(fractionIn(counts, kpi)), kpi.id).toBeNull()
    }
  })
})

describe('a call is offered, or not', () => {
  test.each<[string, Partial<Call>, number]>([
    ['a caller who asked for a person is', {}, 1],
    ['a caller who never asked for one is not', { queuedAtMs: null, answeredAtMs: null, outcome: 'IVR_COMPLETED' }, 0],
    ['a call that we made is not', { direction: 'OUTBOUND' }, 0],
    ['a test is not', { outcome: 'TEST' }, 0],
    ['a blacklisted number is not', { outcome: 'BLACKLISTED' }, 0],
    ['a record declared void is not', { outcome: 'VOID' }, 0],
    [
      'a refusal because the queue was full is: it queued at that instant',
      { answeredAtMs: null, outcome: 'NO_SEAT' },
      1,
    ],
  ])('%s', (_promise, change, offered) => {
    expect(countCall(aCall(change), PANJIN_DEFINITIONS).offered).toBe(offered)
  })
})

describe('an offered call is in exactly one class, the first that applies', () => {
  const noAnswer = { answeredAtMs: null }
  test.each<[string, Partial<Call>, keyof CallCounts]>([
    ['spoken with a person', {}, 'answered'],
    ['spoken with a person, whatever the outcome says', { outcome: 'WAITING_ABANDONED' }, 'answered'],
    ['hung up in the queue', { ...noAnswer, outcome: 'WAITING_ABANDONED' }, 'abandoned'],
    ['hung up while a seat rang', { ...noAnswer, outcome: 'RINGING_ABANDONED' }, 'abandoned'],
    ['no seat', { ...noAnswer, outcome: 'NO_SEAT' }, 'no_seat'],
    ['flowed out', { ...noAnswer, outcome: 'FLOWED_OUT' }, 'flowed_out'],
    ['the system failed', { ...noAnswer, outcome: 'SYSTEM_FAILED' }, 'failed'],
    ['picked up without a millisecond of talk', { answeredAtMs: 10_000, endedAtMs: 10_000 }, 'other'],
    ['said to be answered, with no answer', { ...noAnswer, outcome: 'ANSWERED' }, 'other'],
    ['back in the menu after queueing', { ...noAnswer, outcome: 'IVR_COMPLETED' }, 'other'],
    ['hung up in the menu after queueing', { ...noAnswer, outcome: 'IVR_ABANDONED' }, 'other'],
  ])('%s', (_promise, change, expected) => {
    const counts = countCall(aCall(change), PANJIN_DEFINITIONS)
    const { answered, abandoned, no_seat, flowed_out, failed, other } = counts
    expect(counts[expected]).toBe(1)
    expect(answered + abandoned + no_seat + flowed_out + failed + other).toBe(counts.offered)
    expect(counts.offered).toBe(1)
  })
})

describe('short abandons', () => {
  //  queued 2 s              ended 7 s
  //  [ - - - - 5000 ms - - - - ]      the limit is inclusive
  const gaveUp = (endedAtMs: number): Call =>
    aCall({ queuedAtMs: 2000, answeredAtMs: null, endedAtMs, outcome: 'WAITING_ABANDONED' })

  test('exactly the limit is short', () => {
    expect(countCall(gaveUp(7000), WITH_RULE)).toMatchObject({ offered: 0, short_abandoned: 1, abandoned: 0 })
  })
  test('a millisecond more is an abandoned call', () => {
    expect(countCall(gaveUp(7001), WITH_RULE)).toMatchObject({ offered: 1, short_abandoned: 0, abandoned: 1 })
  })
  test('0 switches the rule off, also for calls that waited 0 ms', () => {
    expect(countCall(gaveUp(2000), PANJIN_DEFINITIONS)).toMatchObject({ offered: 1, short_abandoned: 0, abandoned: 1 })
  })
  test('the system failing at once is not a short abandon', () => {
    expect(countCall({ ...gaveUp(2000), outcome: 'SYSTEM_FAILED' }, WITH_RULE)).toMatchObject({ offered: 1, failed: 1 })
  })
  test('a test call is not counted as a short abandon either', () => {
    expect(countCall({ ...gaveUp(2000), outcome: 'TEST' }, WITH_RULE)).toMatchObject({ offered: 0, short_abandoned: 0 })
  })
})

describe('KPIs of calls', () => {
  const answered = aCall()
  const abandoned = aCall({ answeredAtMs: null, outcome: 'WAITING_ABANDONED' })

  test('connectionRate, abandonmentRate: of offered calls', () => {
    const calls = [answered, answered, abandoned, aCall({ answeredAtMs: null, outcome: 'NO_SEAT' })]
    expect(ofCalls('connectionRate', calls)).toEqual({ numerator: 2, denominator: 4 })
    expect(ofCalls('abandonmentRate', calls)).toEqual({ numerator: 1, denominator: 4 })
  })

  test.each([
    ['exactly the threshold is in time', 17_000, 1],
    ['a millisecond more is not', 17_001, 0],
  ])('an answer after %s', (_promise, answeredAtMs, fast) => {
    const calls = [aCall({ queuedAtMs: 2000, answeredAtMs }), abandoned]
    expect(ofCalls('answeredIn15sOfOffered', calls)).toEqual({ numerator: fast, denominator: 2 })
    expect(ofCalls('answeredIn15sOfAnswered', calls)).toEqual({ numerator: fast, denominator: 1 })
  })

  test('ratings: 3 is good, 2 is not; those who said nothing are only in the response rate', () => {
    const calls = [aCall({ rating: 5 }), aCall({ rating: 3 }), aCall({ rating: 2 }), answered, abandoned]
    expect(ofCalls('goodRatingRate', calls)).toEqual({ numerator: 2, denominator: 3 })
    expect(ofCalls('ratingResponseRate', calls)).toEqual({ numerator: 3, denominator: 4 })
  })

  test('a rating of a call that nobody answered is not counted: numerator and denominator have one filter', () => {
    const calls = [{ ...abandoned, rating: 5 }, aCall({ outcome: 'TEST', rating: 5 })]
    expect(ofCalls('goodRatingRate', calls)).toEqual({ numerator: 0, denominator: 0 })
  })

  test('outboundConnectedRate: our calls alone, without tests', () => {
    const out: Partial<Call> = { direction: 'OUTBOUND', queuedAtMs: null }
    const calls = [
      aCall(out),
      aCall({ ...out, answeredAtMs: null, outcome: 'IVR_ABANDONED' }),
      aCall({ ...out, endedAtMs: 10_000 }),
      aCall({ ...out, outcome: 'TEST' }),
      answered,
    ]
    expect(ofCalls('outboundConnectedRate', calls)).toEqual({ numerator: 1, denominator: 3 })
    expect(ofCalls('connectionRate', calls)).toEqual({ numerator: 1, denominator: 1 })
  })

  test('connectionRateByCaller: caller-days', () => {
    expect(fraction('connectionRateByCaller', {})).toEqual({ numerator: 2, denominator: 3 })
  })

  test('waits are added up for answered calls', () => {
    expect(countCall(aCall({ queuedAtMs: 2000, answeredAtMs: 9000 }), PANJIN_DEFINITIONS).waited_ms).toBe(7000)
    expect(countCall(abandoned, PANJIN_DEFINITIONS).waited_ms).toBe(0)
  })

  test('a generated record is marked, even if it is void', () => {
    expect(countCall(aCall({ callId: 'sim-1', outcome: 'VOID' }), PANJIN_DEFINITIONS).simulated).toBe(1)
    expect(countCall(aCall({ callId: 'call-sim-1' }), PANJIN_DEFINITIONS).simulated).toBe(0)
  })
})

describe('KPIs of tickets', () => {
  const everyStatus = (['ACCEPTED', 'DISPATCHED', 'CLOSED', 'WITHDRAWN', 'VOID'] as const).map((status) =>
    aTicket({ status, resolution: 'DIRECT' }),
  )

  test('directResolutionRate: of all accepted, WITHDRAWN stays in, VOID does not', () => {
    expect(ofTickets('directResolutionRate', everyStatus)).toEqual({ numerator: 4, denominator: 4 })
  })

  test('closureRate: of accepted and not withdrawn, whenever closed', () => {
    expect(ofTickets('closureRate', everyStatus)).toEqual({ numerator: 1, denominator: 3 })
  })

  test('closureRateOfDue and onTimeClosureRate: of what is due, neither VOID nor WITHDRAWN', () => {
    const due = everyStatus.map((ticket) => ({ ...ticket, dueAtMs: 1000, closedAtMs: 1000 }))
    expect(ofTickets('closureRateOfDue', due)).toEqual({ numerator: 1, denominator: 3 })
    expect(ofTickets('closureRateOfDue', everyStatus)).toEqual({ numerator: 0, denominator: 0 })
  })

  test.each([
    ['closed exactly when due is on time', 1000, 1],
    ['closed a millisecond later is not', 1001, 0],
    ['closed without an instant is not', null, 0],
  ])('%s', (_promise, closedAtMs, onTime) => {
    const ticket = aTicket({ status: 'CLOSED', dueAtMs: 1000, closedAtMs })
    expect(ofTickets('onTimeClosureRate', [ticket])).toEqual({ numerator: onTime, denominator: 1 })
    expect(ofTickets('closureRateOfDue', [ticket])).toEqual({ numerator: 1, denominator: 1 })
  })

  test('an instant of closing on a ticket that is open again counts for nothing', () => {
    const reopened = aTicket({ status: 'DISPATCHED', dueAtMs: 1000, closedAtMs: 500 })
    expect(ofTickets('onTimeClosureRate', [reopened])).toEqual({ numerator: 0, denominator: 1 })
    expect(ofTickets('closureRate', [reopened])).toEqual({ numerator: 0, denominator: 1 })
  })

  test('satisfactionRate: of those who answered, WITHDRAWN stays in', () => {
    const tickets = [
      aTicket({ satisfaction: 3 }),
      aTicket({ satisfaction: 2 }),
      aTicket({ satisfaction: 5, status: 'WITHDRAWN' }),
      aTicket({ satisfaction: 5, status: 'VOID' }),
      aTicket(),
    ]
    expect(ofTickets('satisfactionRate', tickets)).toEqual({ numerator: 2, denominator: 3 })
  })

  test('followUpRate: of dispatched tickets that are closed', () => {
    const closed = { status: 'CLOSED', resolution: 'DISPATCHED' } as const
    const tickets = [
      aTicket({ ...closed, followedUpAtMs: 9 }),
      aTicket(closed),
      aTicket({ status: 'CLOSED', resolution: 'DIRECT', followedUpAtMs: 9 }),
      aTicket({ status: 'DISPATCHED', resolution: 'DISPATCHED', followedUpAtMs: 9 }),
    ]
    expect(ofTickets('followUpRate', tickets)).toEqual({ numerator: 1, denominator: 2 })
  })
})

test('every numerator is a subset of its denominator, for every mixture of fields', () => {
  const outcomes = ['ANSWERED', 'WAITING_ABANDONED', 'NO_SEAT', 'TEST', 'VOID'] as const
  for (const outcome of outcomes) {
    for (const direction of ['INBOUND', 'OUTBOUND'] as const) {
      for (const queuedAtMs of [null, 2000]) {
        for (const answeredAtMs of queuedAtMs === null && direction === 'INBOUND' ? [null] : [null, 2000, 60_000]) {
          for (const rating of [null, 1, 5]) {
            const calls = countCall(aCall({ outcome, direction, queuedAtMs, answeredAtMs, rating }), WITH_RULE)
            expect(CALL_COUNT_NAMES.every((name) => calls[name] >= 0)).toBe(true)
            for (const kpi of KPIS.filter(({ counted }) => counted === 'calls')) {
              const { numerator, denominator } = fraction(kpi.id, { calls })
              expect(numerator, kpi.id).toBeLessThanOrEqual(denominator)
            }
          }
        }
      }
    }
  }
})
