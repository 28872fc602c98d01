import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, pointsText, signedPoints } from '../figures/figure-text.ts'
import { kindOf } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { VerdictMark } from '../parts/mark.tsx'

type Pooled = StabilityAnswer['pooled'][number]

const TITLE = { zh: '高峰是否稳定', en: 'Do the peaks hold' }
const WHERE = { zh: '逐时段、逐场', en: 'By hour and by day' }
const REPORT = { zh: '稳定性报告', en: 'Stability report' }
const OF_MONTH = {
  zh: '本月各高峰与全年总体接通率相比：',
  en: 'The peaks of this month beside the overall rate of the year:',
}

/** The one sentence, and every peak and special period beside the overall rate. */
export function StabilityPanel({ period }: { period: string }) {
  const say = useSay()
  const isMonth = kindOf(period) === 'month'
  const judged = isMonth ? period.slice(0, 4) : period
  const answer = useAnswer<StabilityAnswer>(`/v1/stability/${judged}`)
  return (
    <section class="panel" aria-labelledby="stability">
      <header class="panel-head">
        <h2 id="stability">{say(TITLE)}</h2>
        <Link to={`/peaks?period=${judged}`}>{say(WHERE)}</Link>
        <Link to={`/stability?period=${judged}`}>{say(REPORT)}</Link>
      </header>
      <Answered answer={answer}>
        {({ sentence, pooled, special, overall }) => (
          <>
            <p class="overview-sentence" data-sentence>
              {isMonth ? say(OF_MONTH) : say(sentence)}
            </p>
            {overall.offeredCount === 0 ? null : (
              <ul class="overview-windows">
                {[...pooled.filter(({ span }) => span === period), ...(isMonth ? [] : special)].map((window) => (
                  <PooledWindow key={`${window.period} ${window.span}`} window={window} />
                ))}
              </ul>
            )}
          </>
        )}
      </Answered>
    </section>
  )
}

function PooledWindow({ window }: { window: Pooled }) {
  const language = useLanguage()
  const names = useNames()
  const { period, deviationPoints, lowerPoints, upperPoints, verdict, offeredCount } = window
  const calls = { zh: `${countText(offeredCount)} 件`, en: `${countText(offeredCount)} calls` }[language]
  return (
    <li data-pooled={period}>
      <span>{names.window(period)}</span>
      <b>{pointsText(deviationPoints, language)}</b>
      <span class="quiet">
        {lowerPoints === null ? null : `${signedPoints(lowerPoints)} … ${signedPoints(upperPoints)}`}
      </span>
      <span class="quiet">{calls}</span>
      <span>
        <VerdictMark verdict={verdict} />
      </span>
    </li>
  )
}
