/** Puts a backup into an empty database. Cells are computed afterwards, by whoever asked. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { SteadylineError } from '../../schemas/errors.ts'
import { refuseFactsBefore } from '../../schemas/refused-facts.ts'
import { BACKUP_TABLES } from './backup-tables.ts'
import type { ClickHouseBackupStore } from './clickhouse-backup-store.ts'
import { type BackedUpTable, type Manifest, readManifest, verifyFiles } from './manifest.ts'

const gunzipped = promisify(gunzip)

export interface RestoreOptions {
  /** Its tables are there, and as new as this program. */
  store: ClickHouseBackupStore
  database: string
  folder: string
  /** Whether the log is another one: what speaks of the offsets of the old one is left out. */
  isNewLog: boolean
  onProgress: (doneCount: number, totalCount: number, what: string) => void
}

/** @throws SteadylineError if the backup is not whole, the database not empty, or another number of rows came out */
export async function readBackup(options: RestoreOptions): Promise<Manifest> {
  const { store, folder, isNewLog, onProgress } = options
  const manifest = await readManifest(folder)
  await requireFitting(store, manifest, options.database)
  await verifyFiles(folder, manifest, (done, count) => onProgress(done, count, 'files verified'))
  const known = new Map(manifest.tables.map((table) => [table.name, table]))
  const tables = BACKUP_TABLES.filter(({ isOfLog = false }) => !(isOfLog && isNewLog)).flatMap(({ name }) => {
    const table = known.get(name)
    return table === undefined ? [] : [table] // a table that is younger than the backup
  })
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0)
  let doneCount = 0
  // What is claimed comes last: a restore that is cut off has no progress, and nothing is taken for counted.
  for (const table of tables.toReversed()) {
    for (const file of table.files) {
      await store.insert(table, await gunzipped(await readFile(join(folder, file.name))))
      doneCount += file.rowCount
      onProgress(doneCount, rowCount, 'rows')
    }
    await requireAll(store, table)
  }
  const refusedBeforeMs = await store.refusedBeforeMs()
  if (refusedBeforeMs > 0) await refuseFactsBefore(store, refusedBeforeMs)
  return manifest
}

async function requireFitting(store: ClickHouseBackupStore, manifest: Manifest, database: string): Promise<void> {
  const filled = await store.filledTables()
  if (filled.length > 0)
    throw new SteadylineError(
      'STEADYLINE_RESTORE_NOT_EMPTY',
      2,
      `Database ${database} is not empty (${filled.join(', ')} have rows), expected an empty or a new one: a backup is never mixed with other records. ` +
        'Use another CLICKHOUSE_DATABASE, or drop this one.',
    )
  const schema = await store.schema()
  if (manifest.schema > schema)
    throw new SteadylineError(
      'STEADYLINE_BACKUP_IS_NEWER',
      2,
      `The backup has tables of version ${manifest.schema}, and this program knows version ${schema}. Use the newer program.`,
    )
  for (const { name, columns } of manifest.tables) {
    const now = new Map((await store.columns(name)).map((column) => [column.name, column.type]))
    const changed = columns.find((column) => now.get(column.name) !== column.type)
    if (changed !== undefined)
      throw new SteadylineError(
        'STEADYLINE_BACKUP_UNREADABLE',
        2,
        `The backup has ${name}.${changed.name} of type ${changed.type}, and this program's is ${now.get(changed.name) ?? 'not there'}. Restore it with the program that made it, then upgrade.`,
      )
  }
}

async function requireAll(store: ClickHouseBackupStore, table: BackedUpTable): Promise<void> {
  const count = await store.count(table.name)
  if (count === table.rowCount) return
  throw new SteadylineError(
    'STEADYLINE_RESTORE_INCOMPLETE',
    1,
    `${table.name} has ${count} rows, expected ${table.rowCount} of the backup: somebody else writes to the database. Stop the processors, drop it, and restore again.`,
  )
}
