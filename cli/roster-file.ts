/** Rosters in files: read for `--roster`, written for `--roster-out`. */
import { readFileSync } from 'node:fs'
import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import { ROSTER_CLASSES, type Roster } from '../kpi/planning/roster.ts'
import { csvText } from '../schemas/csv-text.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { ROSTER_COLUMNS, rosterOfCsv, rosterRows } from '../schemas/roster-csv.ts'

/** @throws SteadylineError (exit code 2) that names every row that is wrong */
export function readRoster(file: string): Roster {
  const { roster, problems } = rosterOfCsv(textOf(file))
  if (problems.length > 0)
    throw rosterInvalid(`${file} is no roster:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  return roster
}

/** One row per stretch of equal seats. */
export function rosterCsv(roster: Roster, isSimulated: boolean): string {
  const rows = ROSTER_CLASSES.flatMap((dayClass) => rosterRows(roster, dayClass))
  return csvText([...(isSimulated ? [[SIMULATED_HEADING]] : []), ROSTER_COLUMNS, ...rows])
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw rosterInvalid(`${file}: ${(error as Error).message}. Expected a CSV file with ${ROSTER_COLUMNS.join(',')}.`)
  }
}

function rosterInvalid(message: string): SteadylineError {
  return new SteadylineError('STEADYLINE_ROSTER_INVALID', 2, message)
}
