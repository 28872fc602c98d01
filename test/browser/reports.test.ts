import { readFile } from 'node:fs/promises'
import { expect, inject, test } from 'vitest'
import type { EvaluationAnswer } from '../../api/answers/evaluation-answer.ts'
import type { KpisAnswer } from '../../api/answers/kpis-answer.ts'
import type { StabilityAnswer } from '../../api/answers/stability-shape.ts'
import { answerOf, look, textOf, textsOf } from './browser.ts'

/** The page to print, as the API gives it to whoever asks for HTML. */
async function printedOf(path: string): Promise<string> {
  return (await fetch(`${inject('dashboard')}${path}`, { headers: { accept: 'text/html' } })).text()
}

/** What a reader sees of HTML. */
function wordsOf(html: string): string {
  return html
    .replace(/<(style|title)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, '')
}

test.each([
  ['/evaluation', '/v1/evaluations/2023'],
  ['/stability', '/v1/stability/2023'],
  ['/stability?period=2023-Q4&line=12345', '/v1/stability/2023-Q4?line=12345'],
])('%s shows, word for word, the page that the API prints', async (path, printed) => {
  const { page, faults } = await look(path)
  await page.locator('.paper h1').first().waitFor()
  const shown = (await page.locator('.paper body').textContent())!.replace(/\s+/g, '')
  expect(shown).toBe(wordsOf(await printedOf(printed)))
  expect(await textOf(page.locator('.banner.simulated'))).toContain('模拟数据')
  expect(faults).toEqual([])
})

test('a score as it was known on a day is asked for by the address', async () => {
  const { page } = await look('/evaluation?asOf=2024-01-10')
  const then = await answerOf<EvaluationAnswer>('/v1/evaluations/2023?asOf=2024-01-10')
  await page.locator('.paper h1').waitFor()
  expect(await textOf(page.locator('.paper .facts'))).toContain(`截至 ${then.asOf}`)
  expect(await page.getByLabel('按此刻所知').inputValue()).toBe('2024-01-10')
})

test('CSV opens right in Chinese Excel: it begins with a byte order mark and bears the API’s own lines', async () => {
  for (const [path, printed] of [
    ['/evaluation', '/v1/evaluations/2023'],
    ['/stability', '/v1/stability/2023'],
  ]) {
    const { page } = await look(path!)
    await page.locator('.paper h1').first().waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ])
    const bytes = await readFile(await saved.path())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const csv = await fetch(`${inject('dashboard')}${printed}`, { headers: { accept: 'text/csv' } })
    expect(bytes.subarray(3).toString()).toBe(await csv.text())
    expect(saved.suggestedFilename()).toMatch(/^panjin-2023-\w+-2023\.csv$/)
  }
})

test('JSON is saved as the API gives it', async () => {
  const { page } = await look('/stability', { language: 'en' })
  await page.locator('.paper h1').first().waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON', exact: true }).click(),
  ])
  const answer = await answerOf<StabilityAnswer>('/v1/stability/2023')
  expect(JSON.parse(await readFile(await saved.path(), 'utf8'))).toEqual(answer)
})

test.each(['zh', 'en'] as const)('definitions say every KPI as the dictionary does (%s)', async (language) => {
  const kpis = await answerOf<KpisAnswer>('/v1/kpis')
  const { page } = await look('/definitions', { language })
  const shown = await textsOf(page, '[data-definition]')
  expect(shown).toHaveLength(kpis.length)
  for (const [place, { nameZh, nameEn, formula, base }] of kpis.entries()) {
    for (const words of [nameZh, nameEn, formula, base[language]]) expect(shown[place]).toContain(words)
  }
  const windows = (await textsOf(page, 'section[aria-labelledby=windows] tbody tr')).join('\n')
  expect(windows).toContain(
    { zh: '春节 2023-01-21 – 2023-01-27', en: 'Spring Festival 2023-01-21 – 2023-01-27' }[language],
  )
  expect(windows).not.toContain('spring-festival')
})

test('rejects are those of the API', async () => {
  const { total } = await answerOf<{ total: number }>('/v1/rejects')
  const { page } = await look('/rejects')
  await page.locator('[data-total]').first().waitFor()
  expect(await page.locator('[data-total]').first().getAttribute('data-total')).toBe(String(total))
})

test('a statement is issued, shown as it was issued, and nothing has changed since', async () => {
  const { page, faults } = await look('/statements')
  await page.getByLabel('统计期').selectOption('2023-Q2')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: '发布定版报表' }).click()
  await page.waitForURL(/\/statements\/[0-9a-f]+$/)
  const id = page.url().split('/').at(-1)!
  const { statements } = await answerOf<{ statements: { id: string; sha256: string; period: string }[] }>(
    '/v1/statements',
  )
  const issued = statements.find((statement) => statement.id === id)!
  expect(issued.period).toBe('2023-Q2')
  await page.locator('.paper h1').waitFor()
  expect(await textOf(page.locator('.paper body'))).toContain(issued.sha256)

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON（原字节）' }).click(),
  ])
  const bytes = await fetch(`${inject('dashboard')}/v1/statements/${id}`, { headers: { accept: 'application/json' } })
  expect(await readFile(await saved.path(), 'utf8')).toBe(await bytes.text())

  await page.getByRole('link', { name: '之后的变化' }).click()
  await page.locator('[data-same]').waitFor()
  await page.getByRole('link', { name: '全部定版报表' }).click()
  const row = page.locator('tbody tr', { hasText: issued.sha256.slice(0, 12) })
  expect(await textOf(row)).toContain('2023年第2季度')
  expect(faults).toEqual([])
})

test('what is not there is said, in the language of the page', async () => {
  const { page } = await look('/statements/0000000000000000', { language: 'en' })
  expect(await textOf(page.getByRole('alert').filter({ hasText: 'Not found' }))).toContain(
    'STEADYLINE_STATEMENT_UNKNOWN',
  )
  await page.goto('/no/such/page')
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
})
