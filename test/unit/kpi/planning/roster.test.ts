import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRoster, rosterCsv } from '../../../../cli/roster-file.ts'
import { dutiesOfRoster, emptyRoster, rosterOfDuties, seatHours, seatsByCell } from '../../../../kpi/planning/roster.ts'
import { staffingCost } from '../../../../kpi/planning/staffing-cost.ts'
import { zoneOf } from '../../../../kpi/zone.ts'
import { testFolder } from '../../producers/folder.ts'

const zone = zoneOf('Asia/Shanghai')
const at = (local: string) => Date.parse(`${local}:00+08:00`)
const range = { fromAtMs: at('2023-03-10T00:00'), toAtMs: at('2023-03-12T00:00') } // a Friday and a Saturday
const classOf = (day: number) => ((day + 3) % 7 < 5 ? 'workday' : 'offday')

//  workday  08:00 [2] 08:15 [5] 08:30 [1] 09:00        off-day  08:00 [1] 09:00
const roster = emptyRoster()
roster.workday.fill(2, 32, 33).fill(5, 33, 34).fill(1, 34, 36)
roster.offday.fill(1, 32, 36)

test('a roster becomes duties, and duties the same roster again', () => {
  const duties = dutiesOfRoster(roster, range, zone, classOf)
  expect([...seatsByCell(duties, range).slice(31, 37)]).toEqual([0, 2, 5, 1, 1, 0])
  expect(seatHours(duties, range)).toBeCloseTo(0.5 + 1.25 + 0.5 + 1, 12)
  expect(rosterOfDuties(duties, range, zone, classOf)).toEqual(roster)
})

test('52 persons of 40 hours, three tenths of them not at the seat, are 1,456 seat hours a week', () => {
  const week = { fromAtMs: 0, toAtMs: 7 * 86_400_000 }
  const duties = [{ seat: 0, fromAtMs: 0, toAtMs: 1_456 * 3_600_000 }]
  const long = { fromAtMs: 0, toAtMs: 1_456 * 3_600_000 }
  const weeks = long.toAtMs / week.toAtMs
  const { persons, costPerYear } = staffingCost(duties, long, {
    hoursPerPerson: 40,
    shrinkage: 0.3,
    costPerPerson: 60_000,
  })
  expect(persons * weeks).toBeCloseTo(52, 9)
  expect(costPerYear! * weeks).toBeCloseTo(52 * 60_000, 3)
})

describe('as a file', () => {
  test('what is written is read again', async () => {
    const file = join(await testFolder(), 'roster.csv')
    writeFileSync(file, rosterCsv(roster, true))
    expect(readRoster(file)).toEqual(roster)
  })

  test.each([
    ['workday,08:00,08:10,1', 'quarter-hours'],
    ['holiday,08:00,09:00,1', 'day_class'],
    ['all,08:00,09:00,-1', 'seats'],
    ['workday,08:00,09:00,1\nall,08:45,10:00,2', 'another row'],
  ])('%s is refused, naming the row', async (rows, problem) => {
    const file = join(await testFolder(), 'roster.csv')
    writeFileSync(file, `day_class,from,to,seats\n${rows}\n`)
    expect(() => readRoster(file)).toThrow(new RegExp(`row .*${problem}`))
  })
})
