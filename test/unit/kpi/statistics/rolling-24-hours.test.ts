import { expect, test } from 'vitest'
import { leastRolling24Hours } from '../../../../kpi/statistics/rolling-24-hours.ts'
import { runningSums } from '../../../../kpi/window-cells.ts'

const HOUR_MS = 3_600_000

function leastOf(offered: number[], answered: number[]) {
  return leastRolling24Hours(runningSums(offered), runningSums(answered), 0, 0, offered.length)
}

//   day 1            day 2            day 3
//   . . . . . . . . . . [x x]. . . . . . . . . .      the bad half hour
//     [ - - - - - - - - - - - [                       the earliest 24 hours that hold all of it
test('the earliest of the windows with the least rate is reported', () => {
  const offered = Array(288).fill(10)
  const answered = offered.map((calls, at) => (at === 120 || at === 121 ? 0 : calls))
  expect(leastOf(offered, answered)).toEqual({
    startAtMs: (26 * 15 * HOUR_MS) / 60,
    endAtMs: (26 * 15 * HOUR_MS) / 60 + 24 * HOUR_MS,
    offeredCount: 960,
    answeredCount: 940,
    ratio: 940 / 960,
  })
})

test('windows without calls are skipped; without any there is no least', () => {
  const silent = Array(200).fill(0)
  expect(leastOf(silent, silent)).toBeNull()
  const oneCall = silent.map((_none, at) => (at === 150 ? 1 : 0))
  expect(leastOf(oneCall, oneCall)?.ratio).toBe(1)
})

test('a period shorter than 24 hours has none', () => expect(leastOf(Array(95).fill(1), Array(95).fill(1))).toBeNull())
