import type { IncomingMessage } from 'node:http'
import { bodyOf, wholeOf } from './body.ts'
import type { Answer, Engine } from './engine.ts'
import type { Incoming } from './incoming.ts'
import { type QueryRequest, readQueryRequest } from './query-request.ts'
import { readStatement, type Statement } from './statement.ts'

export interface CarriedOut {
  answer: Answer
  /** Of the answer's bytes. */
  format: string
  kind: Statement['kind']
}

/** The request as it is said in its address, its headers and, for a form, its fields. */
export async function requestOf(
  message: IncomingMessage,
  address: URL,
): Promise<{ request: QueryRequest; body: AsyncIterable<Uint8Array> }> {
  const body = bodyOf(message)
  const type = message.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return { request: readQueryRequest(address.searchParams, message), body }
  const form = await new Response(await wholeOf(body), { headers: { 'content-type': type } }).formData()
  const fields = [...form].filter((field): field is [string, string] => typeof field[1] === 'string')
  return { request: readQueryRequest([...address.searchParams, ...fields], message), body: nothing() }
}

/**
 * Carries out the statement of a request. ClickHouse reads the address's `query` and the body as one text;
 * rows that follow an INSERT go by way of a file, untouched.
 */
export async function carryOut(
  request: QueryRequest,
  body: AsyncIterable<Uint8Array>,
  { engine, incoming }: { engine: Engine; incoming: Incoming },
): Promise<CarriedOut> {
  const insert = async (rows: AsyncIterable<Uint8Array>, fromFile: (path: string) => string): Promise<CarriedOut> => {
    const answer = await incoming.hold(rows, (path) => engine.run(fromFile(path), request))
    return { answer, format: request.defaultFormat, kind: 'insert-of-bytes' }
  }

  const inAddress = request.statement.trim() === '' ? null : readStatement(request.statement)
  if (inAddress?.kind === 'insert-of-bytes') {
    const firstRows = request.statement.slice(inAddress.bytesFrom).trim()
    return insert(firstRows === '' ? body : rowsOf(Buffer.from(`${firstRows}\n`), body), inAddress.fromFile)
  }

  const address = inAddress === null ? '' : `${request.statement}\n`
  const whole = Buffer.concat([Buffer.from(address), await wholeOf(body)])
  // One character a byte, so that an index into the text is one into the bytes, and binary rows do no harm.
  const statement = readStatement(whole.toString('latin1'))
  if (statement.kind === 'insert-of-bytes') {
    const rows = rowsOf(whole.subarray(statement.bytesFrom), nothing())
    return insert(rows, (path) => Buffer.from(statement.fromFile(path), 'latin1').toString('utf8'))
  }
  const answer = await engine.run(whole.toString('utf8'), request)
  return { answer, format: statement.format ?? request.defaultFormat, kind: statement.kind }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* rowsOf(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  yield* rest
}
