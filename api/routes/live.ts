import { PassThrough } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { LiveCells, LiveFreshness, LiveVerdicts } from '../answers/live-answer.ts'
import { HEARTBEAT_TEXT, retryText } from '../live/event-text.ts'
import type { LiveFeed } from '../live/live-feed.ts'
import { Problem } from '../problems/problem.ts'

const HEARTBEAT_MS = 15_000
const RETRY_MS = 3_000
/** A listener that does not read is let go before its unread events fill the memory. */
const UNREAD_BYTES_MAX = 1 << 20

const Stream = {
  description:
    'Events `freshness` (first, and after every change), `cells` and `verdicts`, each with a JSON as described here; ' +
    'a comment every 15 s. Name the last event in `Last-Event-ID` to hear what was missed.',
  content: { 'text/event-stream': { schema: Type.Union([LiveFreshness, LiveCells, LiveVerdicts]) } },
}

export const liveRoute: FastifyPluginAsyncTypebox<{ feed: LiveFeed }> = async (app, { feed }) => {
  const open = new Set<PassThrough>()
  app.addHook('preClose', async () => {
    feed.close()
    for (const stream of open) stream.end()
  })
  app.get(
    '/v1/live',
    {
      exposeHeadRoute: false, // a stream has no length that could be told
      schema: {
        summary: 'What is counted and judged, as it happens: server-sent events.',
        tags: ['operation'],
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 64 })) }),
        response: { 200: Stream, 503: Problem },
      },
      // The schema describes one event; the stream of them is not serialized by it.
      serializerCompiler: () => (text) => text,
    },
    async (request, reply) => {
      if (!feed.hasRoom) throw Object.assign(new Error('no room for another listener'), { statusCode: 503 })
      const stream = new PassThrough()
      const hear = (text: string) => {
        if (stream.writableLength > UNREAD_BYTES_MAX) stream.destroy()
        else stream.write(text)
      }
      open.add(stream)
      stream.write(retryText(RETRY_MS))
      const unlisten = feed.listen(hear, request.headers['last-event-id'] ?? null)
      const heartbeat = setInterval(() => hear(HEARTBEAT_TEXT), HEARTBEAT_MS)
      const leave = () => {
        clearInterval(heartbeat)
        unlisten()
        open.delete(stream)
      }
      stream.once('close', leave)
      request.raw.once('close', () => stream.destroy())
      return reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no') // nginx would keep events back
        .type('text/event-stream; charset=utf-8')
        .send(stream as never) // the schema is of what it carries
    },
  )
}
