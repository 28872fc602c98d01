/**
 * Great answers go out one after the other, and each leaves about as much time to others as it takes: of a thousand who waited
 * for one of two megabytes, all in one turn of the event loop, it would stand still for seconds.
 */
import { setTimeout as pauseMs } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const AT_ONCE_BYTES_MAX = 64 * 1024
/** Two megabytes take some 5 ms to send, so half of the time is left to others and to connections that are to be accepted. */
const BYTES_PER_MS = 200 * 1024

/** Must be registered after ETags are made, as a `304` is not great, and before answers are compressed. */
export function sendGreatAnswersInTurn(app: FastifyInstance): void {
  let nextTurn: Promise<void> = Promise.resolve()
  app.addHook('onSend', async (_request, _reply, body) => {
    const isText = typeof body === 'string' || Buffer.isBuffer(body)
    if (!isText || body.length <= AT_ONCE_BYTES_MAX) return body
    const turn = nextTurn
    nextTurn = turn.then(() => pauseMs(body.length / BYTES_PER_MS))
    await turn
    return body
  })
}
