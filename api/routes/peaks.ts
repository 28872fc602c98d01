import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type, { type Static } from 'typebox'
import { textOfDay, yearOf } from '../../kpi/local-date.ts'
import { type Period, periodOf, rangeOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import { localDayOf } from '../../kpi/zone.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { PeaksAnswer, peaksAnswerOf } from '../answers/peaks-answer.ts'
import { askedPart, PartFields } from '../asked/asked-part.ts'
import { askedPeriod } from '../asked/asked-period.ts'
import { askedRange } from '../asked/asked-range.ts'
import { judgedPeriod, type StabilityReaders } from '../judged/judged-period.ts'
import { ParameterInvalidError, Problem } from '../problems/problem.ts'

const PeaksQuery = Type.Object(
  {
    year: Type.Optional(Type.String({ maxLength: 4, description: 'A year such as 2023; or from and to.' })),
    from: Type.Optional(Type.String({ maxLength: 40, description: 'In: windows that start from here on.' })),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'Out. In the same local year.' })),
    period: Type.Optional(
      Type.String({ maxLength: 64, description: 'Id of a peak or special period of the profile.' }),
    ),
    ...PartFields,
  },
  { additionalProperties: false },
)
type PeaksQuery = Static<typeof PeaksQuery>

export const peaksRoute: FastifyPluginAsyncTypebox<StabilityReaders & { answered: AnsweredProfile }> = async (
  app,
  { answered, ...readers },
) => {
  app.get(
    '/v1/peaks',
    {
      schema: {
        summary: 'Every peak and special period beside the overall rate of its year.',
        tags: ['stability'],
        querystring: PeaksQuery,
        response: { 200: PeaksAnswer, 400: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      const { year, range } = askedWindows(answered, query)
      const period = askedWindowPeriod(answered, query.period)
      return peaksAnswerOf(answered, await judgedPeriod(answered, readers, year, askedPart(query)), range, period)
    },
  )
}

function askedWindows(answered: AnsweredProfile, { year, from, to }: PeaksQuery): { year: Period; range: Range } {
  const { zone } = answered
  if (year !== undefined && from === undefined && to === undefined) {
    const period = askedPeriod(answered, 'year', year)
    return { year: period, range: rangeOf(zone, period) }
  }
  if (year !== undefined || from === undefined || to === undefined) {
    throw new ParameterInvalidError(
      from === undefined ? 'from' : 'to',
      'expected either year, or from and to: year=2023, or from=2023-09-01&to=2023-10-01',
    )
  }
  const range = askedRange(zone, { from, to })
  const name = textOfDay(localDayOf(zone, range.fromAtMs)).slice(0, 4)
  if (yearOf(localDayOf(zone, range.toAtMs - 1)) !== Number(name)) {
    throw new ParameterInvalidError(
      'to',
      `from ${from} to ${to} lies in more than one year, expected a range within one: windows are held against the overall rate of their year`,
    )
  }
  return { year: periodOf(name)!, range }
}

function askedWindowPeriod({ profile }: AnsweredProfile, id: string | undefined): string | null {
  if (id === undefined) return null
  const ids = [...profile.peaks, ...(profile.special ?? [])].map((window) => window.id)
  if (ids.includes(id)) return id
  throw new ParameterInvalidError('period', `period is ${JSON.stringify(id)}, expected one of ${ids.join(', ')}`)
}
