/** A roster as people read it: stretches of the day in which its seats stay the same; and as a file. */
import type { WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { quarterText } from './plan-words.ts'

type Roster = WhatIfResult['staffing']['roster']

export interface Stretch {
  from: string
  to: string
  workday: number
  offday: number
}

const HEADING = '模拟数据 simulated data'

export function stretchesOf({ workday, offday }: Roster): Stretch[] {
  return cutsOf((quarter) => workday[quarter] === workday[quarter - 1] && offday[quarter] === offday[quarter - 1]).map(
    ([from, to]) => ({
      from: quarterText(from),
      to: quarterText(to),
      workday: workday[from]!,
      offday: offday[from]!,
    }),
  )
}

/** The file that `steadyline plan --roster` reads. */
export function rosterCsv(roster: Roster, isSimulated: boolean): string {
  const rows = (['workday', 'offday'] as const).flatMap((dayClass) =>
    cutsOf((quarter) => roster[dayClass][quarter] === roster[dayClass][quarter - 1]).map(
      ([from, to]) => `${dayClass},${quarterText(from)},${quarterText(to)},${roster[dayClass][from]}`,
    ),
  )
  return [...(isSimulated ? [HEADING] : []), 'day_class,from,to,seats', ...rows, ''].join('\r\n')
}

/** Quarter-hours from and to (out) of the stretches of a day. */
function cutsOf(goesOn: (quarter: number) => boolean): [number, number][] {
  const cuts = Array.from({ length: 97 }, (_, quarter) => quarter).filter(
    (quarter) => quarter === 0 || quarter === 96 || !goesOn(quarter),
  )
  return cuts.slice(0, -1).map((from, at) => [from, cuts[at + 1]!])
}
