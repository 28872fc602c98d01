import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CallAnswer } from '../../api/answers/call-answer.ts'
import type { HeatmapAnswer } from '../../api/answers/heatmap-answer.ts'
import type { PeaksAnswer } from '../../api/answers/peaks-answer.ts'
import type { StabilityAnswer } from '../../api/answers/stability-shape.ts'
import type { WindowAnswer } from '../../api/answers/window-answer.ts'
import { answerOf, look, textOf, textsOf } from './browser.ts'

const grouped = (count: number) => count.toLocaleString('en-US')
const percentText = (ratio: number) => `${(100 * ratio).toFixed(2)}%`
const pathOf = (page: Page) => new URL(page.url()).pathname
const asked = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const windowApi = (id: string) => `/v1/windows/${encodeURIComponent(id)}`

/** The calls of a window as the list asks for them. */
async function callsOf({ startAt, endAt }: { startAt: string; endAt: string }): Promise<CallAnswer[]> {
  const path = `/v1/calls?from=${startAt.slice(0, 16)}&to=${endAt.slice(0, 16)}&limit=100`
  return (await answerOf<{ calls: CallAnswer[] }>(path)).calls
}

test.each(['zh', 'en'] as const)('the page about peaks shows the figures of the API (%s)', async (language) => {
  const stability = await answerOf<StabilityAnswer>('/v1/stability/2023')
  const heat = await answerOf<HeatmapAnswer>('/v1/heatmap?year=2023')
  const { page, faults } = await look('/peaks', { language })
  await page.locator('[data-heat=monday-10]').waitFor()

  expect(await textOf(page.locator('[data-overall]'))).toBe(`${stability.overall.percent}%`)
  expect(await textOf(page.locator('[data-sentence]'))).toContain(stability.sentence[language])
  expect(await textOf(page.locator('[data-heat-overall]'))).toBe(`${heat.overall.percent}%`)
  for (const { weekday, hour, percent, offeredCount, hasEnoughCalls } of heat.cells) {
    const cell = page.locator(`[data-heat=${weekday}-${hour}]`)
    const title = (await cell.getAttribute('title')) ?? ''
    expect(title).toContain(`${percent}%`)
    expect(title).toContain(grouped(offeredCount))
    expect((await cell.getAttribute('class')) === 'few').toBe(!hasEnoughCalls)
  }
  for (const { id, name, ratio, why } of stability.worst) {
    const row = await textOf(page.locator('tr', { has: page.locator(`[data-window="${id}"]`) }))
    expect(row).toContain(percentText(ratio!))
    expect(row).toContain(name[language])
    expect(row).toContain(why[language])
  }
  for (const { name, percent } of stability.special) {
    expect(await textOf(page.locator('tr', { hasText: name[language] }).first())).toContain(`${percent}%`)
  }
  expect(await textOf(page.locator('[data-rolling]'))).toContain(`${stability.rolling24Hours!.percent}%`)
  expect(faults).toEqual([])
})

test('every chart of the page has its table, with the figures of the API', async () => {
  const stability = await answerOf<StabilityAnswer>('/v1/stability/2023')
  const heat = await answerOf<HeatmapAnswer>('/v1/heatmap?year=2023')
  const { page } = await look('/peaks?tables=heatmap,control,pooled&peak=evening')
  const evenings = stability.charts.find(({ period }) => period === 'evening')!.points
  const controls = await textsOf(page, '[data-figure=control] tbody tr')
  expect(controls).toHaveLength(evenings.length)
  for (const [place, { date, ratio, lower }] of evenings.entries()) {
    expect(controls[place]).toContain(`${date} `)
    if (ratio !== null) expect(controls[place]).toContain(`${percentText(ratio)} ${percentText(lower!)}`)
  }
  const pooled = await textsOf(page, '[data-figure=pooled] tbody tr')
  expect(pooled).toHaveLength(stability.pooled.length)
  for (const [place, { percent, offeredCount }] of stability.pooled.entries()) {
    expect(pooled[place]).toContain(grouped(offeredCount))
    if (percent !== null) expect(pooled[place]).toContain(`${percent}%`)
  }
  const hours = await textsOf(page, '[data-figure=heatmap] tbody tr')
  expect(hours).toHaveLength(168)
  for (const [place, { percent, answeredCount }] of heat.cells.entries()) {
    expect(hours[place]).toContain(grouped(answeredCount))
    if (percent !== null) expect(hours[place]).toContain(`${percent}%`)
  }
})

