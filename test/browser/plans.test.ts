import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import type {
  ForecastResult,
  PlanAnswer,
  PlanSummary,
  SeatsResult,
  WhatIfResult,
} from '../../api/answers/plan-answer.ts'
import { answerOf, look, textOf, textsOf } from './browser.ts'
import { seriousFaultsOf } from './serious-faults.ts'

const PLAN_MS_MAX = 600_000
/** Short, so that a plan is soon done: the week of which `npx steadyline plan` is told in docs/capacity.md. */
const WEEK = { from: '2023-09-11', to: '2023-09-18' }
const percentText = (ratio: number | null) => `${(100 * ratio!).toFixed(2)}%`
const pathOf = (page: Page) => new URL(page.url()).pathname
const asked = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)

/** Asks the API for a plan, and waits until it is done. */
async function planned<Result>(kind: string, inputs: object): Promise<{ id: string; result: Result }> {
  const response = await fetch(`${inject('dashboard')}/v1/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, inputs }),
  })
  const { id } = (await response.json()) as PlanSummary
  await (await fetch(`${inject('dashboard')}/v1/plans/${id}/events`)).text() // ends with the plan
  const { state, problem, result } = await answerOf<PlanAnswer>(`/v1/plans/${id}`)
  expect({ state, problem }).toEqual({ state: 'done', problem: null })
  return { id, result: result as Result }
}

test('a what-if from the form: the address holds what is asked, progress is told, and the figures are the API’s', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const { page, faults } = await look('/plans', { language: 'en' })
  await page.getByLabel('Recorded calls, from').fill(WEEK.from)
  await page.getByLabel('through').fill('2023-09-17')
  await page.locator('[name="seats.evening"]').fill('-20')
  await page.getByText('More assumptions').click()
  await page.getByLabel('Runs').fill('4')
  expect(asked(page, 'to')).toBe(WEEK.to)
  expect(asked(page, 'seats.evening')).toBe('-20')
  await page.reload()
  expect(await page.locator('[name="seats.evening"]').inputValue()).toBe('-20')

  await page.getByRole('button', { name: 'Start' }).click()
  await page.locator('[data-state=done]').waitFor({ timeout: PLAN_MS_MAX })
  const id = pathOf(page).split('/').at(-1)!
  const { inputs, result } = await answerOf<PlanAnswer>(`/v1/plans/${id}`)
  expect(inputs).toEqual({ ...WEEK, seatFactors: [{ period: 'evening', factor: 0.8 }], seeds: 4 })
  const { whatIf, staffing } = result as WhatIfResult
  expect(await textOf(page.locator('[data-figure-of=overall]'))).toBe(percentText(whatIf.overall.predicted.ratio))
  expect(await textOf(page.locator('[data-figure-of=persons]'))).toBe(staffing.cost.persons.toFixed(1))
  expect(await textOf(page.locator('h1'))).toContain('seats −20%')
  for (const { period, predicted } of whatIf.peaks) {
    const line = await textOf(page.locator(`[data-rate="${period}"]`))
    expect(line).toContain(percentText(predicted.ratio))
    expect(line).not.toContain(period)
  }
  expect(await textOf(page.locator('.banner.simulated'))).toContain('模拟数据')
  expect(faults).toEqual([])
})

test('every chart of a what-if has its table, with the figures of the API, in Chinese too', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const { id, result } = await planned<WhatIfResult>('what-if', { ...WEEK, seeds: 3, volume: 1.1 })
  const { whatIf, quickLeavesOut } = result
  const { page, faults } = await look(`/plans/${id}?tables=peaks,hours,heatmap,roster`)
  const peaks = await textsOf(page, '[data-figure=peaks] tbody tr')
  expect(peaks[0]).toContain(percentText(whatIf.overall.recorded.ratio))
  for (const [place, { predicted, seatsMean }] of whatIf.peaks.entries()) {
    expect(peaks[place + 1]).toContain(percentText(predicted.ratio))
    expect(peaks[place + 1]).toContain(`${percentText(predicted.lower)} – ${percentText(predicted.upper)}`)
    expect(peaks[place + 1]).toContain(seatsMean.toFixed(1))
  }
  const hours = await textsOf(page, '[data-figure=hours] tbody tr')
  expect(hours).toHaveLength(24)
  for (const [hour, row] of hours.entries()) expect(row).toContain(percentText(whatIf.hours[hour]!.predicted.ratio))
  const heat = await textsOf(page, '[data-figure=heatmap] tbody tr')
  expect(heat).toHaveLength(168)
  expect(heat[10]).toContain(percentText(whatIf.heatMap.recorded[0]![10]!))
  expect(heat[10]).toContain(percentText(whatIf.heatMap.predicted[0]![10]!))
  const quick = await textsOf(page, '[data-quick] tbody tr')
  for (const [place, { erlangA, erlangB, loadErlang }] of whatIf.quick.entries()) {
    for (const text of [percentText(erlangA), percentText(erlangB), loadErlang.toFixed(2)])
      expect(quick[place]).toContain(text)
  }
  expect(await textOf(page.locator('[data-quick]'))).toContain(quickLeavesOut.zh)
  const title = await textOf(page.locator('h1'))
  expect(title).toContain('话务量 +10%')

  await page.goto(`/plans/${id}`)
  const cell = page.locator('[data-heat-map=predicted] [data-heat=monday-10]')
  expect(await cell.getAttribute('title')).toContain((100 * whatIf.heatMap.predicted[0]![10]!).toFixed(2))
  expect(faults).toEqual([])
})

test('the least seats: the verdict, the curve and its table, the roster as a file; side by side with another plan', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const { id, result } = await planned<SeatsResult>('seats', { ...WEEK, seeds: 2, floor: 0.95, costPerPerson: 60_000 })
  const { found, cost } = result
  const { page, faults } = await look(`/plans/${id}?tables=curve`, { language: 'en' })
  const verdict = await textOf(page.locator('[data-verdict]'))
  expect(verdict).toContain(`${cost!.seatHoursPerWeek.toFixed(1)} seat hours a week hold`)
  expect(verdict).toContain(`${cost!.persons.toFixed(1)} persons`)
  const curve = await textsOf(page, '[data-figure=curve] tbody tr')
  expect(curve).toHaveLength(found.curve.length)
  for (const [place, { seatHoursPerWeek, ratio, holds }] of found.curve.entries()) {
    expect(curve[place]).toContain(`${seatHoursPerWeek.toFixed(1)} ${percentText(ratio)}`)
    expect(curve[place]!.includes('✓')).toBe(holds)
    expect(curve[place]).not.toMatch(/weekday-morning|evening 2023|rolling/)
  }
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Roster as CSV' }).click()
  expect((await download).suggestedFilename()).toBe('roster.csv')

  const other = await planned<WhatIfResult>('what-if', { ...WEEK, seeds: 3 })
  await page.goto(`/plans?beside=${id},${other.id}`)
  const rows = await textsOf(page, '[data-beside] tbody tr')
  expect(rows[0]).toContain(percentText(result.whatIf.overall.predicted.ratio))
  expect(rows[0]).toContain(percentText(other.result.whatIf.overall.predicted.ratio))
  expect(rows.at(-1)).toContain(Math.round(cost!.costPerYear!).toLocaleString('en-US'))
  expect(faults).toEqual([])
})

test('a roster of one’s own: its file is chosen by keyboard, rows that are wrong are named, and it is played', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const { page, faults } = await look('/plans?from=2023-09-11&to=2023-09-18&seeds=2', { language: 'en' })
  await page.getByText('More assumptions').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Seats to begin with').selectOption('file')
  expect(asked(page, 'roster')).toBe('file')
  const file = page.getByLabel('Roster, a CSV file')
  const csv = (text: string) => ({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const start = page.getByRole('button', { name: 'Start' })
  await start.click()
  const isAskedFor = "document.querySelector('[name=rosterFile]').validity.valueMissing"
  expect(await page.evaluate(isAskedFor), 'a file is asked for').toBe(true)
  await file.setInputFiles(csv('day_class,from,to,seats\nworkday,00:00,24:10,9\n'))
  await start.click()
  await page.getByRole('alert').getByText('row 2').waitFor()

  // What the page saves of another plan it reads again.
  const { id, result } = await planned<WhatIfResult>('what-if', { ...WEEK, seeds: 2, roster: 'profile' })
  const { page: saved } = await look(`/plans/${id}`, { language: 'en' })
  const download = saved.waitForEvent('download')
  await saved.getByRole('button', { name: 'Roster as CSV' }).click()
  await file.setInputFiles(await (await download).path())
  await start.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/plans\/[^?]/)
  await page.locator('[data-state=done]').waitFor({ timeout: PLAN_MS_MAX })
  const { inputs } = await answerOf<PlanAnswer>(`/v1/plans/${pathOf(page).split('/').at(-1)}`)
  expect(inputs.roster).toEqual(result.staffing.roster)
  expect(await textOf(page.locator('h1'))).toContain('a given roster')
  await page.getByRole('button', { name: 'Change and ask again' }).click()
  await page.getByLabel('Roster, a CSV file').waitFor()
  expect(faults).toEqual([])
})

test('a plan that runs is cancelled; one that is forgotten can be asked for again', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const { page } = await look('/plans?kind=seats&seeds=30', { language: 'en' })
  await page.getByRole('button', { name: 'Start' }).click()
  await page.locator('[data-state=running]').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.locator('[data-state=cancelled]').waitFor()
  await page.getByRole('link', { name: '← All plans' }).click()
  await page.locator('[data-state=cancelled]').first().waitFor()

  await page.goto('/plans/none?kind=seats&seeds=3')
  await page.getByText('There is no such plan').waitFor()
  await page.getByRole('link', { name: 'Change and ask again' }).click()
  await page.getByLabel('Runs').waitFor({ state: 'attached' })
  expect(await page.locator('[name=seeds]').inputValue()).toBe('3')
})

test('a forecast: each day, its quarter-hours, and how well it would have foreseen the last weeks', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const { id, result } = await planned<ForecastResult>('forecast', { from: '2023-12-04', weeks: 2 })
  const { page, faults } = await look(`/plans/${id}?tables=days,quarters&day=2023-12-06`, { language: 'en' })
  const days = await textsOf(page, '[data-figure=days] tbody tr')
  expect(days).toHaveLength(14)
  for (const [place, { date, expectedCount }] of result.days.entries()) {
    expect(days[place]).toContain(date)
    expect(days[place]).toContain(Math.round(expectedCount).toLocaleString('en-US'))
  }
  const quarters = await textsOf(page, '[data-figure=quarters] tbody tr')
  const wednesday = result.quarters.filter(({ startAt }) => startAt.startsWith('2023-12-06'))
  expect(quarters).toHaveLength(96)
  expect(quarters[40]).toContain(wednesday[40]!.expected.toFixed(1))
  expect(await textOf(page.locator('[data-backtest]'))).toContain(percentText(result.backtest.wapeByDay))
  expect(faults).toEqual([])
})

test('axe finds no serious fault, light and dark, and nothing is wider than a phone', {
  timeout: PLAN_MS_MAX,
}, async () => {
  const whatIf = await planned('what-if', { ...WEEK, seeds: 3 })
  const seats = await planned('seats', { ...WEEK, seeds: 2, floor: 0.95 })
  const pages: readonly [string, string][] = [
    ['/plans?kind=seats', '[data-beside]'],
    [`/plans/${whatIf.id}`, '[data-figure=hours] svg'],
    [`/plans/${seats.id}`, '[data-figure=curve] svg'],
  ]
  for (const [path, drawn] of pages) {
    for (const theme of ['light', 'dark'] as const) {
      const { page } = await look(path, { theme, language: theme === 'light' ? 'zh' : 'en' })
      await page.locator(drawn).first().waitFor()
      expect(await seriousFaultsOf(page), `${path} ${theme}`).toEqual([])
    }
    const { page } = await look(path, { width: 390, height: 844, language: 'en' })
    await page.locator(drawn).first().waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
  }
})
