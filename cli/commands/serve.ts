import { buildDashboard } from '../dashboard-build.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'

/** One API in this process, on the servers of the data folder or of the environment. */
export async function serveCommand(options: SiteOptions & { port?: string }): Promise<void> {
  const { settings, profileFiles } = siteWithServers(options)
  Object.assign(process.env, {
    KAFKA_BROKERS: settings.KAFKA_BROKERS,
    CLICKHOUSE_URL: settings.CLICKHOUSE_URL,
    STEADYLINE_PROFILE: profileFiles.join(','),
    ...(options.port === undefined ? {} : { API_PORT: options.port }),
  })
  void buildDashboard((sentence) => process.stderr.write(`${sentence}\n`))
  await import('../../api/main.ts')
}
