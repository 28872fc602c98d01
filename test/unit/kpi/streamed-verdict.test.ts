import { describe, expect, test } from 'vitest'
import { CELL_MS } from '../../../kpi/cell.ts'
import { emptySeries } from '../../../kpi/cell-series.ts'
import { differs, type StreamedQuestion, streamedVerdictsOf } from '../../../kpi/streamed-verdict.ts'
import { at, type CallsAt, HOLIDAYS, SHANGHAI, steadyHotline, TERMS, WINDOWS } from './made-year.ts'

/** The question for 2023 with cells until a local instant, which is also where windows are final. */
function askedUntil(until: string, callsAt: CallsAt, change: Partial<StreamedQuestion> = {}): StreamedQuestion {
  const range = { fromAtMs: at('2023-01-01T00:00'), toAtMs: at(until) }
  const series = emptySeries(range)
  for (let place = 0; place < series.columns.offered.length; place += 1) {
    const { offered, answered } = callsAt(range.fromAtMs + place * CELL_MS)
    series.columns.offered[place] = offered
    series.columns.answered[place] = answered
    series.columns.abandoned[place] = offered - answered
    series.columns.evidence[place] = offered
  }
  return {
    year: 2023,
    zone: SHANGHAI,
    holidays: HOLIDAYS,
    windows: WINDOWS,
    terms: TERMS,
    series,
    simulated: new Float64Array(series.columns.offered.length),
    seriesToAtMs: range.toAtMs,
    finalUntilAtMs: range.toAtMs,
    ...change,
  }
}

const verdictOn = (id: string, question: StreamedQuestion) =>
  streamedVerdictsOf(question).find((verdict) => verdict.id === id)!

describe('the base of a streamed verdict', () => {
  test('is the local year up to the end of the window, so what comes later changes nothing', () => {
    const early = verdictOn('evening@2023-03-10', askedUntil('2023-03-10T20:00', steadyHotline()))
    const late = verdictOn('evening@2023-03-10', askedUntil('2023-09-01T00:00', steadyHotline()))
    expect(late).toEqual(early)
    expect(early.baseFromAtMs).toBe(at('2023-01-01T00:00'))
    expect(early.base.offeredCount).toBe(68 * (48 * 20 + 48) + 32 + 48 * 20)
  })

  test('holds the whole of a window that crosses New Year', () => {
    const windows = { peaks: [{ id: 'night', days: 'all' as const, from: '22:00', to: '02:00' }] }
    const question = askedUntil('2024-01-01T02:00', steadyHotline(), { windows })
    const last = streamedVerdictsOf(question).at(-1)!
    expect(last).toMatchObject({ id: 'night@2023-12-31', offeredCount: 16, endAtMs: at('2024-01-01T02:00') })
    expect(streamedVerdictsOf(question).some(({ id }) => id === 'night@2022-12-31')).toBe(false)
  })
})

test('a window is judged from the moment it is final, not one before', () => {
  const ids = (until: string) => streamedVerdictsOf(askedUntil(until, steadyHotline())).map(({ id }) => id)
  expect(ids('2023-01-01T19:45')).toEqual([])
  expect(ids('2023-01-01T20:00')).toEqual(['evening@2023-01-01'])
})

//  1 Jan        records begin 1 March            28 days later
//  [ . . . . . . [- - - insufficient - - - - - - [ stable or deviates
test('the first 28 days of records are insufficient, whatever they show', () => {
  const steady = steadyHotline(0.5)
  const question = askedUntil('2023-04-02T00:00', (startAtMs) =>
    startAtMs < at('2023-03-01T00:00') ? { offered: 0, answered: 0 } : steady(startAtMs),
  )
  question.windows = { peaks: [{ id: 'evening', days: 'all', from: '18:00', to: '24:00' }] }
  const reasons = new Map(streamedVerdictsOf(question).map(({ id, reason }) => [id, reason]))
  expect(reasons.get('evening@2023-02-28')).toBe('no-calls')
  expect(reasons.get('evening@2023-03-27')).toBe('first-days')
  expect(reasons.get('evening@2023-03-28')).toBe('none')
})

test('coverage looks back only: an evening without data is noticed, and the first ones are unknown', () => {
  const steady = steadyHotline()
  const question = askedUntil('2023-03-11T00:00', (startAtMs) => {
    const calls = steady(startAtMs)
    const isSilent =
      (startAtMs >= at('2023-03-10T18:00') && startAtMs < at('2023-03-10T20:00')) || startAtMs < at('2023-01-02T00:00')
    return isSilent ? { offered: 0, answered: 0 } : calls
  })
  expect(verdictOn('evening@2023-03-10', question)).toMatchObject({
    coverage: 'no-data',
    expectedCount: 160,
    reason: 'no-calls',
    judgement: { verdict: 'insufficient', ratio: null },
  })
  expect(verdictOn('evening@2023-01-01', question).coverage).toBe('unknown')
})

describe('a verdict is said again', () => {
  const now = verdictOn('evening@2023-06-01', askedUntil('2023-06-02T00:00', steadyHotline()))
  const issued = { ...now, verdict: now.judgement.verdict }

  test('not when only the rest of the year changed', () => {
    expect(differs(issued, { ...now, base: { ...now.base, offeredCount: now.base.offeredCount + 9 } })).toBe(false)
  })
  test('not when only the evidence grew: a rating came later', () => {
    expect(differs(issued, { ...now, evidence: now.evidence + 40 })).toBe(false)
  })
  test("when the window's own calls changed", () => {
    expect(differs(issued, { ...now, answeredCount: now.answeredCount - 1 })).toBe(true)
  })
  test('when the verdict did', () => {
    expect(differs({ ...issued, verdict: 'deviates' }, now)).toBe(true)
  })
})
