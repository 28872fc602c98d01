/**
 * Names of a scenario's own places: topics, group and database. They can never be those of the real figures: a topic
 * and the group carry the name after a dot, which the name itself cannot hold, and a database is used for a scenario
 * only if it bears the mark of that scenario (clickhouse-scenarios.ts).
 */
import { SteadylineError } from './errors.ts'

/** The form of a name, as in interface and OpenAPI. */
export const SCENARIO_NAME_PATTERN = '^[a-z][a-z0-9_]{0,30}$'
const SCENARIO_NAME = new RegExp(SCENARIO_NAME_PATTERN)
/** ClickHouse and file systems take longer names; this leaves room for the scenario's. */
const DATABASE_LENGTH_MAX = 128

export function isScenarioName(text: string): boolean {
  return SCENARIO_NAME.test(text)
}

/** @throws SteadylineError (exit code 2) for a name of another form */
export function scenarioNamed(text: string): string {
  if (isScenarioName(text)) return text
  throw new SteadylineError(
    'STEADYLINE_SCENARIO_NAME_INVALID',
    2,
    `--scenario is ${JSON.stringify(text)}, expected a name of lower-case letters, digits and _ that begins with a letter, 31 at most, such as evening_plus.`,
  )
}

/** The database of a scenario, or the real one for `null`. */
export function databaseOf(realDatabase: string, scenario: string | null): string {
  if (scenario === null) return realDatabase
  const database = `${realDatabase}_${scenarioNamed(scenario)}`
  if (database.length <= DATABASE_LENGTH_MAX) return database
  throw new SteadylineError(
    'STEADYLINE_SCENARIO_NAME_INVALID',
    2,
    `The database ${database} would have ${database.length} characters, expected ${DATABASE_LENGTH_MAX} at most. Choose a shorter name.`,
  )
}
