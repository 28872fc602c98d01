/** Writes everything that cannot be computed again into a folder, while processors run. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { SteadylineError } from '../../schemas/errors.ts'
import { BACKUP_TABLES } from './backup-tables.ts'
import type { ClickHouseBackupStore } from './clickhouse-backup-store.ts'
import { BACKUP_FORM, type BackedUpTable, MANIFEST, type Manifest } from './manifest.ts'

/** Rows of a file: some 20 MB of calls, which both sides hold at once. */
const ROWS_PER_FILE = 200_000
/** Callers' pseudonyms are in it: for the owner alone. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

const gzipped = promisify(gzip)

export interface BackupOptions {
  store: ClickHouseBackupStore
  database: string
  folder: string
  madeAtMs: number
  onTable: (name: string, rowCount: number) => void
  rowsPerFile?: number
}

/** @throws SteadylineError if the folder holds anything, or years were sealed meanwhile */
export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const { store, folder, rowsPerFile = ROWS_PER_FILE, onTable } = options
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
  if ((await readdir(folder)).length > 0)
    throw new SteadylineError(
      'STEADYLINE_BACKUP_FOLDER_FILLED',
      2,
      `${folder} is not empty, expected an empty folder or a new one: a backup is never mixed with another. Give one with --out DIR.`,
    )
  const seals = await store.seals()
  const tables: BackedUpTable[] = []
  for (const table of BACKUP_TABLES) {
    const columns = await store.columns(table.name)
    const files: BackedUpTable['files'] = []
    for (const [at, share] of (await store.shares(table, rowsPerFile)).entries()) {
      const { bytes, rowCount } = await store.read(table, columns, share)
      const packed = await gzipped(bytes)
      const name = `${table.name}-${String(at + 1).padStart(6, '0')}.rowbinary.gz`
      await writeFile(join(folder, name), packed, { mode: FILE_MODE, flag: 'wx' })
      files.push({ name, rowCount, sha256: createHash('sha256').update(packed).digest('hex') })
    }
    const rowCount = files.reduce((sum, file) => sum + file.rowCount, 0)
    tables.push({ name: table.name, columns, rowCount, files })
    onTable(table.name, rowCount)
  }
  if ((await store.seals()) !== seals)
    throw new SteadylineError(
      'STEADYLINE_BACKUP_OVERTAKEN',
      1,
      `Years were sealed while the backup was written, so it is not whole. Delete ${folder} and begin again.`,
    )
  const manifest: Manifest = {
    form: BACKUP_FORM,
    schema: await store.schema(),
    madeAt: new Date(options.madeAtMs).toISOString(),
    database: options.database,
    tables,
  }
  const written = join(folder, `${MANIFEST}.tmp`)
  await writeFile(written, `${JSON.stringify(manifest, null, 2)}\n`, { mode: FILE_MODE })
  await rename(written, join(folder, MANIFEST))
  return manifest
}
