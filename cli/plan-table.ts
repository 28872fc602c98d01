/** A plan as it is printed on a terminal. */

import { SIMULATED_HEADING } from '../api/pages/simulated-heading.ts'
import type {
  ForecastResult,
  PlanResult,
  SeatsResult,
  StaffedResult,
  WhatIfResult,
} from '../api/planning/plan-result.ts'
import type { StaffingCost } from '../kpi/planning/staffing-cost.ts'
import type { RateBeside, WhatIf } from '../kpi/planning/what-if.ts'
import { rosterRows } from '../schemas/roster-csv.ts'
import { colours } from './colours.ts'
import type { Language } from './language.ts'
import { plainTable } from './plain-table.ts'
import { PLAN_WORDS } from './plan-words.ts'

export function planTable(result: PlanResult, language: Language): string {
  const words = PLAN_WORDS[language]
  // Whatever it is made of: what a plan says never happened.
  const head = [
    colours.bold(SIMULATED_HEADING),
    `${words[result.kind]} · ${result.profile} ${result.profileVersion} · ${result.from.slice(0, 16)} – ${result.to.slice(0, 16)}`,
  ]
  const body =
    result.kind === 'forecast'
      ? forecastPart(result, language)
      : result.kind === 'seats'
        ? seatsPart(result, language)
        : whatIfPart(result, language)
  return [...head, ...body].filter((part) => part !== '').join('\n')
}

function whatIfPart(result: WhatIfResult, language: Language): string[] {
  return [
    estimatesLine(result, language),
    staffingLine(result, language),
    costLine(result.staffing.cost, language),
    ...ratesPart(result.whatIf, result.seeds, language),
    quickPart(result, language),
    hoursPart(result.whatIf, language),
  ]
}

function seatsPart(result: SeatsResult, language: Language): string[] {
  const words = PLAN_WORDS[language]
  const { found, terms, cost } = result
  const asked = `${words.asked}: ${words.tolerance} ${terms.tolerancePoints} · ${words.floor} ${percent(terms.floor)} · ${words.rolling} ${percent(terms.rollingFloor)}`
  const verdict =
    found.least === null
      ? colours.red(`${words.none} ${found.fullest.failing.map(({ what }) => what).join(', ')}`)
      : colours.bold(
          `${words.least}: ${found.least.seatHoursPerWeek.toFixed(1)} ${words.seatHours}${found.isLocallyLeast ? '' : ` (${words.ended})`}`,
        )
  return [
    estimatesLine(result, language),
    staffingLine(result, language),
    asked,
    verdict,
    cost === null ? '' : costLine(cost, language),
    ...(found.least === null ? [] : [rosterPart(result, language)]),
    curvePart(result, language),
    ...ratesPart(result.whatIf, result.seeds, language),
    quickPart(result, language),
  ]
}

function ratesPart(whatIf: WhatIf, seeds: number, language: Language): string[] {
  const words = PLAN_WORDS[language]
  const table = plainTable(
    [
      words.rate,
      words.offered,
      words.recorded,
      `${words.predicted} (${seeds})`,
      words.interval,
      words.change,
      words.deviation,
      words.seatsMean,
    ],
    ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  )
  const row = (name: string, rate: RateBeside, deviation: string, seats: string) => [
    name,
    rate.recorded.offeredCount.toLocaleString('en'),
    percent(rate.recorded.ratio),
    percent(rate.predicted.ratio),
    intervalText(rate.predicted),
    points(rate.changePoints),
    deviation,
    seats,
  ]
  table.push(row(words.overall, whatIf.overall, '', ''))
  for (const peak of whatIf.peaks)
    table.push(row(peak.period, peak, points(peak.deviationPoints), peak.seatsMean.toFixed(1)))
  const { recorded, predicted } = whatIf.rolling24Hours
  return [
    table.toString(),
    `${words.rolling}: ${percent(recorded)} → ${percent(predicted.ratio)} (${intervalText(predicted)}) · ${words.wait} ${whatIf.meanWaitSeconds.toFixed(1)} s · ${words.redials} ${Math.round(whatIf.redialsMean).toLocaleString('en')}`,
  ]
}

function hoursPart({ hours }: WhatIf, language: Language): string {
  const words = PLAN_WORDS[language]
  const table = plainTable(
    [words.hour, words.offered, words.recorded, words.predicted, words.interval, words.change, words.seatsMean],
    ['right', 'right', 'right', 'right', 'right', 'right', 'right'],
  )
  for (const { hour, recorded, predicted, changePoints, seatsMean } of hours) {
    table.push([
      `${String(hour).padStart(2, '0')}:00`,
      recorded.offeredCount.toLocaleString('en'),
      percent(recorded.ratio),
      percent(predicted.ratio),
      intervalText(predicted),
      points(changePoints),
      seatsMean.toFixed(1),
    ])
  }
  return table.toString()
}

