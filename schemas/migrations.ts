/**
 * The tables, as numbered SQL that the program applies by itself, in order and once each.
 *
 * A migration that has been applied is never edited: the database keeps its hash, and a different one is refused.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { SteadylineError } from './errors.ts'

/** What applying migrations needs of a store. */
export interface MigratingStore {
  /** Runs one statement in the database, which exists. */
  run(sql: string): Promise<void>
  rows<Row>(sql: string): Promise<Row[]>
}

export interface Migration {
  number: number
  name: string
  sql: string
  hash: string
}

const FOLDER = new URL('./ddl/', import.meta.url)

/** Those of this program, in order. */
export function migrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, FOLDER), 'utf8')
      return { number: Number(name.slice(0, 3)), name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Statements of a migration: each ends with a semicolon at the end of a line. */
function statementsOf(sql: string): string[] {
  const withoutComments = sql.replace(/^\s*--.*$/gm, '')
  return withoutComments.split(/;\s*$/m).filter((statement) => statement.trim() !== '')
}

/** In a database whose tables are made on every replica, their rows are to go there too. */
function replicated(statement: string): string {
  return statement.replace(/\bENGINE = (\w*MergeTree)\b/, 'ENGINE = Replicated$1')
}

/**
 * Brings a database to this program's tables. Repeatable, also by two at once.
 *
 * @param database  its name, for messages
 * @param known     those of an earlier program, for a test of coming from there
 * @throws SteadylineError if the database was made by a newer program, or by another history of migrations
 */
export async function migrate(
  store: MigratingStore,
  database: string,
  known: readonly Migration[] = migrations(),
): Promise<void> {
  const [own] = await store.rows<{ engine: string }>(
    'SELECT engine FROM system.databases WHERE name = currentDatabase()',
  )
  const make = (statement: string) => store.run(own?.engine === 'Replicated' ? replicated(statement) : statement)
  await make(
    `CREATE TABLE IF NOT EXISTS migrations (number UInt16, name String, hash String) ENGINE = ReplacingMergeTree ORDER BY number`,
  )
  const applied = new Map<number, string>()
  for (const row of await store.rows<{ number: number; hash: string }>(`SELECT number, hash FROM migrations FINAL`)) {
    applied.set(row.number, row.hash)
  }
  const newest = known.at(-1)!.number
  const newestApplied = Math.max(0, ...applied.keys())
  if (newestApplied > newest) {
    throw new SteadylineError(
      'STEADYLINE_DATABASE_IS_NEWER',
      2,
      `Database ${database} has tables of version ${newestApplied}, and this program knows version ${newest}. Use the newer program, or another CLICKHOUSE_DATABASE.`,
    )
  }
  for (const { number, name, sql, hash } of known) {
    const hashApplied = applied.get(number)
    if (hashApplied === hash) continue
    if (hashApplied !== undefined) {
      throw new SteadylineError(
        'STEADYLINE_DATABASE_DIFFERS',
        2,
        `Database ${database} was made with another version of ${name}. Use the program that made it, or another CLICKHOUSE_DATABASE.`,
      )
    }
    for (const statement of statementsOf(sql)) {
      await make(statement.replace(/^(\s*CREATE (?:TABLE|VIEW)) (?:IF NOT EXISTS )?/, '$1 IF NOT EXISTS '))
    }
    await store.run(`INSERT INTO migrations VALUES (${number}, '${name}', '${hash}')`)
  }
}
