import type { SeatsResult, WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { countText, percentText, pointsText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import {
  COST,
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

const TITLE = { zh: '结果', en: 'What it comes to' }

/** The figures that people ask for first: the rate before and after, seats, persons, money. */
export function FiguresPanel({ result }: { result: WhatIfResult | SeatsResult }) {
  const say = useSay()
  const language = useLanguage()
  const { overall, rolling24Hours, meanWaitSeconds, redialsMean } = result.whatIf
  const cost = costOf(result)
  const terms = {
    zh: `每人每周${cost.hoursPerPerson}小时，其中${percentText(cost.shrinkage, 0)}不在席`,
    en: `${cost.hoursPerPerson} h a week each, ${percentText(cost.shrinkage, 0)} of them away`,
  }[language]
  const figures = [
    {
      name: 'overall',
      head: say(OVERALL),
      value: percentText(overall.predicted.ratio),
      beside: `${say(RECORDED)} ${percentText(overall.recorded.ratio)} · ${pointsText(overall.changePoints, language)}`,
    },
    {
      name: 'rolling',
      head: say(LEAST_24_HOURS),
      value: percentText(rolling24Hours.predicted.ratio),
      beside: `${say(RECORDED)} ${percentText(rolling24Hours.recorded)}`,
    },
    {
      name: 'hours',
      head: say(SEAT_HOURS),
      value: cost.seatHoursPerWeek.toFixed(1),
      beside: `${say(MOST_SEATS)} ${cost.seatsMax}`,
    },
    { name: 'persons', head: say(PERSONS), value: cost.persons.toFixed(1), beside: terms },
    ...(cost.costPerYear === null
      ? []
      : [{ name: 'cost', head: say(COST), value: countText(Math.round(cost.costPerYear)), beside: '' }]),
    {
      name: 'wait',
      head: say(MEAN_WAIT),
      value: `${meanWaitSeconds.toFixed(1)} s`,
      beside: `${say(REDIALS)} ${countText(Math.round(redialsMean))}`,
    },
  ]
  return (
    <section class="panel" aria-label={say(TITLE)}>
      <dl class="plan-figures">
        {figures.map(({ name, head, value, beside }) => (
          <div key={name}>
            <dt>{head}</dt>
            <dd>
              <b data-figure-of={name}>{value}</b>
              <small class="quiet">{beside}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
