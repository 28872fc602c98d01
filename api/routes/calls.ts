import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { CALL_OUTCOMES } from '../../kpi/call.ts'
import { isSimulated } from '../../kpi/simulated.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { CallAnswer, callAnswerOf } from '../answers/call-answer.ts'
import { orNull, Simulated } from '../answers/shapes.ts'
import { pageQuery, questionOf } from '../asked/asked-page.ts'
import { cursorOf } from '../asked/page-cursor.ts'
import { Problem, RecordUnknownError } from '../problems/problem.ts'
import type { RecordReader } from '../store/record-reader.ts'

const CallsAnswer = Type.Object({
  calls: Type.Array(CallAnswer),
  nextCursor: orNull(Type.String()),
  simulated: Simulated,
})
const RevisionsAnswer = Type.Object({
  id: Type.String(),
  simulated: Simulated,
  revisions: Type.Array(CallAnswer, { description: 'By arrival; of one arrival the revision that speaks comes last.' }),
})

export const callRoutes: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile; records: RecordReader }> = async (
  app,
  { answered: { zone }, records },
) => {
  app.get(
    '/v1/calls',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'The calls behind a figure, each by the revision that speaks for it.',
        tags: ['records'],
        querystring: pageQuery(CALL_OUTCOMES, 'Without it all.'),
        response: { 200: CallsAnswer, 400: Problem, 410: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      const found = await records.calls(questionOf(zone, query))
      const calls = found.slice(0, query.limit)
      const last = found.length > query.limit ? calls.at(-1)! : null
      return {
        calls: calls.map((call) => callAnswerOf(zone, call)),
        nextCursor: last === null ? null : cursorOf({ atMs: last.arrivedAtMs, id: last.callId }),
        simulated: calls.some(({ callId }) => isSimulated(callId)),
      }
    },
  )
  app.get(
    '/v1/calls/:id',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'All revisions of one call.',
        tags: ['records'],
        params: Type.Object({ id: Type.String({ description: 'Its call_id.' }) }),
        response: { 200: RevisionsAnswer, 404: Problem, 503: Problem },
      },
    },
    async ({ params: { id } }) => {
      const revisions = await records.callRevisions(id)
      if (revisions.length === 0) throw new RecordUnknownError('call', id)
      return { id, simulated: isSimulated(id), revisions: revisions.map((call) => callAnswerOf(zone, call)) }
    },
  )
}
