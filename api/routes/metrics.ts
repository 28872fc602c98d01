import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Registry } from 'prom-client'
import Type from 'typebox'

export const metricsRoute: FastifyPluginAsyncTypebox<{
  registry: Registry
  /** Read anew when Prometheus asks. */
  measures: readonly (() => Promise<void>)[]
}> = async (app, { registry, measures }) => {
  app.get(
    '/metrics',
    {
      config: { rateLimit: false, role: 'viewer' },
      schema: {
        summary: 'For Prometheus: requests, lag, watermarks, rejects, verdicts, parts and disks of the store.',
        tags: ['operation'],
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      await Promise.all(measures.map((read) => read()))
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
}
