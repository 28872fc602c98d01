/**
 * A proxy of our own before the store. It knows which table a statement goes to, and does to it what a network, a server or
 * an operator may do: holds it, cuts its answer, answers in the server's place, answers late.
 */
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** An error in ClickHouse's own form. */
export interface ErrorAnswer {
  status: 500
  code: number
  text: string
}

export interface StoreRequest {
  /** The table that rows are inserted into; null for every other statement. */
  table: string | null
  /** The statement, without rows that follow it in the body of their own. */
  statement: string
}

/** What is done to a request. Nothing named is nothing done. */
export interface Treatment {
  /** Awaited before the store hears of it. */
  held?: Promise<void>
  /** The connection is reset before the store hears of it. */
  isReset?: boolean
  /** Another statement than the one that was sent: a wrong design, put in from outside. */
  rewritten?: (statement: string) => string
  /** Settings that the store is not told of. */
  settingsLeftOut?: readonly string[]
  /** Answered without asking the store. */
  answer?: ErrorAnswer | { status: 200; text: string }
  /** Called when the store has done it, before the answer goes on; awaited. */
  done?: () => unknown
  /** The store does it, and the connection is reset in place of the answer. */
  isAnswerCut?: boolean
  /** The store does it, and another answer is given. */
  answerAfter?: ErrorAnswer
  /** The answer is given away a byte at a time, with so many ms in between. */
  trickleMs?: number
}

export type Rule = (asked: StoreRequest) => Treatment

export class StoreProxy {
  /** What is done to requests from now on. */
  rule: Rule = () => ({})
  /** Requests that were treated in any way. */
  treatedCount = 0
  readonly #server: Server
  readonly #store: URL
  readonly #agent = new Agent({ keepAlive: false })

  private constructor(storeUrl: string) {
    this.#store = new URL(storeUrl)
    this.#server = createServer((asked, answer) => {
      this.#serve(asked, answer).catch(() => answer.destroy())
    })
    this.#server.requestTimeout = 0
    this.#server.headersTimeout = 0
    this.#server.keepAliveTimeout = 0 // breaks nothing by itself: what breaks is said by the rule
  }

  static async start(storeUrl: string): Promise<StoreProxy> {
    const proxy = new StoreProxy(storeUrl)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`
  }

  /** Lets everything through from now on. */
  heal(): void {
    this.rule = () => ({})
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
    this.#agent.destroy()
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked)
    const treatment = this.rule(requestOf(asked, body))
    if (Object.keys(treatment).length > 0) this.treatedCount++
    if (treatment.held !== undefined) await treatment.held
    if (treatment.isReset === true) return void asked.socket.resetAndDestroy()
    if (treatment.answer !== undefined) return reply(answer, treatment.answer)
    const { rewritten, settingsLeftOut = [] } = treatment
    const sent = rewritten === undefined ? body : Buffer.from(rewritten(body.toString('utf8')))
    const done = await this.#ask(asked, sent, settingsLeftOut)
    await treatment.done?.()
    if (treatment.isAnswerCut === true) return void asked.socket.resetAndDestroy()
    if (treatment.answerAfter !== undefined) return reply(answer, treatment.answerAfter)
    const {
      'content-length': _length,
      'transfer-encoding': _encoding,
      connection: _connection,
      ...headers
    } = done.headers
    answer.writeHead(done.status, headers)
    if (treatment.trickleMs === undefined) return void answer.end(done.body)
    for (const byte of done.body) {
      answer.write(Buffer.of(byte))
      await new Promise((resolve) => setTimeout(resolve, treatment.trickleMs))
    }
    answer.end()
  }

  #ask(
    asked: IncomingMessage,
    body: Buffer,
    settingsLeftOut: readonly string[],
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#store
      const address = new URL(asked.url ?? '/', this.#store)
      for (const name of settingsLeftOut) address.searchParams.delete(name)
      const { 'transfer-encoding': _encoding, ...headers } = asked.headers
      const forwarded = request(
        {
          hostname,
          port,
          method: asked.method,
          path: `${address.pathname}${address.search}`,
          headers: { ...headers, host: this.#store.host, 'content-length': body.length },
          agent: this.#agent,
        },
        (response) => {
          buffer(response).then(
            (bytes) => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: bytes }),
            reject,
          )
        },
      )
      forwarded.once('error', reject)
      forwarded.end(body)
    })
  }
}

const INSERT = /^\s*INSERT\s+INTO\s+`?(\w+)/i

function requestOf(asked: IncomingMessage, body: Buffer): StoreRequest {
  const inAddress = new URL(asked.url ?? '/', 'http://store').searchParams.get('query') ?? ''
  const statement = inAddress === '' ? body.toString('latin1') : inAddress
  return { table: INSERT.exec(statement)?.[1] ?? null, statement }
}

function reply(answer: ServerResponse, given: ErrorAnswer | { status: 200; text: string }): void {
  const isError = 'code' in given
  answer.writeHead(given.status, {
    'content-type': 'text/plain',
    ...(isError ? { 'x-clickhouse-exception-code': String(given.code) } : {}),
  })
  answer.end(isError ? `Code: ${given.code}. DB::Exception: ${given.text}\n` : given.text)
}
