/** The adapters that commands talk to servers with, opened together and closed together. */
import { KafkaOffsets } from '../api/freshness/kafka-offsets.ts'
import { ClickHouseStore } from '../processors/clickhouse-store.ts'
import { ClickHouseAuditedStore } from '../processors/reconcile/clickhouse-audited-store.ts'
import { kafkaConnectionOf } from '../schemas/kafka-connection.ts'
import type { KafkaNames } from '../schemas/kafka-names.ts'
import type { Site } from './site.ts'

export interface Servers {
  store: ClickHouseStore
  audited: ClickHouseAuditedStore
  /** Of Kafka, which nobody needs to know who does not ask for it. */
  readonly logEnds: KafkaOffsets
  names: KafkaNames
}

/** Settings with the servers' addresses, and the names that go with the database. */
export type ServerSite = Pick<Site, 'settings' | 'names' | 'scenario' | 'realDatabase'>

/** Runs an action with the servers of a site, and closes the connections whatever happens. */
export async function withServers<Result>(
  { settings, names, scenario, realDatabase }: ServerSite,
  action: (servers: Servers) => Promise<Result>,
): Promise<Result> {
  const clickhouse = { url: settings.CLICKHOUSE_URL!, database: settings.CLICKHOUSE_DATABASE }
  const store = new ClickHouseStore({
    ...clickhouse,
    scenario: scenario === null ? null : { name: scenario, realDatabase },
  })
  const audited = new ClickHouseAuditedStore(clickhouse)
  let opened: KafkaOffsets | null = null
  const servers: Servers = {
    store,
    audited,
    get logEnds() {
      opened ??= new KafkaOffsets(kafkaConnectionOf(settings))
      return opened
    },
    names,
  }
  try {
    return await action(servers)
  } finally {
    await Promise.allSettled([store.close(), audited.close(), (opened as KafkaOffsets | null)?.close()])
  }
}
