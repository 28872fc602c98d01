/** API_KEYS_FILE: names, roles and hashes of keys as JSON. `npx steadyline keys` writes it, the API reads it. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { SteadylineError } from '../../schemas/errors.ts'
import { ROLES } from './role.ts'

const KeptKey = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$', description: 'Who holds it; it is in the log.' }),
    role: Type.Enum([...ROLES]),
    id: Type.String({ minLength: 8, maxLength: 8, description: 'The second part of the key, which is no secret.' }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    createdAt: Type.String({ maxLength: 40 }),
  },
  { additionalProperties: false },
)
export type KeptKey = Static<typeof KeptKey>

const KeysFile = Type.Object({ keys: Type.Array(KeptKey) }, { additionalProperties: false })

/** @throws SteadylineError (exit code 2) if the file is missing or is not such a file, naming every place */
export function readKeysFile(file: string): KeptKey[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw keysFileError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}), expected a file of keys. ` +
        `Make one: npx steadyline keys add --name NAME --role viewer --file ${file}`,
    )
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw keysFileError(`${file} is not JSON, expected {"keys": [...]} as \`npx steadyline keys\` writes it.`)
  }
  if (!Value.Check(KeysFile, content)) {
    const places = [...Value.Errors(KeysFile, content)].map(({ instancePath, message }) => `${instancePath} ${message}`)
    throw keysFileError(
      `${file} is no file of keys: ${places.slice(0, 10).join('; ')}. \`npx steadyline keys\` writes it.`,
    )
  }
  const names = content.keys.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw keysFileError(`${file} has two keys named ${twice}, expected one. Remove one of them.`)
  return content.keys
}

/** Written whole or not at all, and readable by its owner alone. */
export function writeKeysFile(file: string, keys: readonly KeptKey[]): void {
  writeFileSync(`${file}.new`, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function keysFileError(message: string): SteadylineError {
  return new SteadylineError('STEADYLINE_KEYS_FILE_INVALID', 2, message)
}
