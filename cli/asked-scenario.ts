/** Before a command that names a scenario: that it is there, and a heading that says whose figures follow. */
import { scenarioHeading } from '../api/pages/scenario-heading.ts'
import { ClickHouseScenarios, scenarioUnknown } from '../schemas/clickhouse-scenarios.ts'
import { type SiteOptions, siteWithStore } from './site.ts'

/** Formats that carry the scenario in themselves. */
const OWN_HEADING: ReadonlySet<unknown> = new Set(['json', 'csv', 'html'])

/** @throws SteadylineError (exit code 2) for a name of another form and for a scenario that is not there */
export async function requireAskedScenario(options: SiteOptions & { format?: string }): Promise<void> {
  const { settings, scenario, realDatabase } = siteWithStore(options)
  if (scenario === null) return
  const scenarios = new ClickHouseScenarios({ url: settings.CLICKHOUSE_URL, realDatabase })
  const isThere = await scenarios.isThere(scenario).finally(() => scenarios.close())
  if (!isThere) throw scenarioUnknown(scenario)
  if (!OWN_HEADING.has(options.format)) process.stdout.write(`${scenarioHeading(scenario)}\n`)
}