test('peak, window, calls, call: by clicks, and back again', async () => {
  const { charts } = await answerOf<StabilityAnswer>('/v1/stability/2023')
  const morning = charts.find(({ period }) => period === 'weekday-morning')!
  const low = morning.points.reduce((least, point) => ((point.ratio ?? 1) < (least.ratio ?? 1) ? point : least))
  const id = `weekday-morning@${low.date}`
  const window = await answerOf<WindowAnswer>(windowApi(id))
  const { page, faults } = await look('/peaks?peak=weekday-morning')

  const point = page.locator(`[data-point="${id}"]`)
  await page.locator('.control svg').scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await point.boundingBox())!
  await page.mouse.click(x + width / 2, y + height / 2)
  await page.locator('[data-why]').waitFor()
  expect(decodeURIComponent(pathOf(page))).toBe(`/peaks/${id}`)
  expect(await textOf(page.locator('.window-head [data-percent]'))).toBe(`${window.percent}%`)
  expect(await textOf(page.locator('.window-head [data-counts]'))).toBe(
    `${grouped(window.answeredCount)} / ${grouped(window.offeredCount)}`,
  )
  expect(await textOf(page.locator('[data-why]'))).toBe(window.sentence.zh)
  expect(await page.locator('[data-why]').getAttribute('data-why')).toBe(window.cause)
  expect(await textOf(page.locator('[data-measure=seatsAnsweringCount]'))).toBe(
    String(window.measures.seatsAnsweringCount.value),
  )
  expect(await page.locator('[data-bar]').count()).toBe(window.course.length)

  await page.getByRole('link', { name: '看通话' }).click()
  const calls = await callsOf(window)
  const shown = await textsOf(page, '[data-call]')
  expect(shown).toEqual(calls.map(({ arrivedAt }) => arrivedAt.slice(11, 19)))

  const amended = calls.find(({ revision }) => revision > 1) ?? calls[0]!
  const { revisions } = await answerOf<{ revisions: CallAnswer[] }>(`/v1/calls/${amended.callId}`)
  await page.locator(`[data-call="${amended.callId}"]`).click()
  await page.locator('[data-revision]').first().waitFor()
  expect(await page.locator('[data-revision]').count()).toBe(revisions.length)
  expect(await textOf(page.locator('.page-head'))).toContain(amended.callId)

  await page.goBack()
  await page.locator('[data-call]').first().waitFor()
  await page.goBack()
  await page.locator('[data-why]').waitFor()
  await page.goBack()
  await page.locator('[data-heat=monday-10]').waitFor()
  expect(asked(page, 'peak')).toBe('weekday-morning')
  await page.goForward()
  expect(await textOf(page.locator('[data-why]'))).toBe(window.sentence.zh)
  expect(faults).toEqual([])
})

test('the same way by keyboard', async () => {
  const { worst } = await answerOf<StabilityAnswer>('/v1/stability/2023')
  const [{ id }] = worst as [StabilityAnswer['worst'][number]]
  const { page } = await look('/peaks', { language: 'en' })
  const press = async (selector: string) => {
    await page.locator(selector).first().focus()
    await page.keyboard.press('Enter')
  }
  await press(`[data-window="${id}"]`)
  await page.locator('[data-why]').waitFor()
  await press('main .page-head a.button')
  await press('[data-call]')
  await page.locator('[data-revision]').first().waitFor()
  expect(pathOf(page)).toMatch(/^\/calls\/./)
})

