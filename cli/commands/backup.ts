import { resolve } from 'node:path'
import { ClickHouseBackupStore } from '../../processors/backup/clickhouse-backup-store.ts'
import { readBackup } from '../../processors/backup/read-backup.ts'
import { writeBackup } from '../../processors/backup/write-backup.ts'
import { rebuild } from '../../processors/rebuild.ts'
import { progressOf } from '../progress.ts'
import { withServers } from '../servers.ts'
import { type Site, type SiteOptions, seriesOf, siteWithServers } from '../site.ts'

/** Everything that cannot be computed again, into a folder; processors may run. */
export async function backupCommand(options: SiteOptions & { out: string }): Promise<void> {
  const site = siteWithServers(options)
  const folder = resolve(options.out)
  const { tables } = await withBackupStore(site, (store) =>
    writeBackup({
      store,
      database: site.settings.CLICKHOUSE_DATABASE,
      folder,
      madeAtMs: Date.now(),
      onTable: (name, rowCount) => process.stderr.write(`${name}: ${rowCount.toLocaleString('en')} rows\n`),
    }),
  )
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0)
  process.stdout.write(
    `Wrote ${rowCount.toLocaleString('en')} rows of ${tables.length} tables to ${folder}. It holds callers' pseudonyms: keep it as you keep the store.\n`,
  )
}

/** A backup into an empty database, and its cells from facts. Processors must not run on it yet. */
export async function restoreCommand(options: SiteOptions & { from: string; newLog?: boolean }): Promise<void> {
  const site = siteWithServers(options)
  const series = seriesOf(site.profile)
  const progress = progressOf('Restoring')
  const dayCount = await withServers(site, async ({ store, audited }) => {
    await store.begin()
    await withBackupStore(site, (backupStore) =>
      readBackup({
        store: backupStore,
        database: site.settings.CLICKHOUSE_DATABASE,
        folder: resolve(options.from),
        isNewLog: options.newLog === true,
        onProgress: (done, count, what) => progress.show(done, count, what),
      }),
    )
    return rebuild(audited, store, series, (done, count) => progress.show(done, count, 'days'))
  })
  progress.end()
  const log =
    options.newLog === true
      ? 'Processors begin at the start of the log.'
      : 'Processors go on in the log where the backup was made.'
  process.stdout.write(`Restored, and rebuilt ${dayCount} days for the definitions of ${site.profile.id}. ${log}\n`)
}

async function withBackupStore<Result>(
  { settings }: { settings: Site['settings'] },
  action: (store: ClickHouseBackupStore) => Promise<Result>,
): Promise<Result> {
  const store = new ClickHouseBackupStore({ url: settings.CLICKHOUSE_URL!, database: settings.CLICKHOUSE_DATABASE })
  try {
    return await action(store)
  } finally {
    await store.close()
  }
}
