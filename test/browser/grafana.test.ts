import { readFile } from 'node:fs/promises'
import { expect, inject, test } from 'vitest'
import { runningUp } from '../../cli/up-record.ts'

interface Board {
  templating: { list: { name: string; query: string }[] }
  panels: { title: string; targets?: { rawSql: string }[] }[]
}

/** Rows of the store of the demonstration year. */
async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const { clickhouseUrl } = runningUp(inject('dataFolder'))!
  const answer = await fetch(`${clickhouseUrl}/?database=steadyline&default_format=JSON`, { method: 'POST', body: sql })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${sql}: ${text}`)
  return (JSON.parse(text) as { data: Record<string, unknown>[] }).data
}

/** As Grafana fills in its macros for the year. */
function filledIn(sql: string, lines: readonly string[]): string {
  return sql
    .replaceAll(/\$\{profile\}/g, 'panjin-2023')
    .replaceAll(/\$\{line:singlequote\}/g, lines.map((line) => `'${line}'`).join(','))
    .replaceAll(
      /\$__timeFilter\((\w+)\)/g,
      "$1 >= toDateTime('2022-12-31 16:00:00', 'UTC') AND $1 <= toDateTime('2023-12-31 16:00:00', 'UTC')",
    )
}

test('every query of the Grafana dashboard runs on the store, and finds something', async () => {
  const board = JSON.parse(await readFile('docker/grafana/dashboards/steadyline.json', 'utf8')) as Board
  const [profiles, lines] = board.templating.list
  expect(await rowsOf(profiles!.query)).toEqual([{ profile: 'panjin-2023' }])
  const numbers = (await rowsOf(filledIn(lines!.query, []))).map(({ line }) => String(line))
  expect(numbers).toContain('12345')
  const queries = board.panels.flatMap(({ targets = [] }) => targets.map(({ rawSql }) => rawSql))
  expect(queries).toHaveLength(7)
  for (const sql of queries) expect((await rowsOf(filledIn(sql, numbers))).length, sql).toBeGreaterThan(0)
  const [{ rate }] = (await rowsOf(filledIn(queries[0]!, numbers))) as [{ rate: number }]
  expect(rate).toBeCloseTo(0.98, 2)
})
