/** Rosters as CSV: `day_class,from,to,seats`, seats by stretches of quarter-hours of workdays and off-days. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import { emptyRoster, QUARTERS_PER_DAY, ROSTER_CLASSES, type Roster, type RosterClass } from '../kpi/planning/roster.ts'
import { minutesOf } from '../kpi/windows.ts'
import { csvText } from '../schemas/csv-text.ts'
import { SteadylineError } from '../schemas/errors.ts'

const COLUMNS = ['day_class', 'from', 'to', 'seats']
const SEATS_MAX = 999

/**
 * Reads a roster. Quarter-hours that no row names have no seats; one that two rows name is an error.
 *
 * Rows before the heading are passed over, such as 模拟数据. `all` stands for workdays and off-days.
 */
export function readRoster(file: string): Roster {
  let rows: string[][]
  try {
    rows = parse(readFileSync(file, 'utf8'), {
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
    })
  } catch (error) {
    throw new SteadylineError(
      'STEADYLINE_ROSTER_INVALID',
      2,
      `${file}: ${(error as Error).message}. Expected a CSV file with ${COLUMNS.join(',')}.`,
    )
  }
  const headAt = rows.findIndex((row) => COLUMNS.every((column, at) => row[at] === column))
  const problems = headAt < 0 ? [`no heading ${COLUMNS.join(',')}`] : []
  const roster = emptyRoster()
  const taken = new Set<string>()
  for (const [at, row] of rows.slice(headAt + 1).entries()) {
    if (headAt < 0) break
    const problem = takeRow(roster, taken, row)
    if (problem !== null) problems.push(`row ${headAt + at + 2}: ${problem}`)
  }
  if (problems.length > 0)
    throw new SteadylineError(
      'STEADYLINE_ROSTER_INVALID',
      2,
      `${file} is no roster:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
  return roster
}

function takeRow(
  roster: Roster,
  taken: Set<string>,
  [dayClass = '', from = '', to = '', seats = '']: string[],
): string | null {
  const classes = dayClass === 'all' ? ROSTER_CLASSES : ROSTER_CLASSES.filter((known) => known === dayClass)
  if (classes.length === 0) return `day_class is ${JSON.stringify(dayClass)}, expected workday, offday or all`
  const fromQuarter = minutesOf(from) / 15
  const toQuarter = minutesOf(to) / 15
  const isStretch = Number.isInteger(fromQuarter) && Number.isInteger(toQuarter) && fromQuarter < toQuarter
  if (!isStretch)
    return `from ${from} to ${to}, expected quarter-hours of one day such as 08:15 and 08:30, 24:00 at the end`
  const count = Number(seats)
  if (!/^\d+$/.test(seats) || count > SEATS_MAX)
    return `seats is ${JSON.stringify(seats)}, expected a whole number from 0 to ${SEATS_MAX}`
  for (const one of classes) {
    for (let quarter = fromQuarter; quarter < toQuarter; quarter += 1) {
      const name = `${one} ${quarter}`
      if (taken.has(name)) return `${one} ${wallTime(quarter)} has its seats from another row already`
      taken.add(name)
      roster[one][quarter] = count
    }
  }
  return null
}

/** One row per stretch of equal seats. */
export function rosterCsv(roster: Roster, isSimulated: boolean): string {
  const rows = ROSTER_CLASSES.flatMap((dayClass) => stretchesOf(roster, dayClass))
  return csvText([...(isSimulated ? [[SIMULATED_HEADING]] : []), COLUMNS, ...rows])
}

/** Stretches of equal seats of one day, as rows of the file. */
export function stretchesOf(roster: Roster, dayClass: RosterClass): [string, string, string, number][] {
  const rows: [string, string, string, number][] = []
  let from = 0
  for (let quarter = 1; quarter <= QUARTERS_PER_DAY; quarter += 1) {
    if (quarter < QUARTERS_PER_DAY && roster[dayClass][quarter] === roster[dayClass][from]) continue
    rows.push([dayClass, wallTime(from), wallTime(quarter), roster[dayClass][from]!])
    from = quarter
  }
  return rows
}

function wallTime(quarter: number): string {
  return `${String(quarter >> 2).padStart(2, '0')}:${String(15 * (quarter & 3)).padStart(2, '0')}`
}
