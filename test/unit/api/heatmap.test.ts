import { describe, expect, test } from 'vitest'
import { aCall } from '../kpi/made-by-hand.ts'
import { anApp, at } from './asked-app.ts'

/** `offered` calls a second apart, of which the first `answered` are answered. */
function callsFrom(local: string, offered: number, answered: number) {
  return Array.from({ length: offered }, (_, index) => {
    const arrivedAtMs = at(local) + index * 1000
    return aCall({
      callId: `call-${local}-${index}`,
      arrivedAtMs,
      queuedAtMs: arrivedAtMs,
      answeredAtMs: index < answered ? arrivedAtMs + 5000 : null,
      endedAtMs: arrivedAtMs + 60_000,
    })
  })
}

const cellOf = (answer: any, weekday: string, hour: number) =>
  answer.cells.find((cell: any) => cell.weekday === weekday && cell.hour === hour)

describe('GET /v1/heatmap', () => {
  test('adds up every hour of the week, in the local zone', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [
      ...callsFrom('2023-03-10T09:59:30', 60, 60), // a Friday; half of them come after ten
      ...callsFrom('2023-03-17T10:15', 100, 90),
      ...callsFrom('2023-03-12T00:00', 4, 0), // a Sunday
      ...callsFrom('2022-12-31T23:59', 60, 60),
    ]
    reader.marks = { callsAtMs: at('2024-01-01T02:00'), ticketsAtMs: null }
    const answer = (await ask('/v1/heatmap?year=2023')).json()
    expect(answer).toMatchObject({
      overall: { offeredCount: 164, answeredCount: 150, percent: '91.46' },
      callsMin: Math.ceil(4 / (14 / 164)),
      daysCount: 365,
      status: 'final',
      evidence: { calls: 164 },
    })
    expect(answer.cells).toHaveLength(168)
    expect(answer.cells[0]).toMatchObject({ weekday: 'monday', hour: 0, offeredCount: 0, ratio: null, percent: null })
    expect(cellOf(answer, 'friday', 9)).toMatchObject({ offeredCount: 30, answeredCount: 30, hasEnoughCalls: false })
    expect(cellOf(answer, 'friday', 10)).toMatchObject({
      offeredCount: 130,
      answeredCount: 120,
      ratio: 120 / 130,
      percent: '92.31',
      hasEnoughCalls: true,
    })
    expect(cellOf(answer, 'sunday', 0)).toMatchObject({ offeredCount: 4, ratio: 0, hasEnoughCalls: false })
  })

  test('takes only days of one class: a make-up Saturday is a workday', async () => {
    const { reader, ask } = await anApp()
    reader.calls = [...callsFrom('2023-01-28T10:00', 3, 3), ...callsFrom('2023-02-04T10:00', 5, 5)]
    const saturdayAtTen = async (days: string) => {
      const answer = (await ask(`/v1/heatmap?from=2023-01-01&to=2023-03-01&days=${days}`)).json()
      return [cellOf(answer, 'saturday', 10).offeredCount, answer.daysCount]
    }
    expect(await saturdayAtTen('workday')).toEqual([3, 38])
    expect(await saturdayAtTen('offday')).toEqual([5, 21])
    expect(await saturdayAtTen('all')).toEqual([8, 59])
  })

  test('no cell has enough calls where all were answered: no number would do', async () => {
    const { reader, ask } = await anApp()
    reader.calls = callsFrom('2023-03-10T10:00', 500, 500)
    const answer = (await ask('/v1/heatmap?year=2023')).json()
    expect(answer.callsMin).toBeNull()
    expect(cellOf(answer, 'friday', 10)).toMatchObject({ ratio: 1, hasEnoughCalls: false })
  })

  test.each([
    ['/v1/heatmap', 'from'],
    ['/v1/heatmap?year=2023&from=2023-01-01', 'to'],
    ['/v1/heatmap?from=2023-01-01T00:05&to=2023-01-02', 'from'],
    ['/v1/heatmap?year=2023&days=sunday', 'days'],
  ])('%s is refused, and %s named', async (url, parameter) => {
    const { ask } = await anApp()
    const answer = await ask(url)
    expect([answer.statusCode, answer.json().parameter]).toEqual([400, parameter])
  })
})
