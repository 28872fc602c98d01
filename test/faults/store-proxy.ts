/**
 * A proxy of our own before the store. It knows which table a statement goes to, and does to it what a network, a server or
 * an operator may do: holds it, cuts its answer, answers in the server's place, answers late.
 */
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface StoreRequest {
  /** The table that rows are inserted into; null for every other statement. */
  table: string | null
}

/** What is done to a request. Nothing named is nothing done. */
export interface Treatment {
  /** Awaited before the store hears of it. */
  held?: Promise<void>
  /** The connection is reset before the store hears of it. */
  isReset?: boolean
  /** Answered without asking the store. */
  answer?: { status: number; code: number; text: string }
  /** Called when the store has done it, before the answer goes on; awaited. */
  done?: () => unknown
  /** The store does it, and the connection is reset in place of the answer. */
  isAnswerCut?: boolean
  /** The store does it, and another answer is given. */
  answerAfter?: { status: number; code: number; text: string }
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
  readonly #agent = new Agent({ keepAlive: true })

  private constructor(storeUrl: string) {
    this.#store = new URL(storeUrl)
    this.#server = createServer((asked, answer) => {
      this.#serve(asked, answer).catch(() => answer.destroy())
    })
    this.#server.requestTimeout = 0
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
    const treatment = this.rule({ table: tableOf(asked, body) })
    if (Object.keys(treatment).length > 0) this.treatedCount++
    if (treatment.held !== undefined) await treatment.held
    if (treatment.isReset === true) return void asked.socket.resetAndDestroy()
    if (treatment.answer !== undefined) return replyError(answer, treatment.answer)
    const done = await this.#ask(asked, body)
    await treatment.done?.()
    if (treatment.isAnswerCut === true) return void asked.socket.resetAndDestroy()
    if (treatment.answerAfter !== undefined) return replyError(answer, treatment.answerAfter)
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
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#store
      const { 'transfer-encoding': _encoding, ...headers } = asked.headers
      const forwarded = request(
        {
          hostname,
          port,
          method: asked.method,
          path: asked.url,
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

function tableOf(asked: IncomingMessage, body: Buffer): string | null {
  const inAddress = new URL(asked.url ?? '/', 'http://store').searchParams.get('query') ?? ''
  return (INSERT.exec(inAddress) ?? INSERT.exec(body.toString('latin1', 0, 400)))?.[1] ?? null
}

/** An error in ClickHouse's own form. */
function replyError(
  answer: ServerResponse,
  { status, code, text }: { status: number; code: number; text: string },
): void {
  answer.writeHead(status, { 'content-type': 'text/plain', 'x-clickhouse-exception-code': String(code) })
  answer.end(`Code: ${code}. DB::Exception: ${text}\n`)
}
