/** A processor as a child of this process: the one of `up`, or that of a scenario. */
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import type { Supervised } from '../../local/supervise.ts'
import { superviseNode } from '../../local/supervise-node.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import type { Settings } from '../../schemas/settings.ts'
import { PROJECT_ROOT } from '../project-root.ts'

/** Two cores that are busy with other things need their time to start Node and to make the tables. */
const READY_MS_MAX = 120_000

export interface ProcessorPart {
  /** With the addresses of the servers; `CLICKHOUSE_DATABASE` is the real database, from which a scenario's is named. */
  env: NodeJS.ProcessEnv
  /** `CLICKHOUSE_DATABASE` is the one that the processor writes to. */
  settings: Settings
  scenario: string | null
  dataFolder: string
  say: (sentence: string) => void
}

export function startProcessor({ env, settings, scenario, dataFolder, say }: ProcessorPart): Promise<Supervised> {
  const name = scenario === null ? 'processor' : `processor of scenario ${scenario}`
  return superviseNode({
    name,
    main: join(PROJECT_ROOT, 'processors/main.ts'),
    args: scenario === null ? [] : ['--scenario', scenario],
    env,
    logFile: join(dataFolder, 'logs', scenario === null ? 'processor.log' : `processor.${scenario}.log`),
    ready: () => hasTables(settings),
    readyMsMax: READY_MS_MAX,
    stopMsMax: 60_000,
    explain: ({ code }, logTail) => (code === 1 || code === 2 ? lastWords(name, code, logTail) : null),
    say,
  })
}

/** A part that ended by itself has said why in its last lines, which were written for a person. */
export function lastWords(name: string, exitCode: 1 | 2 | 3, logTail: string): never {
  const words = logTail.split('\n').filter((line) => line !== '' && !line.startsWith('{'))
  throw new SteadylineError(
    'STEADYLINE_PART_ENDED',
    exitCode,
    words.slice(-12).join('\n') || `The ${name} ended with exit code ${exitCode}.`,
  )
}

/** A processor is ready when the tables are there: it has reached the store and made them. */
async function hasTables({ CLICKHOUSE_URL, CLICKHOUSE_DATABASE }: Settings): Promise<boolean> {
  const client = createClient({ url: CLICKHOUSE_URL! })
  try {
    const answer = await client.query({
      query:
        "SELECT count() AS count FROM system.tables WHERE database = {database:String} AND name IN ('progress', 'caller_days')",
      query_params: { database: CLICKHOUSE_DATABASE },
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ count: string }>()
    return Number(row?.count) === 2
  } catch {
    return false
  } finally {
    await client.close()
  }
}
