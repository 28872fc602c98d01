/**
 * Answers a made-up year a few times when the process starts, so that the first person who asks about peaks does not
 * wait for the compiler: the first answers take some 150 ms of processor time, from about the tenth on 20 ms.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { emptySeries } from '../kpi/cell-series.ts'
import { yearOf } from '../kpi/local-date.ts'
import { periodOf, rangeOf } from '../kpi/periods.ts'
import type { AnsweredProfile } from './answered-profile.ts'
import { stabilityAnswerOf } from './answers/stability-answer.ts'
import { judgedFrom } from './judged/judged-period.ts'

const TIMES = 15
const NO_RECORDS = {
  lateRecordsCount: 0,
  lateAmendmentsCount: 0,
  acceptedTicketsCount: 0,
  ticketsOfUnknownCallsCount: 0,
}

/** Questions that come meanwhile are answered in between. */
export async function warmUp(answered: AnsweredProfile): Promise<void> {
  const period = periodOf(String(yearOf(answered.contractFromDay)).padStart(4, '0'))!
  const range = rangeOf(answered.zone, period)
  const series = emptySeries(range)
  series.columns.offered.forEach((_, place) => {
    const offered = 5 + ((place * 7) % 31)
    const answeredCount = offered - (place % 11 === 0 ? 2 : 0)
    series.columns.offered[place] = offered
    series.columns.answered[place] = answeredCount
    series.columns.abandoned[place] = offered - answeredCount
    series.columns.evidence[place] = offered
  })
  for (let time = 0; time < TIMES; time += 1) {
    const judged = judgedFrom(
      answered,
      period,
      { line: null, region: null },
      { series, isSimulated: false },
      range.toAtMs,
    )
    const worst = judged.stability.instances.slice(0, 3)
    stabilityAnswerOf(answered, judged, { worst, seatsAnswering: [1, 2, 3], records: NO_RECORDS })
    await nextTurn()
  }
}
