import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { isSimulated } from '../../kpi/simulated.ts'
import { TICKET_STATUSES } from '../../kpi/ticket.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { orNull, Simulated } from '../answers/shapes.ts'
import { TicketAnswer, ticketAnswerOf } from '../answers/ticket-answer.ts'
import { pageQuery, questionOf } from '../asked/asked-page.ts'
import { cursorOf } from '../asked/page-cursor.ts'
import { Problem, RecordUnknownError } from '../problems/problem.ts'
import type { RecordReader } from '../store/record-reader.ts'

const TicketsAnswer = Type.Object({
  tickets: Type.Array(TicketAnswer),
  nextCursor: orNull(Type.String()),
  simulated: Simulated,
})
const RevisionsAnswer = Type.Object({
  id: Type.String(),
  simulated: Simulated,
  revisions: Type.Array(TicketAnswer, {
    description: 'By acceptance; of one acceptance the revision that speaks comes last.',
  }),
})

export const ticketRoutes: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile; records: RecordReader }> = async (
  app,
  { answered: { zone }, records },
) => {
  app.get(
    '/v1/tickets',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'The tickets behind a figure, by their acceptance, each by the revision that speaks for it.',
        tags: ['records'],
        querystring: pageQuery(TICKET_STATUSES, 'Status of the ticket; without it all.'),
        response: { 200: TicketsAnswer, 400: Problem, 410: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      const found = await records.tickets(questionOf(zone, query))
      const tickets = found.slice(0, query.limit)
      const last = found.length > query.limit ? tickets.at(-1)! : null
      return {
        tickets: tickets.map((ticket) => ticketAnswerOf(zone, ticket)),
        nextCursor: last === null ? null : cursorOf({ atMs: last.acceptedAtMs, id: last.ticketId }),
        simulated: tickets.some(({ ticketId }) => isSimulated(ticketId)),
      }
    },
  )
  app.get(
    '/v1/tickets/:id',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'All revisions of one ticket.',
        tags: ['records'],
        params: Type.Object({ id: Type.String({ description: 'Its ticket_id.' }) }),
        response: { 200: RevisionsAnswer, 404: Problem, 503: Problem },
      },
    },
    async ({ params: { id } }) => {
      const revisions = await records.ticketRevisions(id)
      if (revisions.length === 0) throw new RecordUnknownError('ticket', id)
      return { id, simulated: isSimulated(id), revisions: revisions.map((ticket) => ticketAnswerOf(zone, ticket)) }
    },
  )
}
