import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { StabilityAnswer } from '../answers/stability-shape.ts'
import { askedFormat } from '../asked/asked-format.ts'
import { askedPart, PartFields } from '../asked/asked-part.ts'
import { askedPeriod } from '../asked/asked-period.ts'
import type { StabilityReaders } from '../judged/judged-period.ts'
import { stabilityReport } from '../judged/stability-report.ts'
import { stabilityCsv } from '../pages/stability-csv.ts'
import { stabilityPage } from '../pages/stability-page.ts'
import { FormUnknownError, Problem } from '../problems/problem.ts'

const FORMS = ['application/json', 'text/csv', 'text/html'] as const

const Report = {
  description: 'The period in one answer.',
  content: {
    'application/json': { schema: StabilityAnswer },
    'text/csv': { schema: Type.String() },
    'text/html': { schema: Type.String() },
  },
}

export const stabilityRoute: FastifyPluginAsyncTypebox<StabilityReaders & { answered: AnsweredProfile }> = async (
  app,
  { answered, ...readers },
) => {
  app.get(
    '/v1/stability/:period',
    {
      schema: {
        summary: 'Whether the peaks of a year or quarter hold, as JSON, CSV or a page to print, by the header Accept.',
        tags: ['stability'],
        params: Type.Object({
          period: Type.String({ description: 'A year such as 2023, a quarter such as 2023-Q3.' }),
        }),
        querystring: Type.Object(PartFields, { additionalProperties: false }),
        response: { 200: Report, 400: Problem, 406: Problem, 503: Problem },
      },
    },
    async ({ params, query, headers }, reply) => {
      const form = askedFormat(headers.accept, FORMS)
      if (form === null) throw new FormUnknownError(FORMS)
      const period = askedPeriod(answered, params.period.includes('Q') ? 'quarter' : 'year', params.period)
      const report = await stabilityReport(answered, readers, period, askedPart(query))
      reply.header('vary', 'accept').type(`${form}; charset=utf-8`)
      if (form === 'text/csv') return reply.send(stabilityCsv(report))
      return reply.send(form === 'text/html' ? stabilityPage(report) : report.answer)
    },
  )
}
