import { expect, test } from 'vitest'
import { CELL_MS } from '../../../kpi/cell.ts'
import { cellConditions, cellsPerQuery } from '../../../processors/cell-conditions.ts'

const DAY = 96
const cells = (count: number, step = 1, from = 0) =>
  Array.from({ length: count }, (_, at) => (from + at * step) * CELL_MS)
const alone = (all: readonly number[]) => all.map((cellAtMs) => [cellAtMs])

/** The cells that a condition holds for, counted from 1970. */
function heldBy(condition: string): number[] {
  const numbers = [...condition.matchAll(/\d{3,}|\b0\b/g)].map(([text]) => Number(text) / 900)
  if (!condition.includes('BETWEEN')) return numbers
  const [first, last] = numbers as [number, number]
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

test('a few cells far apart are a list', () => {
  expect(cellConditions(alone(cells(3, 10)), 2_000)).toEqual(['cell IN (0,9000,18000)'])
})

//  [x][x][ ][x]   at least half are asked for: the one between comes out as it is
test('cells close together are a range, both ends in', () => {
  const condition = "cell BETWEEN toDateTime(0, 'UTC') AND toDateTime(2700, 'UTC')"
  expect(cellConditions([[0], [CELL_MS], [3 * CELL_MS]], 2_000)).toEqual([condition])
})

test.each([
  ['a year of all cells', alone(cells(35_040)), 8_000, 5],
  ['every third cell of a year', alone(cells(11_680, 3)), 8_000, 6],
  ['days, whole', Array.from({ length: 365 }, (_, day) => cells(DAY, 1, day * DAY)), 2_000, 19],
  ['every fourth day, whole', Array.from({ length: 92 }, (_, day) => cells(DAY, 1, day * 4 * DAY)), 8_000, 5],
  ['a day longer than a query', [cells(DAY)], 10, 1],
  ['nothing', [], 2_000, 0],
] as const)('%s: every cell is named once, a group is not cut', (_promise, groups, perQuery, queryCount) => {
  const held = cellConditions(groups, perQuery).map(heldBy)
  expect(held).toHaveLength(queryCount)
  const queryOf = new Map(held.flatMap((cells, query) => cells.map((cell) => [cell, query] as const)))
  expect(queryOf.size).toBe(held.flat().length)
  const named = groups.map((group) => new Set(group.map((cellAtMs) => queryOf.get(cellAtMs / CELL_MS))))
  expect(named.every((queries) => queries.size === 1 && !queries.has(undefined))).toBe(true)
})

test('queries hold about a million facts, however many lie in a quarter-hour', () => {
  expect(cellsPerQuery(500_000, 35_040)).toBe(70_080)
  expect(cellsPerQuery(5_000_000, 35_040)).toBe(7_008)
  expect(cellsPerQuery(100_000_000, 35_040)).toBe(350)
  expect(cellsPerQuery(5_000_000, 2)).toBe(1)
  expect(cellsPerQuery(0, 35_040)).toBeGreaterThan(35_040)
})
