import type { SeatsResult } from '../../../api/answers/plan-answer.ts'
import { useNames } from '../answers/profile.ts'
import { countText, percentText, targetText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { CurveFigure } from './curve-figure.tsx'
import { EstimatesPanel } from './estimates-panel.tsx'
import { FiguresPanel } from './figures-panel.tsx'
import { HeatFigures } from './heat-figures.tsx'
import { HoursFigure } from './hours-figure.tsx'
import { PeaksFigure } from './peaks-figure.tsx'
import { failingText } from './plan-words.ts'
import { QuickPanel } from './quick-panel.tsx'
import { RosterFigure } from './roster-figure.tsx'

const FULLEST = {
  zh: '以下为试过的最多坐席的结果，并非可行方案。',
  en: 'What follows is the fullest roster that was tried; it does not hold.',
}

/** The least roster that holds, or that there is none, and the way to it. */
export function SeatsParts({ result }: { result: SeatsResult }) {
  const say = useSay()
  const isFound = result.found.least !== null
  return (
    <>
      <Verdict result={result} />
      {isFound ? null : <p class="quiet">{say(FULLEST)}</p>}
      <FiguresPanel result={result} />
      <CurveFigure result={result} />
      <RosterFigure result={result} />
      <PeaksFigure whatIf={result.whatIf} />
      <HoursFigure whatIf={result.whatIf} />
      <HeatFigures whatIf={result.whatIf} />
      <QuickPanel result={result} />
      <EstimatesPanel result={result} />
    </>
  )
}

function Verdict({ result: { found, terms, cost } }: { result: SeatsResult }) {
  const language = useLanguage()
  const names = useNames()
  const asked = {
    zh: `要求：各高峰与特殊时期（逐月亦然）偏离不超过${terms.tolerancePoints}个百分点，总体与各高峰不低于${targetText(round(terms.floor))}，任意连续24小时不低于${targetText(terms.rollingFloor)}。`,
    en: `Asked: every peak and special period, months too, within ${terms.tolerancePoints} points of the overall rate; overall and peaks at least ${targetText(round(terms.floor))}; any 24 hours at least ${targetText(terms.rollingFloor)}.`,
  }[language]
  const tried = {
    zh: `试过${countText(found.trialsCount)}份排班。`,
    en: `${countText(found.trialsCount)} rosters were tried.`,
  }
  if (found.least === null || cost === null) {
    const failing = found.fullest.failing.map(
      ({ what, share }) =>
        `${failingText(what, names, language)} (${{ zh: `${percentText(share, 0)}的推演`, en: `${percentText(share, 0)} of the runs` }[language]})`,
    )
    return (
      <div class="notice bad" data-verdict>
        <p>
          <b>{{ zh: '任何排班都达不到。', en: 'No roster does it.' }[language]}</b>{' '}
          {{ zh: '坐席最多时仍未满足：', en: 'With the most seats that were tried this still fails: ' }[language]}
          {failing.join(language === 'zh' ? '、' : ', ')}
        </p>
        <p class="quiet">{asked}</p>
      </div>
    )
  }
  const said = {
    zh: `每周 ${cost.seatHoursPerWeek.toFixed(1)} 坐席小时即可，折合 ${cost.persons.toFixed(1)} 人，最多同时 ${cost.seatsMax} 席；总体 ${percentText(found.least.ratio)}。`,
    en: `${cost.seatHoursPerWeek.toFixed(1)} seat hours a week hold: ${cost.persons.toFixed(1)} persons, at most ${cost.seatsMax} seats at once; overall ${percentText(found.least.ratio)}.`,
  }[language]
  const spare = found.isLocallyLeast
    ? { zh: '任何时段都不能再少一席。', en: 'No stretch of the day can spare a seat.' }
    : { zh: '搜索次数已尽，可能仍可减少。', en: 'The search ended before it was sure: fewer may do.' }
  return (
    <div class="notice plan-held" data-verdict>
      <p>
        <b>✓ {said}</b> {spare[language]}
      </p>
      <p class="quiet">
        {asked} {tried[language]}
      </p>
    </div>
  )
}

/** To a hundredth of a percent, as rates are written. */
function round(ratio: number): number {
  return Math.round(10_000 * ratio) / 10_000
}
