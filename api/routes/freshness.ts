import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FreshnessAnswer } from '../answers/freshness-answer.ts'
import type { ReadFreshness } from '../freshness/freshness.ts'
import { Problem } from '../problems/problem.ts'

export const freshnessRoute: FastifyPluginAsyncTypebox<{ readFreshness: ReadFreshness }> = async (
  app,
  { readFreshness },
) => {
  app.get(
    '/v1/freshness',
    {
      schema: {
        summary: 'How far the figures have seen, per topic and partition, and how much is not yet counted.',
        tags: ['operation'],
        response: { 200: FreshnessAnswer, 503: Problem },
      },
    },
    readFreshness,
  )
}
