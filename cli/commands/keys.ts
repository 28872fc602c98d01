/** The file of API keys: made, listed and removed. A running API reads it again by itself. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { makeApiKey } from '../../api/access/api-key.ts'
import { keysFileError, readKeysFile, writeKeysFile } from '../../api/access/keys-file.ts'
import { ROLE_WORDS, type Role } from '../../api/access/role.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { readSettings } from '../../schemas/settings.ts'
import { plainTable } from '../plain-table.ts'

export interface KeysOptions {
  file?: string
}

export async function addKey(options: KeysOptions & { name: string; role: Role }): Promise<void> {
  const file = fileOf(options)
  const keys = existsSync(file) ? readKeysFile(file) : []
  if (keys.some(({ name }) => name === options.name)) {
    throw keysFileError(
      `${file} has a key named ${options.name}. To replace it, add one with another name, hand it over, then remove this one.`,
    )
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(options.name)) {
    throw keysFileError(
      `--name is ${JSON.stringify(options.name)}, expected 1 to 63 letters, digits, dots, dashes or _.`,
    )
  }
  const { text, id, sha256 } = makeApiKey(randomBytes)
  const createdAt = new Date().toISOString()
  writeKeysFile(file, [...keys, { name: options.name, role: options.role, id, sha256, createdAt }])
  process.stdout.write(`${text}\n`)
  process.stderr.write(
    `This is the key of ${options.name} (${options.role}: ${ROLE_WORDS[options.role]}). It is shown once: ${file} holds its hash.\n`,
  )
}

export async function listKeys(options: KeysOptions): Promise<void> {
  const keys = readKeysFile(fileOf(options))
  if (keys.length === 0) {
    process.stdout.write('There are no keys: nobody can ask the API.\n')
    return
  }
  const table = plainTable(['name', 'role', 'begins with', 'made'], ['left', 'left', 'left', 'left'])
  for (const { name, role, id, createdAt } of keys) table.push([name, role, `slk_${id}_`, createdAt])
  process.stdout.write(`${table.toString()}\n`)
}

export async function removeKey(options: KeysOptions & { name: string }): Promise<void> {
  const file = fileOf(options)
  const keys = readKeysFile(file)
  const kept = keys.filter(({ name }) => name !== options.name)
  if (kept.length === keys.length) {
    throw new SteadylineError(
      'STEADYLINE_KEY_NAME_UNKNOWN',
      1,
      `${file} has no key named ${options.name}. Names: steadyline keys list`,
    )
  }
  writeKeysFile(file, kept)
  process.stdout.write(`The key of ${options.name} is not valid any more; a running API knows within a second.\n`)
}

function fileOf({ file }: KeysOptions): string {
  const named = file ?? readSettings(process.env).API_KEYS_FILE
  if (named !== undefined) return named
  throw keysFileError('There is no file of keys: set API_KEYS_FILE, or give one with --file FILE.')
}
