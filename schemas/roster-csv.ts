/** Rosters as CSV: `day_class,from,to,seats`, seats by stretches of quarter-hours of workdays and off-days. */
import { parse } from 'csv-parse/sync'
import { emptyRoster, QUARTERS_PER_DAY, ROSTER_CLASSES, type Roster, type RosterClass } from '../kpi/planning/roster.ts'
import { minutesOf } from '../kpi/windows.ts'

export const ROSTER_COLUMNS = ['day_class', 'from', 'to', 'seats']
const SEATS_MAX = 999

/** Seats of one stretch of a day: its class, from (in), to (out), how many. */
export type RosterRow = [dayClass: RosterClass, from: string, to: string, seats: number]

/**
 * Reads a roster. Quarter-hours that no row names have no seats; one that two rows name is a problem.
 *
 * Rows before the heading are passed over, such as 模拟数据. `all` stands for workdays and off-days.
 *
 * @returns the roster, and what is wrong with the text, by rows: with any problem it is no roster
 */
export function rosterOfCsv(text: string): { roster: Roster; problems: string[] } {
  const roster = emptyRoster()
  let rows: string[][]
  try {
    rows = parse(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true })
  } catch (error) {
    return { roster, problems: [`${(error as Error).message}, expected CSV`] }
  }
  const headAt = rows.findIndex((row) => ROSTER_COLUMNS.every((column, at) => row[at] === column))
  if (headAt < 0) return { roster, problems: [`no heading ${ROSTER_COLUMNS.join(',')}`] }
  const problems: string[] = []
  const taken = new Set<string>()
  for (const [at, row] of rows.slice(headAt + 1).entries()) {
    const problem = takeRow(roster, taken, row)
    if (problem !== null) problems.push(`row ${headAt + at + 2}: ${problem}`)
  }
  return { roster, problems }
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

/** Stretches of equal seats of one day, as rows of the file. */
export function rosterRows(roster: Roster, dayClass: RosterClass): RosterRow[] {
  const rows: RosterRow[] = []
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