function quickPart({ whatIf, quickLeavesOut }: WhatIfResult | SeatsResult, language: Language): string {
  if (whatIf.quick.length === 0) return ''
  const words = PLAN_WORDS[language]
  const table = plainTable(
    [
      words.quick,
      words.perHour,
      'Erlang',
      words.seatsMean,
      'Erlang B',
      words.erlangC,
      'Erlang A',
      words.erlangARedials,
    ],
    ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  )
  for (const one of whatIf.quick) {
    const wait = one.erlangCMeanWaitSeconds === null ? '∞' : `${one.erlangCMeanWaitSeconds.toFixed(1)} s`
    table.push([
      one.period,
      one.callsPerHour.toFixed(1),
      one.loadErlang.toFixed(2),
      String(one.seatsCount),
      percent(one.erlangB),
      `${percent(one.erlangCWait)} · ${wait}`,
      percent(one.erlangA),
      percent(one.erlangARedials),
    ])
  }
  return `${table.toString()}\n${quickLeavesOut[language]}`
}

function curvePart({ found }: SeatsResult, language: Language): string {
  const words = PLAN_WORDS[language]
  const table = plainTable(
    [words.seatHours, words.rate, words.leastPeak, words.deviation, words.rolling, words.holds],
    ['right', 'right', 'right', 'right', 'right', 'left'],
  )
  for (const trial of found.curve) {
    const failing = trial.failing
      .slice(0, 3)
      .map(({ what }) => what)
      .join(', ')
    table.push([
      trial.seatHoursPerWeek.toFixed(1),
      percent(trial.ratio),
      percent(trial.leastPeakRatio),
      points(trial.leastDeviationPoints),
      percent(trial.leastRolling),
      trial.holds ? `✓${trial === found.least ? ` ${words.least}` : ''}` : failing,
    ])
  }
  return table.toString()
}

function rosterPart({ found }: SeatsResult, language: Language): string {
  return (['workday', 'offday'] as const)
    .map((dayClass) => {
      const stretches = rosterRows(found.least!.roster, dayClass).map(
        ([, from, to, seats]) => `${from}–${to} ${colours.bold(String(seats))}`,
      )
      return `${PLAN_WORDS[language][dayClass]}: ${stretches.join(' · ')}`
    })
    .join('\n')
}

function forecastPart({ days, backtest }: ForecastResult, language: Language): string[] {
  const words = PLAN_WORDS[language]
  const table = plainTable(
    [words.date, words.dayClass, words.basis, words.expected, words.interval],
    ['left', 'left', 'left', 'right', 'right'],
  )
  for (const day of days) {
    table.push([
      day.date,
      words[day.dayClass as 'workday'],
      words.bases[day.basis],
      day.expectedCount.toFixed(0),
      `${day.lowerCount} – ${day.upperCount}`,
    ])
  }
  const { weeksCount, wapeByDay, wapeByQuarter, coverageOfDays, coverageOfQuarters } = backtest
  return [
    table.toString(),
    `${words.backtest} ${weeksCount}: ${words.wape} ${percent(wapeByDay)} / ${percent(wapeByQuarter)} · ${words.coverage} ${percent(coverageOfDays)} / ${percent(coverageOfQuarters)}`,
  ]
}

function estimatesLine({ estimates }: StaffedResult, language: Language): string {
  const words = PLAN_WORDS[language]
  const { patience, redials, limits } = estimates
  const seconds = (ms: number | null) => (ms === null ? '–' : (ms / 1000).toFixed(1))
  return [
    `${words.talk} ${seconds(estimates.talkMsMean)} s`,
    `${words.wrapUp} ${seconds(estimates.wrapUpMsMean)} s`,
    `${words.patience} ${seconds(patience.msMean)} s (${seconds(patience.lowerMs)} – ${seconds(patience.upperMs)})`,
    `${words.redials} ${percent(redials.ratio)}`,
    `${words.queueMax} ${Number.isFinite(limits.queueLengthMax) ? limits.queueLengthMax : '∞'}`,
    `${words.outbound} ${estimates.outboundCount.toLocaleString('en')}`,
  ].join(' · ')
}

function staffingLine({ staffing }: StaffedResult, language: Language): string {
  const words = PLAN_WORDS[language]
  return `${words.staffing}: ${words.sources[staffing.source]}${staffing.isLowerBound ? colours.yellow(` (${words.lowerBound})`) : ''}`
}

function costLine(cost: StaffingCost, language: Language): string {
  const words = PLAN_WORDS[language]
  const money = cost.costPerYear === null ? '' : ` · ${words.cost} ${Math.round(cost.costPerYear).toLocaleString('en')}`
  return `${cost.seatHoursPerWeek.toFixed(1)} ${words.seatHours} · ${words.most} ${cost.seatsMax} · ${cost.persons.toFixed(1)} ${words.persons} (${cost.hoursPerPerson} h, ${percent(cost.shrinkage)})${money}`
}

function percent(ratio: number | null): string {
  return ratio === null ? '–' : `${(100 * ratio).toFixed(2)}%`
}

function points(value: number | null): string {
  return value === null ? '–' : `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`
}

function intervalText({ lower, upper }: { lower: number | null; upper: number | null }): string {
  return lower === null || upper === null ? '–' : `${percent(lower)} – ${percent(upper)}`
}