test('dragging over the chart chooses days for everything on the page; back gives the whole year again', async () => {
  const year = await answerOf<HeatmapAnswer>('/v1/heatmap?year=2023')
  const { page } = await look('/peaks?peak=evening')
  const overall = page.locator('[data-heat-overall]')
  await overall.filter({ hasText: `${year.overall.percent}%` }).waitFor()
  const chart = page.locator('.control svg')
  await chart.scrollIntoViewIfNeeded()
  const centre = async (date: string) => {
    const { x, width } = (await page.locator(`[data-point="evening@${date}"]`).boundingBox())!
    return x + width / 2
  }
  const [from, to] = [await centre('2023-06-01'), await centre('2023-06-30')]
  const box = (await chart.boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(from, y)
  await page.mouse.down()
  await page.mouse.move((from + to) / 2, y)
  await page.mouse.move(to, y)
  await page.mouse.up()
  await page.waitForURL(({ searchParams }) => searchParams.get('from') === '2023-06-01')
  expect(asked(page, 'to')).toBe('2023-07-01')
  const june = await answerOf<HeatmapAnswer>('/v1/heatmap?from=2023-06-01&to=2023-07-01')
  await overall.filter({ hasText: `${june.overall.percent}%` }).waitFor()
  const { instances } = await answerOf<PeaksAnswer>('/v1/peaks?from=2023-06-01&to=2023-07-01')
  const listed = await textsOf(page, '[data-inside] tbody tr')
  expect(listed).toHaveLength(Math.min(60, instances.length))
  await page.goBack()
  await overall.filter({ hasText: `${year.overall.percent}%` }).waitFor()
  expect(asked(page, 'from')).toBeNull()
})

test('line, region and days are in the address: sent to a colleague, it shows the same', async () => {
  const path = '/v1/heatmap?from=2023-01-01&to=2024-01-01&line=12315&region=211103&days=workday'
  const { overall } = await answerOf<HeatmapAnswer>(path)
  const { page } = await look('/peaks')
  await page.getByLabel('线路').selectOption('12315')
  await page.getByLabel('区域').selectOption('211103')
  await page.locator('[data-figure=heatmap]').getByRole('button', { name: '工作日', exact: true }).click()
  const isShown = (looked: Page) =>
    looked
      .locator('[data-heat-overall]')
      .filter({ hasText: `${overall.percent}%` })
      .waitFor()
  await isShown(page)
  const { page: colleague } = await look(new URL(page.url()).pathname + new URL(page.url()).search)
  await isShown(colleague)
  expect(await colleague.getByLabel('线路').inputValue()).toBe('12315')
})

test('long lists of calls go page by page, by outcome too', async () => {
  const day = 'from=2023-06-01T00:00&to=2023-06-02T00:00'
  const first = await answerOf<{ calls: CallAnswer[]; nextCursor: string }>(`/v1/calls?${day}&limit=100`)
  const second = await answerOf<{ calls: CallAnswer[] }>(`/v1/calls?${day}&limit=100&cursor=${first.nextCursor}`)
  const { page } = await look(`/calls?${day}`)
  const isFirstOf = (calls: CallAnswer[]) => page.locator(`[data-call="${calls[0]!.callId}"]`).waitFor()
  await isFirstOf(first.calls)
  await page.locator('[data-next]').click()
  await isFirstOf(second.calls)
  expect(await page.locator('[data-call]').count()).toBe(second.calls.length)
  await page.goBack()
  await isFirstOf(first.calls)
  await page.getByLabel('结果').selectOption('WAITING_ABANDONED')
  const left = await answerOf<{ calls: CallAnswer[] }>(`/v1/calls?${day}&limit=100&outcome=WAITING_ABANDONED`)
  await isFirstOf(left.calls)
})

test('a window that there is not is said to be not there', async () => {
  const { page } = await look('/peaks/evening@2023-02-30', { language: 'en' })
  await page.getByText('Not found.').waitFor()
})
