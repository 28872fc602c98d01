import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { type Period, periodOf, previousName, yearBeforeName } from '../../kpi/periods.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { PeriodAnswer, periodAnswerOf } from '../answers/period-answer.ts'
import { AsOfQuery, askedAsOf, watermarksAsOf } from '../asked/as-of.ts'
import { askedPeriod } from '../asked/asked-period.ts'
import { Problem } from '../problems/problem.ts'
import { restatedKpis } from '../statements/restated-kpis.ts'
import type { CountedPeriod, StoreReader } from '../store/store-reader.ts'

const PERIODS = [
  { kind: 'year', path: '/v1/years/:year', form: 'A year such as 2023.' },
  {
    kind: 'quarter',
    path: '/v1/quarters/:quarter',
    form: "A quarter such as 2023-Q1, counted from the contract's start.",
  },
  { kind: 'month', path: '/v1/months/:month', form: 'A month such as 2023-01.' },
] as const

export const periodRoutes: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile; reader: StoreReader }> = async (
  app,
  { answered, reader },
) => {
  for (const { kind, path, form } of PERIODS) {
    app.get(
      path,
      {
        schema: {
          summary: `The KPIs of a ${kind}, beside the ${kind} before it and the same one a year earlier.`,
          tags: ['figures'],
          params: Type.Object({ [kind]: Type.String({ description: form }) }),
          querystring: AsOfQuery,
          response: { 200: PeriodAnswer, 400: Problem, 410: Problem, 503: Problem },
        },
      },
      async ({ params, query }) => {
        const period = askedPeriod(answered, kind, (params as Record<string, string>)[kind]!)
        return answerPeriod(answered, reader, period, askedAsOf(answered, query))
      },
    )
  }
}

async function answerPeriod(
  answered: AnsweredProfile,
  reader: StoreReader,
  period: Period,
  asOfAtMs: number | null,
): Promise<PeriodAnswer> {
  const readOnce = new Map<string, Promise<CountedPeriod>>() // the year before a year is also its previous one
  const read = (periodName: string): Promise<CountedPeriod> => {
    const counted =
      readOnce.get(periodName) ?? reader.countedPeriod(periodOf(periodName, answered.contractFromDay)!, asOfAtMs)
    readOnce.set(periodName, counted)
    return counted
  }
  const [asked, previous, yearBefore, watermarks, issued] = await Promise.all([
    read(period.name),
    read(previousName(period)),
    read(yearBeforeName(period)),
    reader.watermarks(),
    asOfAtMs === null ? reader.issuedFigures(period) : null, // an earlier time is not compared with what was issued
  ])
  const counted = { asked, previous, yearBefore }
  return periodAnswerOf(answered, period, counted, watermarksAsOf(watermarks, asOfAtMs), restatedKpis(issued, asked))
}
