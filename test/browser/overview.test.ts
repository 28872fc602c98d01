import { expect, test } from 'vitest'
import type { PeaksAnswer } from '../../api/answers/peaks-answer.ts'
import type { PeriodAnswer } from '../../api/answers/period-answer.ts'
import type { StabilityAnswer } from '../../api/answers/stability-shape.ts'
import { answerOf, look, textOf, textsOf } from './browser.ts'

const grouped = (count: number) => count.toLocaleString('en-US')

test.each(['zh', 'en'] as const)('the overview shows the figures of the API (%s)', async (language) => {
  const year = await answerOf<PeriodAnswer>('/v1/years/2023')
  const stability = await answerOf<StabilityAnswer>('/v1/stability/2023')
  const { page, faults } = await look('/', { language })
  await page.locator('[data-sentence]').waitFor()

  for (const kpi of year.kpis) {
    const row = page.locator(`tr[data-kpi=${kpi.id}]`)
    const text = await textOf(row)
    expect(text).toContain(language === 'zh' ? kpi.nameZh : kpi.nameEn)
    expect(text).toContain(kpi.base[language])
    expect(await textOf(row.locator('[data-percent]'))).toBe(`${kpi.percent}%`)
    expect(await textOf(row.locator('[data-counts]'))).toBe(`${grouped(kpi.numerator)} / ${grouped(kpi.denominator)}`)
    if (kpi.published !== null) expect(text).toContain(`${kpi.published.percent}%`)
    if (kpi.target !== null) expect(text).toContain(`${Math.round(100 * kpi.target)}%`)
  }
  expect(await textOf(page.locator('[data-sentence]'))).toBe(stability.sentence[language])
  expect(await textOf(page.locator('[data-as-of]'))).toContain(year.asOf!.slice(0, 16).replace('T', ' '))
  const windows = [...stability.pooled.filter(({ span }) => span === '2023'), ...stability.special]
  for (const { period, name, deviationPoints, offeredCount } of windows) {
    const text = await textOf(page.locator(`[data-pooled="${period}"]`))
    expect(text).toContain(name[language])
    expect(text).toContain(Math.abs(deviationPoints!).toFixed(2))
    expect(text).toContain(grouped(offeredCount))
    expect(text).not.toContain(period)
  }
  expect(faults).toEqual([])
})

test('the latest peak is the last one of the period that had calls', async () => {
  const { instances } = await answerOf<PeaksAnswer>('/v1/peaks?from=2023-12-27&to=2024-01-01')
  const last = instances.filter(({ kind, offeredCount }) => kind === 'peak' && offeredCount > 0).at(-1)!
  const { page } = await look('/')
  const text = await textOf(page.locator(`[data-running="${last.id}"]`))
  expect(text).toContain(`${last.answeredCount} / ${last.offeredCount}`)
  expect(text).toContain(`${(100 * last.ratio!).toFixed(2)}%`)
})

test('everything that is shown is marked 模拟数据, in both languages', async () => {
  for (const language of ['zh', 'en'] as const) {
    const { page } = await look('/', { language })
    expect(await textOf(page.locator('.banner.simulated'))).toContain('模拟数据')
  }
})

test('a chart shows its table, and the table the figures of the API', async () => {
  const { points } = await answerOf<{ points: { startAt: string; ratio: number }[] }>(
    '/v1/rates?grain=month&from=2023-01-01&to=2024-01-01',
  )
  const { page } = await look('/')
  await page.locator('[data-figure=months] svg').waitFor()
  await page.locator('[data-figure=months]').getByRole('button', { name: '表', exact: true }).click()
  const rows = await textsOf(page, '[data-figure=months] tbody tr')
  expect(rows).toHaveLength(12)
  for (const [place, { startAt, ratio }] of points.entries()) {
    expect(rows[place]).toContain(startAt.slice(0, 7))
    expect(rows[place]).toContain(`${(100 * ratio).toFixed(2)}%`)
  }
  expect(page.url()).toContain('tables=months')
})

test('the address holds the period; back and forward go through what was chosen', async () => {
  const quarter = await answerOf<PeriodAnswer>('/v1/quarters/2023-Q3')
  const month = await answerOf<PeriodAnswer>('/v1/months/2023-11')
  const percentOf = ({ kpis }: PeriodAnswer) => `${kpis.find(({ id }) => id === 'connectionRate')!.percent}%`
  const { page } = await look('/')
  const shown = page.locator('tr[data-kpi=connectionRate] [data-percent]')
  const isShown = (text: string) => shown.filter({ hasText: new RegExp(`^${text}$`) }).waitFor()
  await shown.waitFor()
  await page.getByLabel('统计期').selectOption('2023-Q3')
  await isShown(percentOf(quarter))
  await page.getByLabel('统计期').selectOption('2023-11')
  await isShown(percentOf(month))
  expect(page.url()).toContain('period=2023-11')
  await page.goBack()
  await isShown(percentOf(quarter))
  expect(page.url()).toContain('period=2023-Q3')
  await page.goForward()
  await isShown(percentOf(month))
  await page.reload()
  await isShown(percentOf(month))
})

test('language and theme are switched by a button and kept', async () => {
  const { page } = await look('/', { language: 'en' })
  await page.getByRole('heading', { level: 1, name: 'KPIs and peaks, 2023' }).waitFor()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('heading', { level: 1, name: '2023年指标与高峰' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  await page.getByRole('button', { name: '换成深色' }).click()
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const dark = await ground()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: '2023年指标与高峰' }).waitFor()
  expect(await ground()).toBe(dark)
  await page.getByRole('button', { name: '换成浅色' }).click()
  expect(await ground()).not.toBe(dark)
})
