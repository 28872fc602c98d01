import { describe, expect, test } from 'vitest'
import { askedFormat } from '../../../api/asked/asked-format.ts'
import type { Call } from '../../../kpi/call.ts'
import { aCall, aTicket } from '../kpi/made-by-hand.ts'
import { type AskedApp, anApp, at, PANJIN } from './asked-app.ts'

const SETTLED = { callsAtMs: at('2024-01-01T02:00'), ticketsAtMs: at('2024-01-31T00:00') }

/** A year in which everything is reached; a test takes away what it is about. */
async function aGoodYear(change: Parameters<typeof anApp>[0] = {}, id = 'call'): Promise<AskedApp> {
  const asked = await anApp(change)
  const arrivedAtMs = at('2023-05-01T09:00')
  const answered: Call = aCall({
    callId: `${id}-1`,
    arrivedAtMs,
    queuedAtMs: arrivedAtMs,
    answeredAtMs: arrivedAtMs + 1,
    endedAtMs: arrivedAtMs + 2,
    rating: 5,
  })
  asked.reader.calls = [answered]
  asked.reader.tickets = [
    aTicket({ acceptedAtMs: arrivedAtMs, status: 'CLOSED', resolution: 'DIRECT', satisfaction: 5 }),
  ]
  asked.reader.marks = SETTLED
  asked.reader.seats = [{ month: '2023-05', seats: 14 }]
  return asked
}

const row = (answer: { indicators: { code: string }[] }, code: string) =>
  answer.indicators.find((indicator) => indicator.code === code)!

describe('the scorecard', () => {
  test('of a good year: 16 indicators, 100 points, 优', async () => {
    const { ask } = await aGoodYear()
    const answer = (await ask('/v1/evaluations/2023')).json()
    expect(answer).toMatchObject({
      score: 100,
      provisionalScore: 100,
      maxScore: 100,
      grade: '优',
      status: 'final',
      simulated: false,
      asOf: '2024-01-01T02:00:00+08:00',
      seatsByMonth: [{ month: '2023-05', seats: 14 }],
      clause: { answer: '/v1/stability/2023' },
    })
    expect(answer.indicators).toHaveLength(16)
    expect(row(answer, 'C12')).toMatchObject({
      level1: '产出',
      level2: '产出数量',
      level3: '话务接通率',
      weight: 10,
      score: 10,
      target: 0.8,
      targetText: '80.00%',
      actual: 1,
      actualText: '100.00%',
      published: { percent: '98.01' },
      differencePoints: 1.99,
      kpi: 'connectionRate',
      reason: null,
      evidence: 1,
    })
    expect(row(answer, 'C11')).toMatchObject({
      actual: 1,
      actualText: '52人',
      targetText: '52人',
      score: 10,
      judgedBy: '绩效评价工作组',
    })
    expect(row(answer, 'A11')).toMatchObject({ score: 1, actual: null, kpi: null, source: '立项批复文件' })
  })

  test('below a target points are proportional, and the reason says how many were lost', async () => {
    const { ask, reader } = await aGoodYear()
    reader.calls.push({ ...reader.calls[0]!, answeredAtMs: null, outcome: 'WAITING_ABANDONED', rating: null })
    const answer = (await ask('/v1/evaluations/2023')).json()
    expect(row(answer, 'C12')).toMatchObject({
      score: 6.25,
      reason: '实际完成值50.00%，低于目标值80.00%，扣3.75分',
    })
    expect(answer).toMatchObject({ score: 96.25, grade: '优' })
  })

  test('a year that is not final has no score: null, with what is there beside it', async () => {
    const { ask, reader } = await aGoodYear()
    reader.marks = { ...SETTLED, ticketsAtMs: at('2024-01-02T00:00') }
    const answer = (await ask('/v1/evaluations/2023')).json()
    expect(answer).toMatchObject({ score: null, grade: null, provisionalScore: 60, status: 'provisional' })
    expect(row(answer, 'D11')).toMatchObject({ score: null, reason: '统计期暂定，尚未定版，暂不计分' })
  })

  test('nothing to divide by has no score either', async () => {
    const { ask, reader } = await aGoodYear()
    reader.calls[0]!.rating = null
    const answer = (await ask('/v1/evaluations/2023')).json()
    expect(answer).toMatchObject({ score: null, provisionalScore: 90 })
    expect(row(answer, 'C21')).toMatchObject({ score: null, actual: null, reason: '分母为0，无法计分' })
  })

  test('what was judged of one year is not said of another', async () => {
    const { ask } = await aGoodYear()
    const answer = (await ask('/v1/evaluations/2022')).json()
    expect(row(answer, 'A11')).toMatchObject({ score: null, reason: '2022年度尚未评定' })
    expect(row(answer, 'B21')).toMatchObject({ score: null, actual: null, reason: '2022年度尚未提供' })
    expect(row(answer, 'C12')).toMatchObject({ published: null })
    expect(answer.provisionalScore).toBe(0)
  })

  test('a judged indicator that is still to be judged leaves a hole, not a zero', async () => {
    const [first, ...others] = PANJIN.evaluation!.indicators
    const { score: _, ...unjudged } = first as Extract<typeof first, { from: 'judged' }> & { score?: number }
    const evaluation = { ...PANJIN.evaluation!, indicators: [unjudged, ...others] as typeof others }
    const { ask } = await aGoodYear({ evaluation })
    expect((await ask('/v1/evaluations/2023')).json()).toMatchObject({ score: null, provisionalScore: 99 })
  })

  test('its year is that of the quarters, which count from the start of the contract', async () => {
    const { ask } = await aGoodYear({
      contract: { from: '2023-04-01', to: '2024-04-01', settleEvery: 'P3M', amountCny: 1, persons: 1 },
    })
    expect((await ask('/v1/evaluations/2023')).json()).toMatchObject({
      from: '2023-04-01T00:00:00+08:00',
      to: '2024-04-01T00:00:00+08:00',
      status: 'open',
    })
  })

  test.each(['1989', '2100', 'x', '2023-Q1'])('%s is refused', async (year) => {
    const { ask } = await anApp()
    expect((await ask(`/v1/evaluations/${year}`)).json()).toMatchObject({ status: 400, parameter: 'year' })
  })
})

