import { progressOf } from '../progress.ts'
import { withServers } from '../servers.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'
import { lengthMsOf } from '../time-text.ts'
import { untilCounted } from '../until-counted.ts'

/** Returns once everything that is now in Kafka has been counted; exit code 1 after the time-out. */
export async function wait(options: SiteOptions & { timeout: string }): Promise<void> {
  const timeoutMs = lengthMsOf(options.timeout, '--timeout')
  const site = siteWithServers(options)
  const progress = progressOf('Counting')
  const isCounted = await withServers(site, ({ store, logEnds, names }) =>
    untilCounted({
      store,
      logEnds,
      topics: [names.calls, names.tickets],
      timeoutMs,
      onProgress: (counted, total) => progress.show(counted, total, 'records'),
    }),
  )
  progress.end()
  if (isCounted) return
  process.stderr.write(
    `Not everything is counted after ${options.timeout}. See \`npx steadyline doctor\` for who lags, or wait again.\n`,
  )
  process.exitCode = 1
}
