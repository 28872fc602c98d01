import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { KpisAnswer, kpisAnswerOf } from '../answers/kpis-answer.ts'

export const kpisRoute: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile }> = async (app, { answered }) => {
  app.get(
    '/v1/kpis',
    {
      schema: {
        summary: 'The dictionary: what every KPI means, with its base, its target and its source.',
        tags: ['figures'],
        response: { 200: KpisAnswer },
      },
    },
    async () => kpisAnswerOf(answered),
  )
}
