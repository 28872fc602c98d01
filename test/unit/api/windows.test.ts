import { describe, expect, test } from 'vitest'
import { aCall } from '../kpi/made-by-hand.ts'
import { anApp, at } from './asked-app.ts'

const DAY_MS = 86_400_000

/** An evening of `offered` calls a minute apart, `answered` of them by `seats` seats. */
function evening(date: string, offered: number, answered: number, seats: number) {
  return Array.from({ length: offered }, (_, index) => {
    const arrivedAtMs = at(`${date}T18:00`) + index * 60_000
    const isAnswered = index < answered
    return aCall({
      callId: `sim-${date}-${index}`,
      caller: `p-${date}-${isAnswered ? index : answered}`, // those not answered are one person calling again
      arrivedAtMs,
      queuedAtMs: arrivedAtMs,
      answeredAtMs: isAnswered ? arrivedAtMs + 4000 : null,
      endedAtMs: arrivedAtMs + 64_000,
      agent: isAnswered ? `seat-${index % seats}` : null,
      outcome: isAnswered ? 'ANSWERED' : 'WAITING_ABANDONED',
    })
  })
}

/** Eight ordinary weeks before Tuesday, 12 September, and that evening with half the seats. */
function collapsing() {
  const before = Array.from({ length: 56 }, (_, back) =>
    new Date(at('2023-09-12T00:00') - (back + 1) * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10),
  )
  return [...before.flatMap((date) => evening(date, 50, 49, 8)), ...evening('2023-09-12', 60, 30, 4)]
}

describe('GET /v1/windows/:id', () => {
  test('says of an evening what was otherwise than usual, and which of it is the largest cause', async () => {
    const { reader, ask } = await anApp()
    reader.calls = collapsing()
    reader.marks = { callsAtMs: at('2023-09-20T00:00'), ticketsAtMs: null }
    const answer = (await ask('/v1/windows/evening@2023-09-12')).json()
    expect(answer).toMatchObject({
      id: 'evening@2023-09-12',
      name: { zh: '晚间高峰', en: 'Evening peak' },
      offeredCount: 60,
      answeredCount: 30,
      percent: '50.00',
      verdict: 'deviates',
      status: 'final',
      simulated: true,
      previousId: 'evening@2023-09-11',
      nextId: 'evening@2023-09-13',
      cause: 'fewer-seats',
      comparedWith: { weeks: 8, dayClass: 'workday', windowsCount: 40, from: '2023-07-18T18:00:00+08:00' },
      measures: {
        offeredCount: { value: 60, usual: 50 },
        ratio: { value: 0.5, usual: 0.98 },
        seatsAnsweringCount: { value: 4, usual: 8 },
        meanHandlingMs: { value: 60_000, usual: 60_000 },
        meanWaitMs: { value: 4000, usual: 4000 },
        redialsCount: { value: 29, usual: 0 },
      },
    })
    expect(answer.sentence.zh).toContain('主要原因：接听坐席4席，平时8席，少50%')
    expect(answer.outcomes).toContainEqual({ outcome: 'abandoned', count: 30, usualCount: 1 })
    expect(answer.lines).toMatchObject([
      { line: '12345', name: { zh: '12345 政务服务便民热线' }, offeredCount: 60, usualOfferedCount: 50 },
    ])
    expect(answer.course).toHaveLength(8)
    expect(answer.course[0]).toMatchObject({
      startAt: '2023-09-12T18:00:00+08:00',
      endAt: '2023-09-12T18:15:00+08:00',
      offeredCount: 15,
      answeredCount: 15,
      usualOfferedCount: 15,
      usualRatio: 1,
    })
  })

  test('is the window of /v1/peaks, field by field', async () => {
    const { reader, ask } = await anApp()
    reader.calls = collapsing()
    const answer = (await ask('/v1/windows/evening@2023-09-12')).json()
    const { instances } = (await ask('/v1/peaks?year=2023')).json()
    expect(answer).toMatchObject(instances.find(({ id }: { id: string }) => id === 'evening@2023-09-12'))
  })

  test('a special period is compared day by day and drawn by the hour', async () => {
    const { reader, ask } = await anApp()
    reader.calls = collapsing()
    const answer = (await ask('/v1/windows/heating-season-start@2023-10-28')).json()
    expect(answer).toMatchObject({ kind: 'special', comparedWith: { dayClass: null }, previousId: null, nextId: null })
    expect(answer.course).toHaveLength(15 * 24)
  })

  test.each(['evening@2023-02-30', 'noon@2023-03-10', 'evening', 'weekday-morning@2023-03-11', 'evening@9999-01-01'])(
    '%s is not a window',
    async (id) => {
      const { ask } = await anApp()
      const answer = await ask(`/v1/windows/${id}`)
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'STEADYLINE_RECORD_UNKNOWN'])
    },
  )
})
