/** There is no scenario of that name. */
export class ScenarioUnknownError extends Error {
  override readonly name = 'ScenarioUnknownError'
  readonly code = 'STEADYLINE_SCENARIO_UNKNOWN'

  constructor(scenario: string) {
    super(`There is no scenario ${scenario}. \`npx steadyline scenarios list\` names those that there are`)
  }
}

/** Something was to be issued or changed of what did not happen. */
export class ScenarioReadOnlyError extends Error {
  override readonly name = 'ScenarioReadOnlyError'
  readonly code = 'STEADYLINE_SCENARIO_READ_ONLY'

  constructor(scenario: string) {
    super(`${scenario} is a scenario: it is read and compared, and nothing is issued of what did not happen`)
  }
}
