import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type, { type Static } from 'typebox'
import { dayClassOf } from '../../kpi/calendar.ts'
import { heatMapOf } from '../../kpi/heat-map.ts'
import { rangeOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import { holidaysOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { HEAT_DAYS, HeatmapAnswer, heatmapAnswerOf } from '../answers/heatmap-answer.ts'
import { askedPart, PartFields } from '../asked/asked-part.ts'
import { askedPeriod } from '../asked/asked-period.ts'
import { askedCells } from '../asked/asked-range.ts'
import type { StabilityReaders } from '../judged/judged-period.ts'
import { ParameterInvalidError, Problem } from '../problems/problem.ts'

const HeatmapQuery = Type.Object(
  {
    year: Type.Optional(Type.String({ maxLength: 4, description: 'A year such as 2023; or from and to.' })),
    from: Type.Optional(Type.String({ maxLength: 40, description: 'In, on a quarter-hour.' })),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'Out.' })),
    days: Type.Enum([...HEAT_DAYS], { default: 'all', description: 'Only workdays, or only weekends and holidays.' }),
    ...PartFields,
  },
  { additionalProperties: false },
)

export const heatmapRoute: FastifyPluginAsyncTypebox<StabilityReaders & { answered: AnsweredProfile }> = async (
  app,
  { answered, reader, stability },
) => {
  app.get(
    '/v1/heatmap',
    {
      schema: {
        summary: 'Connection rate by hour of the day and weekday, and which hours have too few calls to say.',
        tags: ['stability'],
        querystring: HeatmapQuery,
        response: { 200: HeatmapAnswer, 400: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      const range = askedHours(answered, query)
      const part = askedPart(query)
      const [{ series, isSimulated }, { callsAtMs }] = await Promise.all([
        stability.callSeries(range, part),
        reader.watermarks(),
      ])
      const holidays = holidaysOf(answered.profile)
      const heat = heatMapOf({
        series,
        range,
        zone: answered.zone,
        z: answered.z,
        dayClass: query.days === 'all' ? null : query.days,
        dayClassOf: (day) => dayClassOf(holidays, day),
      })
      return heatmapAnswerOf(answered, { range, days: query.days, part }, heat, callsAtMs, isSimulated)
    },
  )
}

function askedHours(answered: AnsweredProfile, { year, from, to }: Static<typeof HeatmapQuery>): Range {
  if (year !== undefined && from === undefined && to === undefined) {
    return rangeOf(answered.zone, askedPeriod(answered, 'year', year))
  }
  if (year === undefined && from !== undefined && to !== undefined) return askedCells(answered.zone, { from, to })
  throw new ParameterInvalidError(
    from === undefined ? 'from' : 'to',
    'expected either year, or from and to: year=2023, or from=2023-09-01&to=2023-10-01',
  )
}
