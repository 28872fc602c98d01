import type { SeatsResult, WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { countText, NOTHING, percentText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'

const TITLE = { zh: '取自记录', en: 'Taken from the records' }
const SOURCES = {
  roster: { zh: '给定排班', en: 'the roster that was given' },
  profile: { zh: '方案班次', en: 'the profile’s shifts' },
  seen: { zh: '通话中见到的坐席', en: 'seats seen on calls' },
}
const LOWER_BOUND = {
  zh: '下界：空闲的坐席在通话里看不到',
  en: 'a lower bound: idle seats are not seen on calls',
}

/** What the callers are like, and the seats that they were given. */
export function EstimatesPanel({ result }: { result: WhatIfResult | SeatsResult }) {
  const say = useSay()
  const language = useLanguage()
  const { estimates, staffing } = result
  const { patience, redials, limits } = estimates
  const seconds = (ms: number | null) => (ms === null ? NOTHING : `${(ms / 1000).toFixed(1)} s`)
  const rows = {
    zh: [
      ['基准坐席', `${SOURCES[staffing.source].zh}${staffing.isLowerBound ? `（${LOWER_BOUND.zh}）` : ''}`],
      ['首次来电', countText(estimates.firstTriesCount)],
      ['外呼', countText(estimates.outboundCount)],
      ['平均通话', seconds(estimates.talkMsMean)],
      ['平均话后', seconds(estimates.wrapUpMsMean)],
      ['平均耐心', `${seconds(patience.msMean)}（${seconds(patience.lowerMs)} – ${seconds(patience.upperMs)}）`],
      ['未接通者重拨', percentText(redials.ratio)],
      ['排队上限', limitText(limits.queueLengthMax)],
    ],
    en: [
      ['Seats to begin with', `${SOURCES[staffing.source].en}${staffing.isLowerBound ? ` (${LOWER_BOUND.en})` : ''}`],
      ['First tries', countText(estimates.firstTriesCount)],
      ['Outbound calls', countText(estimates.outboundCount)],
      ['Mean talk', seconds(estimates.talkMsMean)],
      ['Mean wrap-up', seconds(estimates.wrapUpMsMean)],
      ['Mean patience', `${seconds(patience.msMean)} (${seconds(patience.lowerMs)} – ${seconds(patience.upperMs)})`],
      ['Call again if not answered', percentText(redials.ratio)],
      ['Callers who may wait', limitText(limits.queueLengthMax)],
    ],
  }[language]
  return (
    <section class="panel" aria-labelledby="estimates">
      <header class="panel-head">
        <h2 id="estimates">{say(TITLE)}</h2>
      </header>
      <dl class="plan-estimates">
        {rows.map(([head, value]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** JSON has no infinity: where nobody was ever refused, there is no limit. */
function limitText(limit: number | null): string {
  return limit === null ? '∞' : countText(limit)
}
