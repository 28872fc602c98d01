import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Problem } from '../problems/problem.ts'
import type { StoreReader } from '../store/store-reader.ts'

/** Probes ask often: they are not counted against anyone's rate, and are answered however much else is asked. */
const config = { rateLimit: false, role: 'anyone', pressureHandler: () => undefined } as const

export const healthRoutes: FastifyPluginAsyncTypebox<{ reader: StoreReader }> = async (app, { reader }) => {
  app.get(
    '/health/live',
    {
      config,
      schema: {
        summary: 'Whether the process runs. Says nothing of the store.',
        tags: ['operation'],
        response: { 200: Type.Object({ status: Type.Literal('live') }) },
      },
    },
    async () => ({ status: 'live' as const }),
  )
  app.get(
    '/health/ready',
    {
      config,
      schema: {
        summary: 'Whether questions can be answered: the store is there and has its tables.',
        tags: ['operation'],
        response: { 200: Type.Object({ status: Type.Literal('ready') }), 503: Problem },
      },
    },
    async () => {
      await reader.ready()
      return { status: 'ready' as const }
    },
  )
}
