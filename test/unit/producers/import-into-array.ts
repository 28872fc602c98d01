/** Runs an import into an array: what was taken, what was listed, what it adds up to. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Call } from '../../../kpi/call.ts'
import type { Ticket } from '../../../kpi/ticket.ts'
import { importFiles, requireSources } from '../../../producers/import/import-files.ts'
import { type ImportMap, parseImportMap } from '../../../producers/import/import-map.ts'
import type { Imported } from '../../../producers/import/place.ts'
import { Unmapped } from '../../../producers/import/unmapped.ts'
import { type Profile, parseProfile } from '../../../schemas/profile.ts'

const PROFILE_FILE = fileURLToPath(new URL('../../../profiles/panjin-2023.yaml', import.meta.url))
export const PANJIN = parseProfile(PROFILE_FILE, readFileSync(PROFILE_FILE, 'utf8'))
const EXAMPLES = fileURLToPath(new URL('../../../docs/examples/import/', import.meta.url))

/** Of docs/examples/import. */
export function example(name: string): string {
  return join(EXAMPLES, name)
}

export function exampleMap(name: string): ImportMap {
  return parseImportMap(name, readFileSync(example(name), 'utf8'))
}

/** A file that goes with the test. */
export function fileOf(content: string | Uint8Array, name = 'export.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'steadyline-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

export interface ImportCase {
  map: ImportMap
  calls?: readonly string[]
  tickets?: readonly string[]
  profile?: Profile
  onTaken?: (imported: Imported) => void
}

export async function importIntoArray({ map, calls = [], tickets = [], profile = PANJIN, onTaken }: ImportCase) {
  const taken: { calls: Call[]; tickets: Ticket[] } = { calls: [], tickets: [] }
  const messages: Buffer[] = []
  const unmapped = new Unmapped(null)
  const files = { callFiles: calls, ticketFiles: tickets }
  requireSources({ map, ...files })
  const imported = await importFiles({
    profile,
    map,
    ...files,
    unmapped,
    onBytes: () => {},
    destination: {
      async take(one, message) {
        if (onTaken !== undefined) return onTaken(one)
        if (one.kind === 'calls') taken.calls.push(one.record)
        else taken.tickets.push(one.record)
        messages.push(message)
      },
      complete: async () => {},
      close: async () => {},
    },
  })
  const listed = unmapped.shown.map(({ place, reason }) => `${place.line}: ${reason}`)
  return { ...taken, messages, listed, unmapped, ...imported }
}

/** A map for files with these columns: what a test is not about is fixed. */
export function callMap(
  change: string,
  columns = 'id: id, arrivedAt: arrived, endedAt: ended, queueSeconds: wait, outcome: outcome',
): ImportMap {
  return parseImportMap(
    'map.yaml',
    `salt: 0123456789abcdef\ncalls:\n  fixed: { line: "12345" }\n  columns: { ${columns} }\n${change}`,
  )
}
