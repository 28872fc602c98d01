import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { StatementAnswer, StatementSummary, statementSummaryOf } from '../answers/statement-answer.ts'
import { StatementDiffAnswer } from '../answers/statement-diff-answer.ts'
import { askedFormat } from '../asked/asked-format.ts'
import { statementPage } from '../pages/statement-page.ts'
import { FormUnknownError, Problem } from '../problems/problem.ts'
import { compareStatement } from '../statements/compare-statement.ts'
import { issueStatement, revisionOf } from '../statements/issue-statement.ts'
import { StatementUnknownError } from '../statements/statement-errors.ts'
import type { StatementStore } from '../statements/statement-store.ts'
import type { StoreReader } from '../store/store-reader.ts'

const FORMS = ['application/json', 'text/html'] as const
const TAGS = ['statements']

const Asked = Type.Object(
  {
    period: Type.String({
      maxLength: 10,
      description: "A year 2023, a quarter 2023-Q1 (counted from the contract's start) or a month 2023-01.",
    }),
    provisional: Type.Optional(
      Type.Boolean({
        description: 'Issue it though the period is not final yet; the statement says so. Default: false.',
      }),
    ),
  },
  { additionalProperties: false },
)

const Id = Type.Object({ id: Type.String({ maxLength: 64, description: 'As it is printed on the statement.' }) })

const Kept = {
  description: 'The bytes that were issued, or the same as a page to print.',
  content: { 'application/json': { schema: StatementAnswer }, 'text/html': { schema: Type.String() } },
}

interface StatementParts {
  answered: AnsweredProfile
  reader: StoreReader
  statements: StatementStore
}

export const statementRoutes: FastifyPluginAsyncTypebox<StatementParts> = async (app, parts) => {
  const { answered, reader, statements } = parts

  app.post(
    '/v1/statements',
    {
      config: { role: 'evaluator' },
      schema: {
        summary: 'Freeze the figures of a period. Of the same evidence it is the same statement: 201 if new, else 200.',
        description: 'Refused (409) while the period is not final, unless provisional; and if evidence was lost.',
        tags: TAGS,
        body: Asked,
        response: {
          200: StatementSummary,
          201: StatementSummary,
          400: Problem,
          409: Problem,
          410: Problem,
          503: Problem,
        },
      },
    },
    async ({ body, holder }, reply) => {
      const asked = { period: body.period, isProvisionalAllowed: body.provisional === true }
      const { issued, isNew } = await issueStatement(answered, reader, statements, asked)
      const said = { audit: 'statement-issued', key: holder?.name, statement: issued.id, period: issued.period, isNew }
      app.audit.info(said, 'statement issued')
      const all = await statements.issued(answered.profile.id)
      reply.code(isNew ? 201 : 200).header('location', `/v1/statements/${issued.id}`)
      return statementSummaryOf(answered, issued, revisionOf(issued, all))
    },
  )

  app.get(
    '/v1/statements',
    {
      schema: {
        summary: 'The statements that were issued, by period and revision.',
        tags: TAGS,
        response: { 200: Type.Object({ statements: Type.Array(StatementSummary) }), 503: Problem },
      },
    },
    async () => {
      const all = await statements.issued(answered.profile.id)
      return { statements: all.map((issued) => statementSummaryOf(answered, issued, revisionOf(issued, all))) }
    },
  )

  app.get(
    '/v1/statements/:id',
    {
      schema: {
        summary: 'A statement as it was issued, byte by byte; or as a page to print, by the header Accept.',
        tags: TAGS,
        params: Id,
        response: { 200: Kept, 404: Problem, 406: Problem, 503: Problem },
      },
    },
    async ({ params, headers }, reply) => {
      const form = askedFormat(headers.accept, FORMS)
      if (form === null) throw new FormUnknownError(FORMS)
      const json = await statements.json(params.id)
      if (json === null) throw new StatementUnknownError(params.id)
      reply.header('vary', 'accept').type(`${form}; charset=utf-8`)
      // As the text that was kept: writing it anew could change it.
      return reply.send(form === 'text/html' ? statementPage(JSON.parse(json) as StatementAnswer) : json)
    },
  )

  app.get(
    '/v1/statements/:id/diff',
    {
      config: { role: ['analyst', 'evaluator'] }, // it names records
      schema: {
        summary: 'What changed since it was issued: figures, and the calls and tickets that changed them.',
        tags: TAGS,
        params: Id,
        response: { 200: StatementDiffAnswer, 404: Problem, 410: Problem, 503: Problem },
      },
    },
    async ({ params }) => compareStatement(answered, reader, statements, params.id),
  )
}
