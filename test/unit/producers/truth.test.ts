import { expect, test } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import { Truth } from '../../../producers/truth.ts'
import { at, panjin } from './panjin.ts'

const OPTIONS = { profile: panjin, seed: 1, fromAtMs: at('2023-01-01'), toAtMs: at('2024-01-01') }

function call(changes: Partial<Call>): Call {
  const arrivedAtMs = changes.arrivedAtMs ?? at('2023-03-10', '09:00')
  return {
    callId: 'sim-a',
    revision: 1,
    arrivedAtMs,
    line: '12345',
    region: '',
    direction: 'INBOUND',
    caller: 'p1',
    queuedAtMs: arrivedAtMs,
    answeredAtMs: arrivedAtMs + 4_000,
    endedAtMs: arrivedAtMs + 60_000,
    agent: 'seat-01',
    outcome: 'ANSWERED',
    rating: null,
    emittedAtMs: arrivedAtMs + 61_000,
    ...changes,
  }
}

/** Hands records in as the simulation would: it knows which is the first and the last of its call. */
function truthOf(calls: readonly Call[]) {
  const truth = new Truth(OPTIONS)
  calls.forEach((record, index) => {
    const isOther = (other: Call) => other.callId !== record.callId || other.arrivedAtMs !== record.arrivedAtMs
    truth.add({
      topic: 'calls',
      record,
      isFirstOfIdentity: calls.slice(0, index).every(isOther),
      isLastOfIdentity: calls.slice(index + 1).every(isOther),
      callsSettledBeforeAtMs: 0,
    })
  })
  return truth.file()
}

const rated = (rating: number) => ({ rating, revision: 2 })
const goodRatings = (calls: readonly Call[]) => truthOf(calls).years['2023']!.goodRatingRate

test('the highest revision wins, in whichever order revisions come', () => {
  const first = call({})
  const good = call(rated(5))
  expect(goodRatings([first, good])).toEqual({ numerator: 1, denominator: 1 })
  expect(goodRatings([good, first])).toEqual({ numerator: 1, denominator: 1 })
})

test('of equal revisions the later emission wins', () => {
  const bad = call({ ...rated(1), emittedAtMs: at('2023-03-10', '10:00') })
  const good = call({ ...rated(5), emittedAtMs: at('2023-03-10', '11:00') })
  expect(goodRatings([good, bad])).toEqual({ numerator: 1, denominator: 1 })
})

test('an exact duplicate is a message and no fact', () => {
  const { messages, facts, years } = truthOf([call({}), call({ ...rated(4) }), call({})])
  expect(messages.calls).toBe(3)
  expect(facts.calls).toBe(2)
  expect(years['2023']!.connectionRate).toEqual({ numerator: 1, denominator: 1 })
})

test('one id with two arrivals is two calls', () => {
  const later = at('2023-03-11', '09:00')
  const { years } = truthOf([call({}), call({ arrivedAtMs: later })])
  expect(years['2023']!.connectionRate).toEqual({ numerator: 2, denominator: 2 })
})

test('a caller counts once a day, a withheld number every time', () => {
  const redial = { callId: 'sim-b', arrivedAtMs: at('2023-03-10', '09:10') }
  const abandoned = { answeredAtMs: null, outcome: 'WAITING_ABANDONED' as const, agent: null }
  const byCaller = (calls: readonly Call[]) => truthOf(calls).years['2023']!.connectionRateByCaller
  expect(byCaller([call(abandoned), call(redial)])).toEqual({ numerator: 1, denominator: 1 })
  expect(byCaller([call({ ...abandoned, caller: '' }), call({ ...redial, caller: '' })])).toEqual({
    numerator: 1,
    denominator: 2,
  })
})

//  UTC        31 Dec 16:00
//  Shanghai   1 Jan 00:00   <- the year begins here
test('months and years are those of the profile’s zone', () => {
  const eve = call({ arrivedAtMs: Date.UTC(2023, 0, 31, 16) - 1 })
  const day = call({ arrivedAtMs: Date.UTC(2023, 0, 31, 16) })
  const { months } = truthOf([eve, day])
  expect(Object.keys(months)).toEqual(['2023-01', '2023-02'])
  expect(months['2023-02']!.connectionRate).toEqual({ numerator: 1, denominator: 1 })
})

test('says its period with the zone’s offset', () => {
  expect(truthOf([])).toMatchObject({ seed: 1, from: '2023-01-01T00:00:00+08:00', to: '2024-01-01T00:00:00+08:00' })
})
