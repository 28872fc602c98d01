import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { carryOut, requestOf } from './carry-out.ts'
import type { Engine } from './engine.ts'
import type { Incoming } from './incoming.ts'
import { reply, replyError } from './reply.ts'

/** ClickHouse allows addresses of 1 MiB; the headers come on top. */
const HEADERS_BYTES_MAX = 1024 * 1024 + 64 * 1024
/** Longer than a client keeps an idle connection, also one that computes for long in between: it is the client who closes it. */
const KEEP_ALIVE_MS = 120_000

export interface Store {
  engine: Engine
  incoming: Incoming
}

/** ClickHouse's HTTP protocol in front of the embedded engine, for `@clickhouse/client` and everything else that speaks it. */
export function buildStoreServer(store: Store): Server {
  const server = createServer(
    { maxHeaderSize: HEADERS_BYTES_MAX, requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS },
    (message, response) => {
      void answer(message, response, store)
    },
  )
  server.timeout = 0
  return server
}

async function answer(message: IncomingMessage, response: ServerResponse, store: Store): Promise<void> {
  const address = new URL(message.url ?? '/', 'http://store')
  if (!isFromThisMachine(message))
    return refuse(response, 403, 'Only programs of this machine are served, no pages of a browser.\n')
  if (address.pathname === '/ping' || address.pathname === '/replicas_status') return void response.end('Ok.\n')
  if (address.pathname !== '/')
    return refuse(
      response,
      404,
      `There is no handle ${address.pathname}. Use / for queries or /ping for health checks.\n`,
    )

  const beganAtNs = process.hrtime.bigint()
  let queryId: string | null = null
  try {
    const { request, body } = await requestOf(message, address)
    queryId = request.queryId
    const done = await carryOut(request, body, store)
    await reply(response, message, request, done, process.hrtime.bigint() - beganAtNs)
  } catch (error) {
    message.resume() // rows that are still on their way
    replyError(response, error, queryId, store.engine.version)
  }
}

/** The store has no password: a page in a browser must not reach it, neither across sites nor under a rebound name. */
function isFromThisMachine({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? 'localhost')
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.statusCode = status
  response.end(sentence)
}
