import type { SeatsResult, WhatIfResult } from '../../../api/answers/plan-answer.ts'

type Cost = WhatIfResult['staffing']['cost']
type Roster = WhatIfResult['staffing']['roster']

/** Seats, persons and money of what a plan played: of a search the roster it found, or the fullest if none does it. */
export function costOf(result: WhatIfResult | SeatsResult): Cost {
  const { cost } = result.staffing
  if (result.kind === 'what-if') return cost
  if (result.cost !== null) return result.cost
  const { seatHoursPerWeek, roster } = result.found.fullest
  const persons = seatHoursPerWeek / (cost.hoursPerPerson * (1 - cost.shrinkage))
  return {
    ...cost,
    seatHoursPerWeek,
    seatsMax: Math.max(...roster.workday, ...roster.offday),
    persons,
    costPerYear: cost.costPerPerson === null ? null : persons * cost.costPerPerson,
  }
}

/** The roster that a plan played. */
export function rosterOf(result: WhatIfResult | SeatsResult): Roster {
  return result.kind === 'seats' ? (result.found.least ?? result.found.fullest).roster : result.staffing.roster
}
