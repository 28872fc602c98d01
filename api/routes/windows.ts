import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { WindowAnswer, windowAnswerOf } from '../answers/window-answer.ts'
import { askedPart, PartFields } from '../asked/asked-part.ts'
import { explainedWindow } from '../judged/explained-window.ts'
import type { StabilityReaders } from '../judged/judged-period.ts'
import { Problem } from '../problems/problem.ts'

export const windowsRoute: FastifyPluginAsyncTypebox<StabilityReaders & { answered: AnsweredProfile }> = async (
  app,
  { answered, ...readers },
) => {
  app.get(
    '/v1/windows/:id',
    {
      schema: {
        summary: 'One peak or special period, and why it was as it was, beside days alike of the 8 weeks before.',
        tags: ['stability'],
        params: Type.Object({ id: Type.String({ description: 'As in /v1/peaks: evening@2023-03-10.' }) }),
        querystring: Type.Object(PartFields, { additionalProperties: false }),
        response: { 200: WindowAnswer, 400: Problem, 404: Problem, 410: Problem, 503: Problem },
      },
    },
    async ({ params, query }) =>
      windowAnswerOf(answered, await explainedWindow(answered, readers, params.id, askedPart(query))),
  )
}
