import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Registry } from 'prom-client'
import Type from 'typebox'

export const metricsRoute: FastifyPluginAsyncTypebox<{ registry: Registry; refresh: () => Promise<void> }> = async (
  app,
  { registry, refresh },
) => {
  app.get(
    '/metrics',
    {
      config: { rateLimit: false, role: 'viewer' },
      schema: {
        summary: 'For Prometheus.',
        tags: ['operation'],
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      await refresh()
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
}
