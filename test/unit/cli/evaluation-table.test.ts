import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { evaluationTable } from '../../../cli/evaluation-table.ts'
import { languageOf } from '../../../cli/language.ts'
import { anApp, at } from '../api/asked-app.ts'
import { aCall } from '../kpi/made-by-hand.ts'

const COLUMNS_MAX = 120
/** Characters of East Asian scripts and their punctuation take two columns of a terminal. */
const columnsOf = (line: string) => [...line].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0)

async function answered(id: string) {
  const { ask, reader } = await anApp()
  const arrivedAtMs = at('2023-05-01T09:00')
  const instants = { arrivedAtMs, queuedAtMs: arrivedAtMs, answeredAtMs: arrivedAtMs + 1, endedAtMs: arrivedAtMs + 2 }
  reader.calls = [aCall({ callId: id, ...instants })]
  return (await ask('/v1/evaluations/2023')).json()
}

test.each(['zh', 'en'] as const)(
  'the scorecard in %s has its sixteen indicators within a terminal',
  async (language) => {
    const text = evaluationTable(await answered('sim-1'), language)
    const lines = stripVTControlCharacters(text).split('\n')
    expect(lines.filter((line) => /^│ [A-D]\d\d │/.test(line))).toHaveLength(16)
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(COLUMNS_MAX)
    expect(lines[0]).toMatch(/^模拟数据/)
  },
)

test('of real records it is not headed as simulated, and what has no score says why', async () => {
  const text = evaluationTable(await answered('call-1'), 'zh')
  expect(text).not.toContain('模拟数据')
  expect(text).toContain('C12 话务接通率：统计期进行中，尚未定版，暂不计分')
  expect(text).toContain('暂计')
})

test.each([
  [undefined, 'zh_CN.UTF-8', 'zh'],
  [undefined, 'C.UTF-8', 'en'],
  [undefined, undefined, 'en'],
  ['en', 'zh_CN.UTF-8', 'en'],
  ['zh', 'de_DE.UTF-8', 'zh'],
] as const)('asked for %s on a terminal of %s the words are %s', (asked, locale, language) =>
  expect(languageOf(asked, locale)).toBe(language),
)
