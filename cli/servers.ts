/** The adapters that commands talk to servers with, opened together and closed together. */
import { KafkaOffsets } from '../api/kafka-offsets.ts'
import { ClickHouseStore } from '../processors/clickhouse-store.ts'
import { ClickHouseAuditedStore } from '../processors/reconcile/clickhouse-audited-store.ts'
import { kafkaConnectionOf } from '../schemas/kafka-connection.ts'
import { type KafkaNames, kafkaNamesOf } from '../schemas/kafka-names.ts'
import type { Settings } from '../schemas/settings.ts'

export interface Servers {
  store: ClickHouseStore
  audited: ClickHouseAuditedStore
  logEnds: KafkaOffsets
  names: KafkaNames
}

/** Runs an action with servers that are named in the settings, and closes the connections whatever happens. */
export async function withServers<Result>(
  settings: Settings,
  action: (servers: Servers) => Promise<Result>,
): Promise<Result> {
  const clickhouse = { url: settings.CLICKHOUSE_URL!, database: settings.CLICKHOUSE_DATABASE }
  const store = new ClickHouseStore(clickhouse)
  const audited = new ClickHouseAuditedStore(clickhouse)
  const logEnds = new KafkaOffsets(kafkaConnectionOf(settings))
  try {
    return await action({ store, audited, logEnds, names: kafkaNamesOf(null) })
  } finally {
    await Promise.allSettled([store.close(), audited.close(), logEnds.close()])
  }
}