describe('its forms', () => {
  test('CSV: headed 模拟数据, a row per indicator, and the sum', async () => {
    const { ask } = await aGoodYear({}, 'sim')
    const answer = await ask('/v1/evaluations/2023', { accept: 'text/csv' })
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = answer.body.split('\n')
    expect(lines[0]).toContain('模拟数据')
    expect(lines[1]).toMatch(/^指标代码,一级指标,二级指标,三级指标,权重,得分,/)
    expect(lines).toHaveLength(2 + 16 + 1 + 1)
    expect(lines.at(-2)).toMatch(/^合计,,,,100,100,/)
  })

  test('CSV: what a spreadsheet would run is made harmless, and a real city is not marked as simulated', async () => {
    const evaluation = structuredClone(PANJIN.evaluation!)
    evaluation.indicators[0]!.level3 = '=HYPERLINK("http://x","y")'
    const { ask } = await aGoodYear({ evaluation })
    const { body } = await ask('/v1/evaluations/2023', { accept: 'text/csv' })
    expect(body).toContain(`,"'=HYPERLINK(""http://x"",""y"")",`)
    expect(body).not.toContain('模拟数据')
  })

  test('HTML: headed 模拟数据, room for review and signature, nothing that runs', async () => {
    const evaluation = structuredClone(PANJIN.evaluation!)
    evaluation.indicators[0]!.level3 = '<script>alert(1)</script>'
    const { ask } = await aGoodYear({ evaluation }, 'sim')
    const answer = await ask('/v1/evaluations/2023', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers.vary).toContain('accept')
    for (const word of ['模拟数据', '复核意见', '评价人', '高1.99个百分点', '优', '2023-05 14席'])
      expect(answer.body).toContain(word)
    expect(answer.body).not.toContain('<script>')
  })

  test('another form is 406', async () => {
    const { ask } = await aGoodYear()
    expect((await ask('/v1/evaluations/2023', { accept: 'image/png' })).json()).toMatchObject({
      status: 406,
      code: 'STEADYLINE_FORM_UNKNOWN',
    })
  })
})

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/html', 'text/html'],
  ['text/*', 'text/csv'],
  ['text/csv;q=0.5, text/html;q=0.9', 'text/html'],
  ['text/html;q=0, */*', 'application/json'],
  ['application/json;q=0.1, text/html;q=0.1', 'application/json'],
  ['image/png', null],
])('who accepts %j is given %j', (accept, form) => {
  expect(askedFormat(accept, ['application/json', 'text/csv', 'text/html'])).toBe(form)
})
