import type { FastifyInstance } from 'fastify'

/** How long an answer that is on its way may take once the API was asked to end, ms. */
const LAST_ANSWERS_MS_MAX = 2_000

/**
 * Lets the API end although connections are open on which nothing was asked: browsers open some to be quick, and
 * Node counts them as busy for a minute.
 */
export function endConnections(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS_MAX).unref()
  })
}
