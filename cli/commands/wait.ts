import { allCounted } from '../all-counted.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'
import { lengthMsOf } from '../time-text.ts'

/** Returns once everything that is now in Kafka has been counted; exit code 1 after the time-out. */
export async function wait(options: SiteOptions & { timeout: string }): Promise<void> {
  const timeoutMs = lengthMsOf(options.timeout, '--timeout')
  const site = siteWithServers(options)
  if (await allCounted(site, timeoutMs)) return
  process.stderr.write(
    `Not everything is counted after ${options.timeout}. See \`npx steadyline doctor\` for who lags, or wait again.\n`,
  )
  process.exitCode = 1
}
