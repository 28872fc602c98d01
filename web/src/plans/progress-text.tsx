import type { PlanSummary } from '../../../api/answers/plan-answer.ts'
import { countText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { STATE_TONES, STATE_WORDS } from './plan-words.ts'

const READING = { zh: '读取话务', en: 'reading calls' }

/** The state of a plan, and how far it is. */
export function ProgressText({ plan }: { plan: PlanSummary }) {
  const say = useSay()
  return (
    <span class="plan-progress">
      <span class={`mark ${STATE_TONES[plan.state]}`} data-state={plan.state}>
        {say(STATE_WORDS[plan.state])}
      </span>
      {plan.state === 'running' ? <Steps plan={plan} /> : null}
    </span>
  )
}

function Steps({ plan: { progress } }: { plan: PlanSummary }) {
  const language = useLanguage()
  if (progress === null) return <span class="quiet">{READING[language]}</span>
  const { doneCount, totalCount, what } = progress
  const words = {
    calls: { zh: `已读 ${countText(doneCount)} 通`, en: `${countText(doneCount)} calls read` },
    runs: { zh: `第 ${doneCount} 次，共 ${totalCount} 次`, en: `run ${doneCount} of ${totalCount}` },
    rosters: { zh: `已试 ${countText(doneCount)} 份排班`, en: `${countText(doneCount)} rosters tried` },
  }[what][language]
  return (
    <>
      <span class="quiet nowrap">{words}</span>
      {what === 'runs' && totalCount !== null ? (
        <progress max={totalCount} value={doneCount} aria-label={words} />
      ) : null}
    </>
  )
}
