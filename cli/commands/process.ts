import { createTopics } from '../../producers/kafka-topics.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'

/** One processor in this process, on the servers of the data folder or of the environment. */
export async function processCommand(options: SiteOptions): Promise<void> {
  const { settings, profileFiles, names } = siteWithServers(options)
  await createTopics(kafkaConnectionOf(settings), names)
  Object.assign(process.env, {
    KAFKA_BROKERS: settings.KAFKA_BROKERS,
    CLICKHOUSE_URL: settings.CLICKHOUSE_URL,
    STEADYLINE_PROFILE: profileFiles.join(','),
  })
  await import('../../processors/main.ts')
}
