import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { EvaluationAnswer } from '../answers/evaluation-answer.ts'
import { AsOfQuery, askedAsOf } from '../asked/as-of.ts'
import { askedFormat } from '../asked/asked-format.ts'
import { evaluateYear } from '../judged/evaluate-year.ts'
import { evaluationCsv } from '../pages/evaluation-csv.ts'
import { evaluationPage } from '../pages/evaluation-page.ts'
import { FormUnknownError, Problem } from '../problems/problem.ts'
import type { StoreReader } from '../store/store-reader.ts'

const FORMS = ['application/json', 'text/csv', 'text/html'] as const

const Scorecard = {
  description: 'The scorecard.',
  content: {
    'application/json': { schema: EvaluationAnswer },
    'text/csv': { schema: Type.String() },
    'text/html': { schema: Type.String() },
  },
}

export const evaluationRoute: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile; reader: StoreReader }> = async (
  app,
  { answered, reader },
) => {
  app.get(
    '/v1/evaluations/:year',
    {
      schema: {
        summary: 'The scorecard of a year, as JSON, CSV or a page to print, by the header Accept.',
        tags: ['figures'],
        params: Type.Object({ year: Type.String({ description: 'A year such as 2023.' }) }),
        querystring: AsOfQuery,
        response: { 200: Scorecard, 400: Problem, 406: Problem, 410: Problem, 503: Problem },
      },
    },
    async ({ params, query, headers }, reply) => {
      const form = askedFormat(headers.accept, FORMS)
      if (form === null) throw new FormUnknownError(FORMS)
      const answer = await evaluateYear(answered, reader, params.year, askedAsOf(answered, query))
      reply.header('vary', 'accept').type(`${form}; charset=utf-8`)
      if (form === 'text/csv') return reply.send(evaluationCsv(answer))
      return reply.send(form === 'text/html' ? evaluationPage(answer) : answer)
    },
  )
}
