import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { StoreError } from './store-error.ts'

/** What a request says beside its statement. */
export interface QueryRequest {
  queryId: string
  /** `null`: the engine's `default`. */
  database: string | null
  /** Format of the answer when the statement names none. */
  defaultFormat: string
  settings: ReadonlyMap<string, string>
  /** Values of `{name:Type}`, escaped as in TSV. */
  parameters: ReadonlyMap<string, string>
  /** A statement in the address; the body then holds what follows it, such as rows. */
  statement: string
  compressAnswer: boolean
  /** As for a GET: nothing but settings may be changed. */
  readOnly: boolean
  /** Says whether somebody still waits for the answer. */
  isAwaited: () => boolean
}

/** Names in the address that are no settings of the engine. Sessions and roles are accepted and mean nothing here. */
const NO_SETTINGS: ReadonlySet<string> = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'enable_http_compression',
  'user',
  'password',
  'quota_key',
  'role',
  'session_id',
  'session_timeout',
  'session_check',
  'close_session',
  'client_protocol_version',
  'stacktrace',
  'buffer_size',
  'wait_end_of_query',
  'compress',
  'decompress',
])

const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/
const PARAMETER = 'param_'

/** Reads the address (or the fields of a form) and the headers of a request. */
export function readQueryRequest(
  fields: Iterable<[string, string]>,
  { headers, method, socket }: IncomingMessage,
): QueryRequest {
  const settings = new Map<string, string>()
  const parameters = new Map<string, string>()
  const own = new Map<string, string>()
  for (const [name, value] of fields) {
    if (name.startsWith(PARAMETER)) parameters.set(nameChecked(name.slice(PARAMETER.length)), value)
    else if (NO_SETTINGS.has(name)) own.set(name, value)
    else settings.set(nameChecked(name), value)
  }
  if (own.get('compress') === '1' || own.get('decompress') === '1') {
    throw new StoreError(
      48,
      'compress and decompress mean ClickHouse’s own blocks, which this server does not speak; use HTTP compression',
      'NOT_IMPLEMENTED',
    )
  }
  return {
    queryId: own.get('query_id') || randomUUID(),
    database: own.get('database') || header(headers, 'x-clickhouse-database'),
    defaultFormat: own.get('default_format') || header(headers, 'x-clickhouse-format') || 'TabSeparated',
    settings,
    parameters,
    statement: own.get('query') ?? '',
    compressAnswer: own.get('enable_http_compression') === '1',
    readOnly: method === 'GET',
    isAwaited: () => !socket.destroyed,
  }
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Names go into a `SET` as they are, so only names come through. */
function nameChecked(name: string): string {
  if (!NAME.test(name))
    throw new StoreError(36, `'${name}' in the address is no name of a setting or a parameter`, 'BAD_ARGUMENTS')
  return name
}
