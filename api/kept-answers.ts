/**
 * Answers about figures, kept for as long as the store holds what they were computed from.
 *
 * They are functions of the question, the profile, the program and the tables: no clock, nobody's role. So one is good for
 * as long as the tables are the same, which the store says in one small query. With it an unchanged answer costs nothing,
 * and neither does its `304`: an answer is kept as the bytes that go out, with the ETag of them.
 *
 * The order matters: the state is read before an answer is computed, and a kept answer is given only for a state that held
 * at most STATE_MS_MAX before the question came. What changes in between is computed anew.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoreState } from './store/store-state.ts'

/** Those that are kept. Records behind a figure, freshness and statements are small or personal, and asked anew. */
const ROUTES: ReadonlySet<string> = new Set([
  '/v1/years/:year',
  '/v1/quarters/:quarter',
  '/v1/months/:month',
  '/v1/rates',
  '/v1/peaks',
  '/v1/heatmap',
  '/v1/windows/:id',
  '/v1/stability/:period',
  '/v1/evaluations/:year',
  '/v1/verdicts',
])
const KEPT_BYTES_MAX = 32 * 1024 * 1024
const HEADERS = ['content-type', 'vary', 'etag'] as const

interface KeptAnswer {
  state: string
  body: Buffer
  headers: Map<string, string>
}

/** A question that is being answered. */
interface Answering {
  state: string
  /** Resolves when it is answered, rightly or not. */
  answered: Promise<void>
  end(): void
}

/** Must be registered before ETags are made and answers are compressed, and after whatever changes their text. */
export function keepAnswers(app: FastifyInstance, store: StoreState): void {
  const kept = new Map<string, KeptAnswer>()
  /** By question. Who asks the same of the same state meanwhile waits for that answer: a thousand callers are one question. */
  const underWay = new Map<string, Answering>()
  const ofRequest = new WeakMap<FastifyRequest, Answering>()
  let bytes = 0

  function forget(question: string): void {
    bytes -= kept.get(question)?.body.length ?? 0
    kept.delete(question)
  }

  /** That of this state: kept, or after the one who computes it. Null for who is to compute it, and is waited for from now on. */
  async function answerFor(request: FastifyRequest, question: string, state: string): Promise<KeptAnswer | null> {
    for (;;) {
      const answer = kept.get(question)
      if (answer?.state === state) return answer
      const other = underWay.get(question)
      if (other?.state === state) {
        await other.answered // if it went wrong, one of those who waited tries again
        continue
      }
      const answering = beginning(state)
      underWay.set(question, answering)
      ofRequest.set(request, answering)
      return null
    }
  }

  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'GET' || !ROUTES.has(request.routeOptions.url ?? '')) return
    const state = await store.read().catch(() => null) // the answer itself will say what is wrong
    if (state === null) return
    const question = questionOf(request)
    const answer = await answerFor(request, question, state)
    if (answer === null) return
    kept.delete(question)
    kept.set(question, answer) // asked last, forgotten last
    for (const [name, value] of answer.headers) reply.header(name, value)
    return reply.send(answer.body)
  })

  app.addHook('onSend', async (request, reply, text) => {
    const answering = ofRequest.get(request)
    if (answering === undefined) return text
    const question = questionOf(request)
    const isKept = reply.statusCode === 200 && typeof text === 'string'
    const body = isKept ? keep(question, answering.state, text, reply) : text
    if (underWay.get(question) === answering) underWay.delete(question)
    answering.end()
    return body
  })

  /** @returns the bytes of the text */
  function keep(question: string, state: string, text: string, reply: FastifyReply): Buffer {
    forget(question)
    const body = Buffer.from(text)
    reply.header('etag', `W/"${createHash('sha1').update(body).digest('base64')}"`) // as @fastify/etag would
    const headers = HEADERS.flatMap((name) => {
      const value = reply.getHeader(name)
      return typeof value === 'string' ? [[name, value] as const] : []
    })
    kept.set(question, { state, body, headers: new Map(headers) })
    bytes += body.length
    for (const oldest of kept.keys()) {
      if (bytes <= KEPT_BYTES_MAX) break
      forget(oldest)
    }
    return body
  }
}

function beginning(state: string): Answering {
  let end = () => {}
  const answered = new Promise<void>((resolve) => {
    end = resolve
  })
  return { state, answered, end }
}

/** All that an answer is chosen by. */
function questionOf(request: FastifyRequest): string {
  return `${request.url}\n${request.headers.accept ?? ''}`
}
