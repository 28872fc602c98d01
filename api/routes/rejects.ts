import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { REJECT_CODES } from '../../schemas/rejection.ts'
import { orNull } from '../answers/shapes.ts'
import { ParameterInvalidError, Problem } from '../problems/problem.ts'
import type { LogPlace, RejectReader } from '../store/reject-reader.ts'

const RECORDS_MAX = 1_000

const Asked = Type.Object(
  {
    code: Type.Optional(Type.Enum([...REJECT_CODES], { description: 'Without it all.' })),
    topic: Type.Optional(Type.String({ maxLength: 249, description: 'Such as hotline.calls.v1; without it all.' })),
    cursor: Type.Optional(Type.String({ maxLength: 1_000, description: 'nextCursor of the page before.' })),
    limit: Type.Integer({ minimum: 1, maximum: RECORDS_MAX, default: 100, description: 'Records of a page.' }),
  },
  { additionalProperties: false },
)

const RejectsAnswer = Type.Object({
  total: Type.Integer({ description: 'Messages that were not counted, whatever code and topic are asked for.' }),
  byCode: Type.Record(Type.String(), Type.Integer()),
  records: Type.Array(
    Type.Object({
      topic: Type.String(),
      partition: Type.Integer(),
      offset: Type.Integer(),
      code: Type.String(),
      reason: Type.String(),
    }),
    {
      description: 'By topic, partition and offset. What a message holds is shown by `steadyline rejects show` alone.',
    },
  ),
  nextCursor: orNull(Type.String()),
})

export const rejectsRoute: FastifyPluginAsyncTypebox<{ rejects: RejectReader }> = async (app, { rejects }) => {
  app.get(
    '/v1/rejects',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'What was not counted, and why, per message.',
        tags: ['records'],
        querystring: Asked,
        response: { 200: RejectsAnswer, 400: Problem, 503: Problem },
      },
    },
    async ({ query: { code = null, topic = null, cursor, limit } }) => {
      const after = cursor === undefined ? null : placeOf(cursor)
      const [found, byCode] = await Promise.all([
        rejects.rejects({ code, topic, after, rowsMax: limit + 1 }),
        rejects.countsByCode(),
      ])
      const records = found.slice(0, limit)
      const total = Object.values(byCode).reduce((sum, count) => sum + count, 0)
      return { total, byCode, records, nextCursor: found.length > limit ? cursorOf(records.at(-1)!) : null }
    },
  )
}

function cursorOf({ topic, partition, offset }: LogPlace): string {
  return Buffer.from(JSON.stringify([topic, partition, offset])).toString('base64url')
}

function placeOf(cursor: string): LogPlace {
  try {
    const [topic, partition, offset] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (typeof topic === 'string' && Number.isSafeInteger(partition) && Number.isSafeInteger(offset))
      return { topic, partition: partition as number, offset: offset as number }
  } catch {
    // falls through: it is no cursor
  }
  throw new ParameterInvalidError('cursor', 'cursor is not one of ours, expected the nextCursor of an earlier page')
}
