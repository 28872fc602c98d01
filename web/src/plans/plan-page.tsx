import type { PlanAnswer, PlanSummary } from '../../../api/answers/plan-answer.ts'
import { go, useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames, useProfile } from '../answers/profile.ts'
import { request } from '../answers/request.ts'
import { countText, momentText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import type { PageProps } from '../page-props.ts'
import { Failure } from '../parts/answered.tsx'
import { Download, PrintButton } from '../parts/download.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { queryOf } from './asked-plan.ts'
import { askedText, daysText } from './asked-text.ts'
import { ForecastParts } from './forecast-parts.tsx'
import { isOver, KIND_WORDS } from './plan-words.ts'
import { ProgressText } from './progress-text.tsx'
import { SeatsParts } from './seats-parts.tsx'
import { usePlan } from './use-plan.ts'
import { WhatIfParts } from './what-if-parts.tsx'
import './plans.css'

const BACK = { zh: '← 全部测算', en: '← All plans' }
const AGAIN = { zh: '修改假设再算', en: 'Change and ask again' }
const CANCEL = { zh: '取消', en: 'Cancel' }
const WAITING = { zh: '正在读取……', en: 'Reading …' }
const UNKNOWN = {
  zh: '没有这次测算，或服务已重启（结果只保存在内存里）。可以按同样的假设再算一次。',
  en: 'There is no such plan, or the server was started again since (results are kept in its memory). It can be asked for again.',
}
const MADE = { zh: '模拟数据 推演', en: '模拟数据 Simulated' }

/** One plan: its progress while it runs, then what it came to. */
export default function PlanPage({ params }: PageProps) {
  const say = useSay()
  const { query } = useAddress()
  const { now, answer } = usePlan(params.id!)
  const plan = answer.value ?? now
  return (
    <div class="page plans-page">
      <nav class="crumbs no-print">
        <Link to="/plans">{say(BACK)}</Link>
      </nav>
      {plan !== null ? (
        <>
          <Head plan={plan} />
          {plan.problem === null ? null : (
            <p class="notice bad" role="alert">
              {plan.problem.detail} <code>{plan.problem.code}</code>
            </p>
          )}
          {answer.value === null ? null : <Result plan={answer.value} />}
        </>
      ) : answer.failure?.status === 404 ? (
        <>
          <p class="notice unsure">{say(UNKNOWN)}</p>
          <p>
            <Link to={`/plans?${query.toString()}`}>{say(AGAIN)}</Link>
          </p>
        </>
      ) : answer.failure !== null ? (
        <Failure failure={answer.failure} />
      ) : (
        <p class="waiting">{say(WAITING)}</p>
      )}
    </div>
  )
}

function Head({ plan }: { plan: PlanSummary }) {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const profile = useProfile()
  const asked = askedText(plan, names, language)
  const cancel = () => request(`/v1/plans/${plan.id}`, { method: 'DELETE' }).catch(() => null)
  return (
    <>
      <PageHead title={`${say(KIND_WORDS[plan.kind])}${asked === '' ? '' : ` · ${asked}`}`}>
        <ProgressText plan={plan} />
        {isOver(plan) ? null : (
          <button type="button" onClick={() => void cancel()}>
            {say(CANCEL)}
          </button>
        )}
        <button
          type="button"
          class="no-print"
          onClick={() => go(`/plans?${queryOf(plan.kind, plan.inputs).toString()}`)}
        >
          {say(AGAIN)}
        </button>
        {plan.state === 'done' ? (
          <>
            <Download path={`/v1/plans/${plan.id}`} form="application/json" fileName="plan.json" label="JSON" />
            <PrintButton />
          </>
        ) : null}
      </PageHead>
      <p class="facts">
        <span class="mark plan-simulated">{say(MADE)}</span>
        <span>{daysText(plan, profile)}</span>
        <span>{momentText(plan.askedAt)}</span>
      </p>
    </>
  )
}

function Result({ plan: { result } }: { plan: PlanAnswer }) {
  const language = useLanguage()
  if (result === null) return null
  const { seeds, seed, version, profileVersion } = result
  const made = {
    zh: `${countText(seeds)}次推演，种子自 ${seed} 起；程序版本 ${version}，方案版本 ${profileVersion}`,
    en: `${countText(seeds)} runs, seeds from ${seed}; program version ${version}, profile version ${profileVersion}`,
  }[language]
  return (
    <>
      {result.kind === 'what-if' ? (
        <WhatIfParts result={result} />
      ) : result.kind === 'seats' ? (
        <SeatsParts result={result} />
      ) : (
        <ForecastParts result={result} />
      )}
      {result.kind === 'forecast' ? null : <p class="quiet">{made}</p>}
    </>
  )
}
