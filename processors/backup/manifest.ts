/** What a backup says of itself: `manifest.json`, written last, so that a folder without it is no backup. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { SteadylineError } from '../../schemas/errors.ts'

export const MANIFEST = 'manifest.json'
/** Raised when backups are written differently. */
export const BACKUP_FORM = 1

export const Manifest = Type.Object({
  form: Type.Integer({ description: 'of the files' }),
  schema: Type.Integer({ description: 'number of the last migration that the tables had seen' }),
  madeAt: Type.String({ description: 'when the backup was begun, UTC' }),
  database: Type.String(),
  tables: Type.Array(
    Type.Object({
      name: Type.String(),
      columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
      rowCount: Type.Integer({ minimum: 0 }),
      files: Type.Array(
        Type.Object({
          name: Type.String({ description: 'gzip of RowBinary' }),
          rowCount: Type.Integer({ minimum: 0 }),
          sha256: Type.String({ description: 'of the file as it lies there' }),
        }),
      ),
    }),
  ),
})
export type Manifest = Static<typeof Manifest>
export type BackedUpTable = Manifest['tables'][number]

/** @throws SteadylineError if the folder holds no backup that this program can read */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null)
    throw new SteadylineError(
      'STEADYLINE_BACKUP_MISSING',
      2,
      `There is no ${file}, expected that of a whole backup: it is written last. Give the folder of one with --from DIR.`,
    )
  const manifest = parsed(text)
  if (!Check(Manifest, manifest) || manifest.form !== BACKUP_FORM)
    throw new SteadylineError(
      'STEADYLINE_BACKUP_UNREADABLE',
      2,
      `${file} is not what this program writes, expected a backup of form ${BACKUP_FORM}. Use the program that made it.`,
    )
  return manifest
}

/** Reads every file of a backup. @throws SteadylineError naming the first that is not as it was written */
export async function verifyFiles(
  folder: string,
  manifest: Manifest,
  onFile: (doneCount: number, fileCount: number) => void,
): Promise<void> {
  const files = manifest.tables.flatMap((table) => table.files)
  for (const [at, { name, sha256 }] of files.entries()) {
    const found = await sha256OfFile(join(folder, name)).catch(() => 'missing')
    if (found !== sha256)
      throw new SteadylineError(
        'STEADYLINE_BACKUP_DAMAGED',
        1,
        `${join(folder, name)} has the SHA-256 ${found}, expected ${sha256}. Nothing was restored: take another copy of the backup.`,
      )
    onFile(at + 1, files.length)
  }
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
