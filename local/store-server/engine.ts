import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ChdbResult, drainPending, Session } from 'chdb'
import type { QueryRequest } from './query-request.ts'
import { StoreError } from './store-error.ts'

/** Queries that run at once; each takes a thread of libuv's pool, whose size `startStore` sets to hold them. */
export const RUNNING_MAX = 8
/** Queries that wait for one of those; more are refused, so that a client in a loop cannot fill the memory. */
const WAITING_MAX = 256

/**
 * Of the connection, not of a query: a server's parser, not a client's (`SELEC 1` is an error there), and room for the
 * one statement that sets a request's parameters. Memory: of the process, so that big queries fail and not the machine.
 */
const CONNECTION_ARGS = [
  '--implicit_select=0',
  '--max_query_size=104857600',
  '--max_server_memory_usage=4000000000',
  '--mark_cache_size=67108864',
]
/** A server's default, which a request may raise. */
const MAX_QUERY_SIZE_BYTES = '262144'

export interface Answer {
  bytes: Uint8Array
  /** For an insert of bytes: the rows written. Zero for INSERT … SELECT, which the engine does not count. */
  readRows: number
  readBytes: number
}

/**
 * ClickHouse inside this process, on one folder.
 *
 * Every request gets a connection of its own, which costs less than a millisecond: settings, parameters, `USE`
 * and temporary tables cannot reach another request, and requests run side by side (one connection runs one
 * query at a time). chdb's own parameter binding is not used: it is shared between connections.
 */
export class Engine {
  readonly version: string
  readonly #folder: string
  /** Keeps the folder open and locked: the engine closes it with its last connection. */
  readonly #anchor: Session
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** @throws if another process has the folder: the engine locks it, and the kernel frees the lock however the process ends. */
  constructor(folder: string) {
    this.#folder = folder
    this.#anchor = this.#connect()
    this.#openDefaultDatabase()
    this.version = this.#anchor.query('SELECT version()', 'TabSeparated').trim()
  }

  /** Carries out one statement. */
  async run(sql: string, request: QueryRequest): Promise<Answer> {
    await this.#turn()
    try {
      // While it waited its client may have left, and asked again.
      if (!request.isAwaited())
        throw new StoreError(394, 'The client left before its query began', 'QUERY_WAS_CANCELLED')
      const connection = this.#connect()
      try {
        // Both take a tenth of a millisecond: on a thread of their own they would wait longer for their turn than they take.
        if (request.database !== null) connection.query(`USE ${identifier(request.database)}`)
        connection.query(setOf(request))
        return answerOf(await connection.queryAsync(sql, { format: request.defaultFormat }))
      } finally {
        connection.close()
      }
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next() // takes this one's place
    }
  }

  async close(): Promise<void> {
    this.#anchor.close()
    await drainPending()
  }

  /**
   * Makes `default` a database as a server has it. The embedded engine comes with another, a client's, in which
   * a name without a table is taken for a file, and the folder's own name for a pattern of files.
   *
   * One that never held a table has left a name and no folder, and cannot be attached: it is made anew, and nothing is lost.
   */
  #openDefaultDatabase(): void {
    const nameFile = join(this.#folder, 'metadata', 'default.sql')
    const uuid = existsSync(nameFile) ? /UUID '([0-9a-f-]{36})'/.exec(readFileSync(nameFile, 'utf8'))?.[1] : undefined
    const isThere = uuid !== undefined && existsSync(join(this.#folder, 'store', uuid.slice(0, 3), uuid))
    if (!isThere) rmSync(nameFile, { force: true })
    this.#anchor.query('USE system')
    this.#anchor.query('DETACH DATABASE default')
    this.#anchor.query(isThere ? 'ATTACH DATABASE default' : 'CREATE DATABASE default ENGINE = Atomic')
  }

  #connect(): Session {
    return new Session(this.#folder, { connectionArgs: CONNECTION_ARGS })
  }

  /** Resolves when this query may run: at once, or in the place of one that has ended. */
  async #turn(): Promise<void> {
    if (this.#running >= RUNNING_MAX) {
      if (this.#waiting.length >= WAITING_MAX) {
        throw new StoreError(
          202,
          `${RUNNING_MAX} queries run and ${WAITING_MAX} wait, no more are taken; try again`,
          'TOO_MANY_SIMULTANEOUS_QUERIES',
        )
      }
      return new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#running += 1
  }
}

function answerOf(result: ChdbResult): Answer {
  return { bytes: result.bytes(), readRows: result.rowsRead, readBytes: result.bytesRead }
}

function setOf({ settings, parameters, readOnly }: QueryRequest): string {
  const assignments = [
    ...[...parameters].map(([name, value]) => [`param_${name}`, value] as const),
    ['max_query_size', MAX_QUERY_SIZE_BYTES] as const,
    ...settings,
    ...(readOnly && !settings.has('readonly') ? [['readonly', '2'] as const] : []),
  ]
  return `SET ${assignments.map(([name, value]) => `${name} = ${literal(value)}`).join(', ')}`
}

function literal(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
