import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { EvaluationAnswer, evaluationAnswerOf } from '../answers/evaluation-answer.ts'
import { AsOfQuery, askedAsOf, watermarksAsOf } from '../as-of.ts'
import { askedFormat } from '../asked-format.ts'
import { evaluationPeriod } from '../evaluation-period.ts'
import { evaluationCsv } from '../pages/evaluation-csv.ts'
import { evaluationPage } from '../pages/evaluation-page.ts'
import { FormUnknownError, ParameterInvalidError, Problem } from '../problem.ts'
import type { StoreReader } from '../store-reader.ts'

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
        response: { 200: Scorecard, 400: Problem, 406: Problem, 503: Problem },
      },
    },
    async ({ params, query, headers }, reply) => {
      const form = askedFormat(headers.accept, FORMS)
      if (form === null) throw new FormUnknownError(FORMS)
      const answer = await evaluate(answered, reader, params.year, askedAsOf(answered, query))
      reply.header('vary', 'accept').type(`${form}; charset=utf-8`)
      if (form === 'text/csv') return reply.send(evaluationCsv(answer))
      return reply.send(form === 'text/html' ? evaluationPage(answer) : answer)
    },
  )
}

async function evaluate(
  answered: AnsweredProfile,
  reader: StoreReader,
  year: string,
  asOfAtMs: number | null,
): Promise<EvaluationAnswer> {
  const period = evaluationPeriod(answered, year)
  const { evaluation, id } = answered.profile
  if (evaluation === undefined) {
    throw new ParameterInvalidError('year', `profile ${id} has no evaluation section, expected one to score by`)
  }
  const [counted, seatsByMonth, watermarks] = await Promise.all([
    reader.countedPeriod(period, asOfAtMs),
    reader.seatsByMonth(period, asOfAtMs),
    reader.watermarks(),
  ])
  return evaluationAnswerOf(answered, evaluation, {
    year: Number(year),
    period,
    counted,
    seatsByMonth,
    watermarks: watermarksAsOf(watermarks, asOfAtMs),
  })
}
