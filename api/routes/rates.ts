import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type, { type Static } from 'typebox'
import { boundariesOf } from '../../kpi/periods.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { RATE_GRAINS, RatesAnswer, ratesAnswerOf } from '../answers/rates-answer.ts'
import { askedCells } from '../asked/asked-range.ts'
import { ParameterInvalidError, Problem } from '../problems/problem.ts'
import type { StoreReader } from '../store/store-reader.ts'

/** Most points of one answer; a year by hour fits (8,784). */
const POINTS_MAX = 10_000

/** Fewest days of a point, so that a question for far too many is refused before they are listed. */
const POINT_MS_MIN = { cell: 15 * 60_000, hour: 30 * 60_000, day: 22 * 3_600_000, month: 27 * 24 * 3_600_000 }

const RatesQuery = Type.Object(
  {
    grain: Type.Enum([...RATE_GRAINS], { default: 'hour', description: 'How long a point is.' }),
    from: Type.String({ maxLength: 40, description: 'In. A date, a local time, or a time with its offset.' }),
    to: Type.String({ maxLength: 40, description: 'Out. The same forms.' }),
    line: Type.Optional(Type.String({ maxLength: 256, description: 'Number that was dialled; without it all.' })),
    region: Type.Optional(
      Type.String({ maxLength: 256, description: 'GB/T 2260 code; empty for the unknown region; without it all.' }),
    ),
  },
  { additionalProperties: false },
)

export const ratesRoute: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile; reader: StoreReader }> = async (
  app,
  { answered, reader },
) => {
  app.get(
    '/v1/rates',
    {
      schema: {
        summary: 'Connection rates along time; points without calls are there, with ratio null.',
        tags: ['figures'],
        querystring: RatesQuery,
        response: { 200: RatesAnswer, 400: Problem, 503: Problem },
      },
    },
    async ({ query }) => answerRates(answered, reader, query),
  )
}

async function answerRates(
  answered: AnsweredProfile,
  reader: StoreReader,
  query: Static<typeof RatesQuery>,
): Promise<RatesAnswer> {
  const range = askedCells(answered.zone, query)
  if ((range.toAtMs - range.fromAtMs) / POINT_MS_MIN[query.grain] > 2 * POINTS_MAX) throw tooManyPoints()
  const boundariesAtMs = boundariesOf(answered.zone, range, query.grain)
  if (boundariesAtMs.length - 1 > POINTS_MAX) throw tooManyPoints()
  const part = { line: query.line ?? null, region: query.region ?? null }
  const [cells, { callsAtMs }] = await Promise.all([reader.connectionByCell(range, part), reader.watermarks()])
  return ratesAnswerOf(answered, query.grain, boundariesAtMs, cells, callsAtMs)
}

function tooManyPoints(): ParameterInvalidError {
  return new ParameterInvalidError(
    'grain',
    `from, to and grain ask for more than ${POINTS_MAX} points, expected a shorter range or a coarser grain`,
    'STEADYLINE_RANGE_TOO_LONG',
  )
}
