import type { ComponentChildren } from 'preact'
import type { PlanAnswer, SeatsResult, WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { Link } from '../address/link.tsx'
import { useNames, useProfile } from '../answers/profile.ts'
import { type Answer, useAnswer } from '../answers/use-answer.ts'
import { countText, NOTHING, percentText, signedPoints } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { askedText, daysText } from './asked-text.ts'
import {
  COST,
  KIND_WORDS,
  LEAST_24_HOURS,
  MEAN_WAIT,
  MOST_SEATS,
  OVERALL,
  PERSONS,
  RECORDED,
  REDIALS,
  SEAT_HOURS,
} from './plan-words.ts'
import { costOf } from './result-cost.ts'

const TITLE = { zh: '并排比较', en: 'Plans side by side' }
const FIGURE = { zh: '指标', en: 'Figure' }
const NOTE = {
  zh: '推演的平均值；括号内为与总体之差（个百分点）。',
  en: 'Means of the runs; in brackets the points from the overall rate.',
}

type Staffed = WhatIfResult | SeatsResult

interface Row {
  head: string
  recorded: ComponentChildren
  of: (result: Staffed) => ComponentChildren
}

/** A column per plan. There are at most four, so each asks for its own. */
export function BesidePanel({ ids }: { ids: readonly string[] }) {
  const answers = [0, 1, 2, 3].map((place) => usePlanOf(ids[place]))
  const plans = answers.flatMap(({ value }) => (value === null ? [] : [value]))
  const first = plans[0]?.result
  if (first === undefined || first === null || first.kind === 'forecast') return null
  return <Beside plans={plans.filter(isStaffed)} first={first} />
}

function usePlanOf(id: string | undefined): Answer<PlanAnswer> {
  return useAnswer<PlanAnswer>(id === undefined ? null : `/v1/plans/${id}`)
}

type StaffedAnswer = PlanAnswer & { result: Staffed }

function isStaffed(plan: PlanAnswer): plan is StaffedAnswer {
  return plan.result !== null && plan.result.kind !== 'forecast'
}

function Beside({ plans, first }: { plans: readonly StaffedAnswer[]; first: Staffed }) {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const profile = useProfile()
  const rows = rowsOf(first, { say, nameOf: names.window })
  // What was recorded stands beside plans of one and the same period only.
  const isOnePeriod = plans.every(({ result: { from, to } }) => from === first.from && to === first.to)
  return (
    <section class="panel" aria-labelledby="beside" data-beside>
      <header class="panel-head">
        <h2 id="beside">{say(TITLE)}</h2>
        <span class="quiet">{say(NOTE)}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={say(TITLE)}>
        <table class="data plan-beside">
          <caption class="unseen">{say(TITLE)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(FIGURE)}</th>
              {isOnePeriod ? (
                <th scope="col" class="number">
                  {say(RECORDED)}
                </th>
              ) : null}
              {plans.map((plan) => (
                <th key={plan.id} scope="col" class="number">
                  <Link to={`/plans/${plan.id}`}>{say(KIND_WORDS[plan.kind])}</Link>
                  <small>{askedText(plan, names, language)}</small>
                  <small>{daysText(plan, profile)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ head, recorded, of }) => (
              <tr key={head}>
                <th scope="row">{head}</th>
                {isOnePeriod ? <td class="number">{recorded}</td> : null}
                {plans.map(({ id, result }) => (
                  <td key={id} class="number">
                    {of(result)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

interface Said {
  say: (words: { zh: string; en: string }) => string
  nameOf: (period: string) => string
}

/** What is recorded is that of the first plan: plans of one period have it in common. */
function rowsOf({ whatIf }: Staffed, { say, nameOf }: Said): Row[] {
  const deviation = (points: number | null) => <small class="quiet">({signedPoints(points)})</small>
  return [
    {
      head: say(OVERALL),
      recorded: percentText(whatIf.overall.recorded.ratio),
      of: (result) => <b>{percentText(result.whatIf.overall.predicted.ratio)}</b>,
    },
    ...whatIf.peaks.map(({ period, recorded }) => ({
      head: nameOf(period),
      recorded: (
        <>
          {percentText(recorded.ratio)}
          {recorded.ratio === null || whatIf.overall.recorded.ratio === null
            ? null
            : deviation(100 * (recorded.ratio - whatIf.overall.recorded.ratio))}
        </>
      ),
      of: (result: Staffed) => {
        const peak = result.whatIf.peaks.find((one) => one.period === period)
        if (peak === undefined) return NOTHING
        return (
          <>
            {percentText(peak.predicted.ratio)}
            {deviation(peak.deviationPoints)}
          </>
        )
      },
    })),
    {
      head: say(LEAST_24_HOURS),
      recorded: percentText(whatIf.rolling24Hours.recorded),
      of: (result) => percentText(result.whatIf.rolling24Hours.predicted.ratio),
    },
    { head: say(MEAN_WAIT), recorded: NOTHING, of: (result) => `${result.whatIf.meanWaitSeconds.toFixed(1)} s` },
    { head: say(REDIALS), recorded: NOTHING, of: (result) => countText(Math.round(result.whatIf.redialsMean)) },
    { head: say(SEAT_HOURS), recorded: NOTHING, of: (result) => costOf(result).seatHoursPerWeek.toFixed(1) },
    { head: say(MOST_SEATS), recorded: NOTHING, of: (result) => costOf(result).seatsMax },
    { head: say(PERSONS), recorded: NOTHING, of: (result) => costOf(result).persons.toFixed(1) },
    {
      head: say(COST),
      recorded: NOTHING,
      of: (result) => {
        const { costPerYear } = costOf(result)
        return countText(costPerYear === null ? null : Math.round(costPerYear))
      },
    },
  ]
}
