import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { deflate, gzip } from 'node:zlib'
import type { CarriedOut } from './carry-out.ts'
import type { QueryRequest } from './query-request.ts'
import { codeOf, messageOf, statusOf } from './store-error.ts'

const CONTENT_TYPES: readonly [RegExp, string][] = [
  [
    /^(JSONEachRow|JSONCompactEachRow|JSONStringsEachRow|JSONObjectEachRow|NDJSON|JSONLines)/,
    'application/x-ndjson; charset=UTF-8',
  ],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^(TSV|TabSeparated)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^CSV/, 'text/csv; charset=UTF-8'],
  [/^(RowBinary|Native|Parquet|Arrow|ORC|Avro|Protobuf|MsgPack|CapnProto|BSON)/, 'application/octet-stream'],
  [/^XML/, 'application/xml; charset=UTF-8'],
]

/** Sends the rows of a query, or the summary of a write, with the headers that clients read. */
export async function reply(
  response: ServerResponse,
  message: IncomingMessage,
  request: QueryRequest,
  done: CarriedOut,
  tookNs: bigint,
): Promise<void> {
  response.setHeader('X-ClickHouse-Query-Id', request.queryId)
  response.setHeader('X-ClickHouse-Format', done.format)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  response.setHeader('X-ClickHouse-Summary', JSON.stringify(summaryOf(done, tookNs)))
  response.setHeader(
    'Content-Type',
    CONTENT_TYPES.find(([formats]) => formats.test(done.format))?.[1] ?? 'text/plain; charset=UTF-8',
  )
  response.end(request.compressAnswer ? await compressed(done.answer.bytes, message, response) : done.answer.bytes)
}

/** Numbers as text, as ClickHouse sends them. What the engine does not count is left out rather than said to be 0. */
function summaryOf({ answer, kind }: CarriedOut, tookNs: bigint): Record<string, string> {
  const rows = String(answer.readRows)
  const bytes = String(answer.readBytes)
  const time = { elapsed_ns: String(tookNs) }
  if (kind === 'write') return time
  const read = { read_rows: rows, read_bytes: bytes, total_rows_to_read: rows, ...time }
  if (kind === 'ordinary') return { ...read, written_rows: '0', written_bytes: '0' }
  return { ...read, written_rows: rows, written_bytes: bytes, result_rows: rows, result_bytes: bytes }
}

async function compressed(bytes: Uint8Array, message: IncomingMessage, response: ServerResponse): Promise<Uint8Array> {
  const accepted = String(message.headers['accept-encoding'] ?? '')
  const encoding = accepted.includes('gzip') ? 'gzip' : accepted.includes('deflate') ? 'deflate' : null
  if (encoding === null) return bytes
  response.setHeader('Content-Encoding', encoding)
  return promisify(encoding === 'gzip' ? gzip : deflate)(bytes, { level: 1 }) // loopback: speed counts, size hardly
}

/** Sends an error with the number, the status and the wording of a ClickHouse server. */
export function replyError(response: ServerResponse, error: unknown, queryId: string | null, version: string): void {
  const code = codeOf(error)
  if (queryId !== null) response.setHeader('X-ClickHouse-Query-Id', queryId)
  response.setHeader('X-ClickHouse-Exception-Code', String(code))
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
  response.statusCode = statusOf(code)
  response.end(`${messageOf(error).trimEnd()} (version ${version})\n`)
}
