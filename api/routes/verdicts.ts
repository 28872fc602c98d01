import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { VerdictsAnswer, verdictsAnswerOf } from '../answers/verdicts-answer.ts'
import { askedRange } from '../asked/asked-range.ts'
import type { StabilityReaders } from '../judged/judged-period.ts'
import { Problem } from '../problems/problem.ts'

const VerdictsQuery = Type.Object(
  {
    from: Type.String({ maxLength: 40, description: 'In: windows that start from here on.' }),
    to: Type.String({ maxLength: 40, description: 'Out.' }),
  },
  { additionalProperties: false },
)

export const verdictsRoute: FastifyPluginAsyncTypebox<StabilityReaders & { answered: AnsweredProfile }> = async (
  app,
  { answered, reader, stability },
) => {
  app.get(
    '/v1/verdicts',
    {
      schema: {
        summary: 'Verdicts as they were issued while the stream ran, every version; restated ones say what changed.',
        tags: ['stability'],
        querystring: VerdictsQuery,
        response: { 200: VerdictsAnswer, 400: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      const range = askedRange(answered.zone, query)
      const [issued, { callsAtMs }] = await Promise.all([stability.issuedVerdicts(range), reader.watermarks()])
      return verdictsAnswerOf(answered, range, issued, callsAtMs)
    },
  )
}
