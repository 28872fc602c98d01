/** A store filled with generated facts, and cells that the program itself has computed of them. */
import { answeredProfileOf } from '../api/answered-profile.ts'
import { startStore } from '../local/store.ts'
import { ClickHouseStore } from '../processors/clickhouse-store.ts'
import { rebuild } from '../processors/rebuild.ts'
import { ClickHouseAuditedStore } from '../processors/reconcile/clickhouse-audited-store.ts'
import { PROFILE } from './bench-profile.ts'
import { usageOf } from './process-usage.ts'
import { factStatements, type MadeYear } from './reading/made-facts.ts'
import { askStore } from './store-client.ts'

export interface FilledStore {
  address: string
  pid: number
  /** How long making all cells of the facts took, by wall clock and by the store's processor time, seconds. */
  rebuildS: number
  rebuildCpuS: number
  stop(): Promise<void>
}

export async function filledStore(folder: string, year: MadeYear): Promise<FilledStore> {
  const store = await startStore({ folder, say: () => {} })
  const options = { url: store.address, database: 'steadyline' }
  const [processor, audited] = [new ClickHouseStore(options), new ClickHouseAuditedStore(options)]
  try {
    await processor.begin()
    for (const statement of factStatements(year)) await askStore(store.address, statement, options.database)
    const series = {
      name: answeredProfileOf(PROFILE).definitions,
      definitions: PROFILE.definitions,
      timeZone: PROFILE.timeZone,
    }
    const [fromMs, fromCpuS] = [performance.now(), usageOf(store.pid).cpuS]
    await rebuild(audited, processor, series, () => {})
    return {
      address: store.address,
      pid: store.pid,
      rebuildS: (performance.now() - fromMs) / 1_000,
      rebuildCpuS: usageOf(store.pid).cpuS - fromCpuS,
      stop: () => store.stop(),
    }
  } catch (error) {
    await store.stop()
    throw error
  } finally {
    await Promise.all([processor.close(), audited.close()])
  }
}
